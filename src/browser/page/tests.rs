use rstest::rstest;

use super::Page;
use crate::browser::{Origin, Request};

fn page(html: &str) -> Page {
    Page::laid_out(html.as_bytes().to_vec(), 40).unwrap()
}

fn text(page: &Page) -> String {
    let line = |line: &Vec<(String, _)>| line.iter().map(|(text, _)| text.as_str()).collect();
    page.lines
        .iter()
        .map(line)
        .collect::<Vec<String>>()
        .join("\n")
}

fn origin() -> Origin {
    Origin::new("/shop/list?page=1", &["127.0.0.1:8080".into()])
}

const FORM: &str = "<title>A &amp; b</title><form method=POST action='../buy?x=1'>\
    <p>Name <input name=name value='Zo&euml;'> <input type=hidden name=token value=t>\
    <input type=checkbox name=gift> <input type=checkbox name=news value=yes checked>\
    <input type=radio name=size value=s><input type=radio name=size value=m checked>\
    <select name=colour><option>red<option value=b selected>blue</select>\
    <textarea name=note>\na &lt; b</textarea> <input name=off disabled> <input value=unnamed>\
    <input type=submit name=do value=buy><button name=do value=no>No</button></form>";

#[test]
fn the_first_form_is_read_as_a_browser_reads_it() {
    let page = page(FORM);
    assert_eq!(page.title, "A & b");
    let form = page.form.as_ref().unwrap();
    let fields: Vec<_> = form
        .fields
        .iter()
        .map(|field| {
            (
                field.name.as_str(),
                field.value.as_str(),
                field.description(),
            )
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("name", "Zoë", "text".to_owned()),
            ("token", "t", "hidden".to_owned()),
            ("gift", "", "checkbox: on".to_owned()),
            ("news", "yes", "checkbox: yes".to_owned()),
            ("size", "m", "radio: s, m".to_owned()),
            ("colour", "b", "select: red, b".to_owned()),
            ("note", "a < b", "textarea".to_owned()),
        ]
    );
    assert_eq!(form.button, Some(("do".into(), "buy".into())));
    let values: Vec<String> = form
        .fields
        .iter()
        .map(|field| field.value.clone())
        .collect();
    let request = form.request(&values, &origin()).unwrap();
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/buy?x=1")
    );
    let names: Vec<String> = request
        .form
        .unwrap()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        ["name", "token", "news", "size", "colour", "note", "do"]
    );
}

#[test]
fn controls_are_drawn_where_they_stand() {
    let text = text(&page(FORM)).replace('\n', " ");
    assert!(
        text.starts_with("Name [Zoë_________] [ ] [x]( )(•)[b ▾]"),
        "{text}"
    );
    assert!(text.contains("[ buy ][ No ]"), "{text}");
}

#[test]
fn what_is_got_goes_into_the_query_instead_of_another() {
    let page = page("<form action='?old=1'><input name=q><button>Go</button></form>");
    let request = page.form.unwrap().request(&["a b".into()], &origin());
    let expected = Request {
        method: "GET".into(),
        path: "/shop/list?q=a+b".into(),
        form: None,
        ..Request::default()
    };
    assert_eq!(request.unwrap(), expected);
}

#[rstest]
#[case(
    "<form action='https://example.org/'><input name=q></form>",
    "elsewhere"
)]
#[case("<form method=post enctype=multipart/form-data></form>", "multipart")]
fn a_form_that_cannot_be_sent_says_why(#[case] html: &str, #[case] why: &str) {
    let refused = page(html).form.unwrap().request(&[], &origin());
    assert!(refused.unwrap_err().to_string().contains(why));
}

#[test]
fn a_form_around_a_tables_rows_keeps_its_fields() {
    let page = page("<table><form><tr><td><input name=a></td></tr></form></table>");
    assert_eq!(page.form.unwrap().fields.len(), 1);
}

#[test]
fn links_are_numbered_once_for_each_address() {
    let page = page(
        "<base href=/shop/><a href=a>One</a> <a href='b?x&amp;y'>two</a> <a href=a>one</a>\
         <table><tr><td><a href=c>three</a></td></tr></table><a name=x>none</a>",
    );
    assert_eq!(page.links, ["a", "b?x&y", "c"]);
    assert_eq!(page.base.as_deref(), Some("/shop/"));
    let text = text(&page);
    assert!(text.contains("One[1] two[2] one[1]"), "{text}");
    assert!(text.contains("three[3]"), "{text}");
}

#[test]
fn blocks_stand_below_one_another() {
    let text = text(&page(
        "<h1>Shop</h1><nav>menu</nav><main>all</main><ul><li>x</ul><pre>a\n  b</pre>",
    ));
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["# Shop", "menu", "all", "• x", "a", "  b"]);
}

fn numbered(text: &str, count: usize) -> String {
    let all: Vec<String> = (0..count).map(|it| format!("{text}{it}>")).collect();
    all.concat()
}

/// Each of these hangs, overflows or fills the memory where nothing bounds the work.
#[rstest]
#[case::divs("<div>".repeat(50_000))]
#[case::bold("<b><i>".repeat(40_000))]
#[case::tables("<table><tr><td>".repeat(15_000))]
#[case::few_tables("<table><tr><td>x<td>".repeat(45))]
#[case::formatting(numbered("<b a=", 8_000) + &"<p>x".repeat(30_000))]
#[case::spans("<table><tr><td colspan=4000000000>x</table>".repeat(50))]
#[case::lists("<ul><li>".repeat(30_000))]
#[case::quotes("<blockquote>".repeat(190))]
#[case::breaks("<br>".repeat(60_000))]
#[case::copies(numbered("<b a=", 150) + &"<p>x".repeat(60_000))]
#[case::copies_with_blocks(numbered("<b a=", 2_000) + &"<div>x</div><p>y".repeat(10_000))]
#[case::rows("<table><tr><td>x<td>".repeat(20) + &"<tr><td>y".repeat(9_000))]
#[case::attributes(format!("<p {}>x", numbered(" a", 30_000).replace('>', "")))]
#[case::forms("<form><select><option>".repeat(10_000))]
fn a_hostile_page_ends(#[case] html: String) {
    let begun = std::time::Instant::now();
    let page = Page::laid_out(html.into_bytes(), 40);
    let took = begun.elapsed();
    assert!(
        took.as_secs() < 4,
        "{took:?}: {:?}",
        page.map(|it| it.lines.len())
    );
    if let Ok(page) = page {
        assert!(page.lines.len() <= super::LINES);
    }
}

#[test]
fn a_page_that_is_nested_too_deeply_says_so() {
    let refused = Page::laid_out("<div>".repeat(1_000).into_bytes(), 40).unwrap_err();
    assert!(refused.to_string().contains("nested"), "{refused}");
}
