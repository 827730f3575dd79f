//! What the screen looks like, at several sizes. A visible change shows here.

use insta::assert_snapshot;
use rstest::rstest;
use wsgi_tutor::exchange::{
    BlockSource, EnvironChange, Event, EventKind, Excerpt, Raised, RaisedIn, TimedOut,
};
use wsgi_tutor::python::Code;
use wsgi_tutor::session::SessionEvent;
use wsgi_tutor::tui::{Effect, Message};

use crate::stage::{
    Stage, answered, asked, code, encoded, line, place, printed, raised, refused, sent, started,
    whole,
};

#[test]
fn the_list_of_lessons() {
    assert_snapshot!(Stage::new(80, 24).frame());
}

#[test]
fn the_first_frame_waits_for_nothing() {
    assert_snapshot!(Stage::lesson(1, 80, 24).frame());
}

#[rstest]
#[case(60, 16)]
#[case(80, 24)]
#[case(120, 40)]
#[case(200, 60)]
fn a_finished_exchange(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = Stage::serving(1, columns, rows);
    stage.exchange(
        1,
        whole("GET", "/hello", "200 OK", b"Hello from a function!\n"),
    );
    assert_snapshot!(format!("finished_{columns}x{rows}"), stage.frame());
}

#[test]
fn a_status_that_is_stored_and_not_sent() {
    let mut stage = Stage::serving(1, 80, 24);
    let mut kinds = asked("GET", "/");
    kinds.push(started("200 OK"));
    stage.exchange(1, kinds);
    assert_snapshot!(stage.press("2").frame());
}

#[test]
fn the_form_with_its_encoded_body() {
    let mut stage = Stage::serving(2, 80, 24);
    assert_snapshot!(stage.press("fZoë <lt>b>").frame());
}

#[test]
fn a_file_that_cannot_be_loaded() {
    let mut stage = Stage::serving(1, 80, 24);
    let code = code("import html\n\nprint(nam)\n", "before\n");
    stage.report(SessionEvent::LoadFailed(code, Box::new(raised(3))));
    assert_snapshot!(stage.press("2").frame());
}

#[test]
fn an_exception_on_its_line_and_what_the_app_printed() {
    let mut stage = Stage::serving(1, 120, 40);
    let mut kinds = asked("GET", "/");
    kinds.extend([
        printed("a \x1b[31mcolour\n"),
        EventKind::Raised(raised(9).into()),
        EventKind::Finished,
    ]);
    stage.exchange(1, kinds);
    assert_snapshot!(stage.frame());
}

#[test]
fn a_refused_request() {
    let mut stage = Stage::serving(1, 80, 24);
    stage.exchange(1, refused());
    assert_snapshot!(stage.frame());
}

#[test]
fn a_body_as_hexadecimal() {
    let mut stage = Stage::serving(1, 80, 24);
    stage.exchange(
        1,
        whole("GET", "/", "200 OK", "Zoë \u{1b}[2J \r\n".as_bytes()),
    );
    assert_snapshot!(stage.press("4bz").frame());
}

#[test]
fn the_selected_key_explained() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/", "200 OK", b""));
    stage.exchange(2, whole("GET", "/other", "404 Not Found", b""));
    assert_snapshot!(stage.press("3<down><down>").frame());
}

#[rstest]
#[case("path", 80, 24, "3<down><down>")]
#[case("path_alone", 80, 24, "3<down><down>z")]
#[case("path", 120, 40, "3<down><down>")]
#[case("path_alone", 120, 40, "3<down><down>z")]
#[case("path", 200, 60, "3<down><down>")]
#[case("query_alone", 80, 24, "3<down><down><down>z")]
#[case("header", 120, 40, "3<down><down><down><down><down>")]
#[case("version_alone", 60, 16, "3<end>z")]
fn environ_explained(
    #[case] what: &str,
    #[case] columns: u16,
    #[case] rows: u16,
    #[case] keys: &str,
) {
    let mut stage = Stage::serving(1, columns, rows);
    stage.exchange(1, encoded());
    let name = format!("explained_{what}_{columns}x{rows}");
    assert_snapshot!(name, stage.press(keys).frame());
}

#[test]
fn groups_of_environ_folded_away() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/", "200 OK", b"text"));
    let mut kinds = encoded();
    kinds.insert(
        kinds.len() - 1,
        EventKind::EnvironChanged {
            changes: vec![EnvironChange {
                key: "shop.user".into(),
                repr: Some("'ada'".into()),
                r#type: Some("str".into()),
            }],
        },
    );
    stage.exchange(2, kinds);
    let keys = "3<enter><end><up><enter><up><up><up><up><enter>";
    assert_snapshot!(stage.press(keys).frame());
}

#[test]
fn the_help() {
    let mut stage = Stage::serving(1, 80, 24);
    assert_snapshot!(stage.press("?").frame());
}

#[rstest]
#[case(59, 16)]
#[case(60, 15)]
#[case(10, 2)]
#[case(1, 1)]
fn a_terminal_that_is_too_small(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = Stage::serving(1, columns, rows);
    assert_snapshot!(format!("too_small_{columns}x{rows}"), stage.frame());
    stage.press("?f<down>3zb5<up>");
    stage.send(Message::Resize(60, 16));
    assert!(stage.frame().contains("wsgi-tutor"));
}

#[test]
fn every_size_can_be_drawn_in_every_state() {
    for columns in (1..220).step_by(7) {
        for rows in (1..70).step_by(3) {
            let mut stage = Stage::serving(2, columns, rows);
            stage.exchange(1, whole("GET", "/", "200 OK", b"text"));
            for keys in ["", "z", "3", "5", "?", "<esc>f", "<esc>l"] {
                assert!(!stage.press(keys).frame().is_empty());
            }
        }
    }
}

#[test]
fn an_exception_before_the_error_page_and_a_long_header() {
    let mut stage = Stage::serving(1, 80, 24);
    let mut kinds = asked("GET", "/");
    let headers = vec![
        ("X-Long".to_owned(), "long ".repeat(100)),
        ("Server".to_owned(), "wsgi-tutor".to_owned()),
    ];
    kinds.extend([
        EventKind::Raised(raised(9).into()),
        EventKind::HeadersSent {
            status: "500 Internal Server Error".into(),
            headers,
        },
        EventKind::Block {
            source: BlockSource::Gateway,
            bytes: Excerpt::new(b"<h1>500</h1>\n", 99),
            sent: 13,
        },
    ]);
    stage.exchange(1, kinds);
    stage.report(SessionEvent::Exchange(
        1,
        Event {
            at_us: 10_000_000,
            kind: EventKind::Finished,
        },
    ));
    assert_snapshot!(stage.press("4z").frame());
}

#[test]
fn a_request_that_waits_says_for_what() {
    let mut stage = Stage::lesson(1, 80, 24);
    let read = || asked("GET", "/").into_iter().take(3).collect::<Vec<_>>();
    stage.exchange(1, read());
    assert!(stage.frame().contains("Python is still"));
    assert!(stage.frame().contains("starting."));
    let mut stage = Stage::serving(1, 80, 24);
    stage.exchange(1, asked("GET", "/slow"));
    stage.exchange(2, read());
    assert_snapshot!(stage.frame());
}

#[test]
fn an_answer_that_goes_on_and_was_ended_by_hand() {
    let mut stage = Stage::serving(1, 120, 40);
    let mut kinds = whole("GET", "/", "200 OK", b"tick");
    kinds.pop();
    stage.exchange(1, kinds);
    stage.press("?");
    assert!(
        stage.frame().contains("X  end the answer"),
        "{}",
        stage.frame()
    );
    stage.press("<esc>");
    let ended = [
        EventKind::Interrupted { next: None },
        EventKind::ClientGone,
        EventKind::Finished,
    ];
    stage.exchange(1, ended.into());
    assert_snapshot!(stage.frame());
}

#[test]
fn a_file_that_cannot_be_read() {
    let mut stage = Stage::serving(1, 80, 24);
    let message = "the file /home/ada/app.py cannot be read: it is not there, and nothing is";
    let raised = Raised {
        r#in: RaisedIn::Load,
        r#type: "FileNotFoundError".into(),
        message: message.into(),
        traceback: String::new(),
        blame: None,
        calls: Vec::new(),
        rule: None,
        missing: None,
        lacks: None,
        limit: None,
    };
    stage.report(SessionEvent::LoadFailed(code("", ""), Box::new(raised)));
    assert_snapshot!(stage.press("2").frame());
}

#[test]
fn a_request_whose_file_cannot_be_loaded_has_no_environ() {
    let mut stage = Stage::serving(1, 80, 24);
    let mut kinds: Vec<_> = asked("GET", "/").into_iter().take(3).collect();
    let mut raised = raised(9);
    raised.r#in = RaisedIn::Load;
    kinds.extend([EventKind::Raised(raised.into()), EventKind::Finished]);
    stage.exchange(1, kinds);
    assert_snapshot!(stage.frame());
}

#[test]
fn a_long_notice_takes_two_lines() {
    let mut stage = Stage::serving(1, 60, 16);
    let notice = "the editor 'vim' failed; set EDITOR to another one, or edit ".to_owned();
    stage.send(Message::Notice(
        notice + "/home/ada/app.py in another window",
    ));
    assert_snapshot!(stage.frame());
}

#[test]
fn the_help_where_there_is_no_room_for_it() {
    let mut stage = Stage::serving(2, 60, 16);
    assert_snapshot!(stage.press("?").frame());
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(200, 60)]
fn an_app_of_ones_own(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = Stage::own(columns, rows);
    stage.exchange(
        1,
        whole("GET", "/hello", "200 OK", b"Hello from a function!\n"),
    );
    assert_snapshot!(format!("own_{columns}x{rows}"), stage.frame());
}

#[test]
fn an_exception_in_another_file_of_ones_own() {
    let mut stage = Stage::own(80, 24);
    let mut kinds = asked("GET", "/");
    let mut raised = raised(7);
    if let Some(blame) = &mut raised.blame {
        blame.file = "/home/ada/shop/shop/words.py".into();
    }
    kinds.extend([EventKind::Raised(raised.into()), EventKind::Finished]);
    stage.exchange(1, kinds);
    assert_snapshot!(stage.frame());
}

#[test]
fn any_request_can_be_sent_to_an_app_of_ones_own() {
    let mut stage = Stage::own(80, 24);
    assert_snapshot!(stage.press("fPOST<tab>/caf\u{e9}<tab>name=Ada").frame());
}

#[test]
fn the_keys_of_an_app_of_ones_own() {
    assert_snapshot!(Stage::own(80, 40).press("?").frame());
}

/// An exchange of an app of one's own, with all that a recording may hold.
fn film(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::own(columns, rows);
    let mut kinds = asked("GET", "/");
    kinds.extend([
        line(
            4,
            1,
            &[
                ("environ", "<dict of 24>"),
                ("start_response", "<method start_response>"),
            ],
        ),
        line(5, 1, &[("greeting", "'Hello'")]),
        started("200 OK"),
        line(6, 1, &[]),
        EventKind::Suspended(place(6)),
    ]);
    kinds.extend(sent("200 OK", b"Hello"));
    kinds.extend([line(6, 1, &[("greeting", "None")])]);
    kinds.push(EventKind::Finished);
    stage.exchange(1, kinds);
    stage
}

/// Steps on to the first moment whose event fits.
fn until(stage: &mut Stage, fits: impl Fn(&EventKind) -> bool) {
    let exchange = stage.model.exchange().unwrap();
    let events = exchange.events();
    let place = events.iter().position(|event| fits(&event.kind)).unwrap();
    for _ in 0..=place {
        stage.press("<right>");
    }
}

#[rstest]
#[case::before_start_response("line", 80, 24)]
#[case::before_start_response("line", 120, 40)]
#[case::stored("stored", 80, 24)]
#[case::suspended("suspended", 80, 24)]
#[case::sent("sent", 120, 40)]
#[case::finished("finished", 120, 40)]
fn a_moment_of_an_exchange(#[case] moment: &str, #[case] columns: u16, #[case] rows: u16) {
    let mut stage = film(columns, rows);
    until(&mut stage, |kind| match moment {
        "line" => matches!(kind, EventKind::Line(step) if step.place.line == 5),
        "stored" => matches!(kind, EventKind::StartResponse(_)),
        "suspended" => matches!(kind, EventKind::Suspended(_)),
        "sent" => matches!(kind, EventKind::HeadersSent { .. }),
        _ => matches!(kind, EventKind::Finished),
    });
    assert_snapshot!(format!("moment_{moment}_{columns}x{rows}"), stage.frame());
}

#[test]
fn the_same_frame_is_reached_forward_and_back() {
    let mut forward = film(120, 40);
    let count = forward.model.exchange().unwrap().events().len();
    let mut frames = Vec::new();
    for _ in 0..count {
        frames.push(forward.press("<right>").frame());
    }
    let mut back = film(120, 40);
    back.press("<right><end>");
    for frame in frames.iter().rev() {
        assert_eq!(back.frame(), *frame);
        back.press("<left>");
    }
}

#[test]
fn the_moment_stays_while_new_requests_come_and_one_key_returns_to_now() {
    let mut stage = film(120, 40);
    until(&mut stage, |kind| {
        matches!(kind, EventKind::StartResponse(_))
    });
    let frame = stage.frame();
    stage.exchange(2, whole("GET", "/new", "200 OK", b"new"));
    assert_eq!(stage.frame(), frame);
    assert!(!stage.press("<esc>").frame().contains("of #1"));
    assert!(stage.frame().contains("/new"));
}

#[test]
fn the_timeline_alone() {
    let mut stage = film(100, 24);
    stage.press("6z]]]");
    assert_snapshot!(stage.frame());
}

#[test]
fn another_file_of_the_project_is_read_and_shown_where_it_matters() {
    let mut stage = Stage::own(80, 24);
    let words = "/home/ada/shop/shop/words.py";
    let mut kinds = asked("GET", "/");
    let mut raised = raised(2);
    if let Some(blame) = &mut raised.blame {
        blame.file = words.into();
    }
    kinds.extend([EventKind::Raised(raised.into()), EventKind::Finished]);
    stage.exchange(1, kinds);
    let asked = Effect::Read(words.into());
    assert_eq!(stage.effects.iter().filter(|&one| *one == asked).count(), 1);
    stage.send(Message::FileRead {
        file: words.into(),
        source: "def greeting(environ):\n    return nam\n".into(),
    });
    stage.effects.clear();
    assert_snapshot!(stage.press("2").frame());
    // An editor opens what is shown.
    stage.press("eE");
    let here = Effect::BeginEditing(words.into());
    assert_eq!(stage.effects, [here, Effect::Edit(words.into())]);
}

#[test]
fn a_key_that_a_line_has_read_says_so_and_the_line_is_marked() {
    let mut stage = Stage::own(120, 40);
    let source = "def app(environ, start_response):\n    \
                  path = environ['PATH_INFO']\n    \
                  other = environ['REQUEST_METHOD']\n";
    stage.report(SessionEvent::Loaded(Code {
        file: Some(place(1).file.into()),
        callable: "function app".into(),
        ..code(source, "")
    }));
    stage.colour();
    let mut kinds = asked("GET", "/");
    // The third line has not run.
    kinds.extend([line(2, 1, &[]), EventKind::Finished]);
    stage.exchange(1, kinds);
    assert_snapshot!(stage.press("3<down><down>").frame());
}

#[test]
fn the_bytes_a_key_was_made_from_are_marked_on_the_wire() {
    let mut stage = Stage::own(120, 40);
    stage.exchange(1, whole("GET", "/hello", "200 OK", b"Hello"));
    // Through the views to the wire; then the third key.
    stage.press("bb3<down><down>");
    let frame = stage.frame();
    assert!(frame.contains("response: wire"), "{frame}");
    assert_snapshot!(frame);
}

#[test]
fn moments_of_an_app_that_fails_in_the_midst_of_its_body_and_of_one_that_hangs() {
    let mut stage = Stage::own(120, 40);
    let mut kinds = asked("GET", "/");
    kinds.extend([line(5, 1, &[]), started("200 OK"), line(6, 1, &[])]);
    kinds.extend(sent("200 OK", b"Hello"));
    let mut raised = raised(6);
    raised.r#in = RaisedIn::Iteration;
    raised.blame = Some(place(6));
    kinds.extend([
        EventKind::Raised(raised.into()),
        EventKind::CloseCalled,
        EventKind::Finished,
    ]);
    stage.exchange(1, kinds);
    until(&mut stage, |kind| matches!(kind, EventKind::Raised(_)));
    assert_snapshot!("moment_raised_120x40", stage.frame());
    stage.press("<esc>");
    assert_snapshot!("cut_off_120x40", stage.frame());

    let mut stage = Stage::own(120, 40);
    let mut kinds = asked("GET", "/");
    kinds.extend([
        line(5, 1, &[]),
        EventKind::TimedOut(TimedOut {
            after_ms: 10_000,
            in_body: false,
            blame: Some(place(5)),
            code: Some("while True: pass".into()),
        }),
    ]);
    stage.exchange(1, kinds);
    stage.press("<right><end>");
    assert_snapshot!("moment_hung_120x40", stage.frame());
}

#[test]
fn in_an_app_of_a_framework_the_source_opens_at_the_line_that_ran_last() {
    let mut stage = Stage::own(80, 24);
    let file = place(1).file;
    let pages = (0..40).map(|number| {
        format!("\n\n@app.page('/{number}')\ndef page_{number}():\n    return 'page {number}'\n")
    });
    let head = "from framework import Site\n\napp = Site()\n".to_owned();
    let source: String = std::iter::once(head).chain(pages).collect();
    stage.report(SessionEvent::Loaded(Code {
        file: Some(file.into()),
        callable: "instance of Site".into(),
        ..code(&source, "")
    }));
    let mut kinds = asked("GET", "/30");
    kinds.push(line(158, 1, &[]));
    kinds.extend(answered("200 OK", b"page 30"));
    stage.exchange(1, kinds);
    stage.press("2");
    let frame = stage.frame();
    assert!(frame.contains("return 'page 30'"), "{frame}");
}
