//! The response as a page, and as bytes on the wire.

use insta::assert_snapshot;
use rstest::rstest;
use wsgi_tutor::browser::Request;
use wsgi_tutor::exchange::EventKind;
use wsgi_tutor::tui::Effect;

use crate::stage::{Stage, asked, page, refused, started, whole, wired};

/// The page of lesson 2.
const FORM: &str = "<!DOCTYPE html>\n<title>Who are you?</title>\n<form method=\"post\">\n  \
    <label>Your name <input name=\"name\"></label>\n  <button>Send</button>\n</form>\n";

const LINKS: &str = "<title>Shop \x1b[31m</title><h1>Our <em>shop</em></h1>\
    <p>Look at <a href=\"?page=2\">more</a>, <a href='/caf\u{e9}'>coffee</a> or \
    <a href=https://example.org/>another shop</a>. Ring \u{202e}twice.</p>\
    <table><tr><th>Tea<td>3<tr><th>Coffee<td>4</table>";

const ORDER: &str = "<form action=/buy><input name=q value=tea><input type=hidden name=token \
    value=t><input type=checkbox name=gift value=yes><button name=do value=buy>Buy</button></form>\
    <a href=/help>help</a>";

fn get(path: &str) -> Effect {
    Effect::Send(Request {
        method: "GET".into(),
        path: path.into(),
        form: None,
        ..Request::default()
    })
}

#[rstest]
#[case("form", FORM, 80, 24, "4b")]
#[case("form", FORM, 120, 40, "4b")]
#[case("form_alone", FORM, 80, 24, "4bz")]
#[case("form_dialog", FORM, 80, 24, "4b<enter>Zo")]
#[case("links", LINKS, 80, 24, "4bz")]
#[case("links", LINKS, 120, 40, "4b")]
#[case("links_dialog", LINKS, 120, 40, "4b<enter>3")]
fn a_page(
    #[case] what: &str,
    #[case] html: &str,
    #[case] columns: u16,
    #[case] rows: u16,
    #[case] keys: &str,
) {
    let mut stage = Stage::serving(2, columns, rows);
    stage.exchange(1, page("/shop", html));
    let name = format!("page_{what}_{columns}x{rows}");
    assert_snapshot!(name, stage.press(keys).frame());
}

/// A chunked answer, with an escape sequence in a header, of which not all was kept.
fn chunked() -> Vec<EventKind> {
    let mut kinds = asked("GET", "/stream");
    kinds.extend([
        started("200 OK"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: vec![("Transfer-Encoding".into(), "chunked".into())],
        },
        wired(
            b"HTTP/1.1 200 OK\r\nX-Title: \x1b]0;owned\x07 caf\xe9 \\x\r\n\
              Transfer-Encoding: chunked\r\n\r\n",
            999,
        ),
        wired("5\r\nZo\u{eb}\n\r\n".as_bytes(), 999),
        wired(b"ffff\r\na long line that has to be broken somewhere", 31),
        wired(b"0\r\n\r\n", 0),
        EventKind::NotRecorded {
            events: 2,
            body: 9,
            received: 0,
            sent: 12_345,
            reads: 0,
        },
        EventKind::Finished,
    ]);
    kinds
}

#[rstest]
#[case(80, 24, "4bbz")]
#[case(120, 40, "4bbz")]
fn the_wire(#[case] columns: u16, #[case] rows: u16, #[case] keys: &str) {
    let mut stage = Stage::serving(1, columns, rows);
    stage.exchange(1, chunked());
    assert_snapshot!(format!("wire_{columns}x{rows}"), stage.press(keys).frame());
}

#[test]
fn the_wire_in_a_small_pane() {
    let mut stage = Stage::serving(1, 80, 24);
    stage.exchange(1, chunked());
    assert_snapshot!(stage.press("4bb").frame());
}

#[test]
fn the_wire_shows_no_more_than_the_moment() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, chunked());
    let frame = stage.press("4bbz<home><right>").frame();
    assert!(frame.contains("No bytes have come yet."), "{frame}");
    let frame = stage.press("<right>").frame();
    assert!(frame.contains("GET /stream HTTP/1.1\\r\\n"), "{frame}");
    assert!(!frame.contains("to the client"), "{frame}");
}

#[test]
fn a_refused_request_has_a_wire_and_no_other_view() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, refused());
    let text = stage.press("4").frame();
    let wire = stage.press("b").frame();
    assert!(wire.contains("response: wire"), "{wire}");
    assert!(wire.contains("\\x16\\x03\\x01\\x02\\x00\\r\\n"), "{wire}");
    assert_eq!(stage.press("b").frame(), text);
}

#[test]
fn the_key_goes_through_the_views_there_are() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, page("/", FORM));
    for title in ["response: page", "response: hex", "response: wire"] {
        let frame = stage.press("b").frame();
        assert!(frame.contains(title), "{frame}");
    }
    assert!(stage.press("b").frame().contains(" 4 response "));
    // Where there is no page, the body is text, and what was chosen stays chosen.
    stage
        .press("b")
        .exchange(2, whole("GET", "/", "200 OK", b"plain"));
    assert!(stage.frame().contains(" 4 response "));
    stage.exchange(3, page("/", FORM));
    assert!(stage.frame().contains("response: page"));
}

#[test]
fn a_form_is_sent_where_the_page_says() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.exchange(1, page("/shop?page=2", FORM));
    stage.effects.clear();
    stage.press("4b<enter>Zo\u{eb}<enter>");
    let request = Request {
        method: "POST".into(),
        path: "/shop?page=2".into(),
        form: Some(vec![("name".into(), "Zo\u{eb}".into())]),
        ..Request::default()
    };
    assert_eq!(stage.effects, [Effect::Send(request)]);
}

#[test]
fn a_form_keeps_its_hidden_fields_and_leaves_out_what_is_not_ticked() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.exchange(1, page("/", ORDER));
    stage.effects.clear();
    let dialog = stage.press("4b<enter>").frame();
    assert!(dialog.contains("token"), "{dialog}");
    stage.press("a b<enter>");
    stage.press("<enter><tab><tab>yes<enter>");
    let expected = [
        get("/buy?q=a+b&token=t&do=buy"),
        get("/buy?q=tea&token=t&gift=yes&do=buy"),
    ];
    assert_eq!(stage.effects, expected);
}

#[test]
fn a_link_is_followed_by_its_number_and_only_to_this_server() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.exchange(1, page("/shop?page=1", LINKS));
    stage.effects.clear();
    stage.press("4b<enter><enter>a2<enter>");
    assert_eq!(stage.effects, [get("/shop?page=2"), get("/caf%C3%A9")]);
    stage.effects.clear();
    let frame = stage.press("a3<enter>").frame();
    assert!(frame.contains("leads elsewhere"), "{frame}");
    let frame = stage.press("<esc>a9<enter>").frame();
    assert!(frame.contains("there is no link 9"), "{frame}");
    assert_eq!(stage.effects, []);
}

#[test]
fn a_page_with_a_form_has_its_links_by_their_own_key() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.exchange(1, page("/", ORDER));
    stage.effects.clear();
    stage.press("4ba<enter>");
    assert_eq!(stage.effects, [get("/help")]);
}

#[test]
fn a_form_that_leads_elsewhere_is_refused() {
    let mut stage = Stage::serving(2, 80, 24);
    let html = "<form action='https://example.org/\x1b[2J'><input name=q></form>";
    stage.exchange(1, page("/", html));
    stage.effects.clear();
    let frame = stage.press("4b<enter>").frame();
    assert!(frame.contains("sent elsewhere"), "{frame}");
    assert!(!frame.contains('\x1b'), "{frame}");
    assert_eq!(stage.effects, []);
}

#[test]
fn a_form_with_more_fields_than_rows_scrolls() {
    let mut stage = Stage::serving(2, 60, 16);
    let fields: Vec<String> = (0..40)
        .map(|it| format!("<input name=field{it}>"))
        .collect();
    stage.exchange(1, page("/", &format!("<form>{}</form>", fields.concat())));
    let first = stage.press("4b<enter>").frame();
    assert!(first.contains("▸field0 "), "{first}");
    let last = stage.press("<up>").frame();
    assert!(last.contains("▸field39 "), "{last}");
    assert!(last.contains("bytes"), "{last}");
}

#[test]
fn a_page_nested_too_deeply_says_so() {
    let mut stage = Stage::serving(2, 120, 40);
    stage.exchange(1, page("/", &"<div>".repeat(5_000)));
    let frame = stage.press("4b").frame();
    assert!(frame.contains("the page cannot be shown"), "{frame}");
}

#[test]
fn answers_after_a_page_are_shown_though_an_older_one_was_looked_at() {
    let mut stage = Stage::serving(2, 120, 40);
    stage.exchange(1, page("/", FORM));
    stage.exchange(2, page("/", FORM));
    stage.press("5<up>4b<enter>Ada<enter>");
    stage.exchange(3, page("/", "<p>Hello, Ada!</p>"));
    assert!(stage.frame().contains("Hello, Ada!"), "{}", stage.frame());
}
