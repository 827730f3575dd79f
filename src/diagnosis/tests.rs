//! Events in, diagnoses out: without Python, a socket or a screen. What real applications do is
//! tested from outside, with the cases of `tests/mistakes`.

use rstest::rstest;

use super::report::told;
use super::{Diagnosis, Fix, Severity, Sources, diagnose, diagnose_load};
use crate::exchange::{
    Blame, BlockSource, By, Call, Event, EventKind, Excerpt, Exchange, Output, Raised, RaisedIn,
    RequestRead, RuleBroken, StartResponse, Step,
};

pub const FILE: &str = "/home/ada/app.py";

fn place(line: u32) -> Blame {
    Blame {
        file: FILE.into(),
        line,
    }
}

fn by(line: u32) -> By {
    By {
        blame: Some(place(line)),
        calls: vec![Call {
            place: place(line),
            bytes: None,
        }],
    }
}

fn line(line: u32) -> EventKind {
    EventKind::Line(Step {
        place: place(line),
        function: "application".into(),
        call: 1,
        depth: 1,
        locals: Vec::new(),
    })
}

fn request(method: &str, target: &str) -> EventKind {
    EventKind::RequestRead(
        RequestRead {
            method: method.into(),
            target: target.into(),
            version: "HTTP/1.1".into(),
            headers: Vec::new(),
            body: Excerpt::default(),
        }
        .into(),
    )
}

fn called() -> EventKind {
    EventKind::AppCalled {
        callable: "function application".into(),
    }
}

fn returned(r#type: &str) -> EventKind {
    EventKind::Returned {
        r#type: r#type.into(),
        length: None,
        name: None,
    }
}

fn broken(rule: &str, at: Option<u32>, subject: Option<&str>) -> EventKind {
    EventKind::RuleBroken(
        RuleBroken {
            rule: rule.into(),
            message: format!("{rule}!"),
            subject: subject.map(Into::into),
            by: at.map(by).unwrap_or_default(),
        }
        .into(),
    )
}

fn raised(r#type: &str, message: &str, at: Option<u32>, rule: Option<&str>) -> Raised {
    Raised {
        r#in: RaisedIn::Call,
        r#type: r#type.into(),
        message: message.into(),
        traceback: String::new(),
        blame: at.map(place),
        calls: at.map(by).unwrap_or_default().calls,
        rule: rule.map(Into::into),
        missing: None,
        lacks: None,
        limit: None,
    }
}

fn started(headers: &[(&str, &str)]) -> EventKind {
    started_by("200 OK", headers, by(2))
}

fn started_by(status: &str, headers: &[(&str, &str)], by: By) -> EventKind {
    let headers = headers.iter();
    EventKind::StartResponse(
        StartResponse {
            status: status.into(),
            headers: headers
                .map(|&(name, value)| (name.into(), value.into()))
                .collect(),
            exc_info: false,
            mounted: None,
            library: None,
            by,
        }
        .into(),
    )
}

fn block(bytes: &[u8]) -> EventKind {
    EventKind::Block {
        source: BlockSource::Iterable,
        bytes: Excerpt::new(bytes, 99),
        sent: bytes.len() as u64,
    }
}

fn exchange(kinds: impl IntoIterator<Item = EventKind>) -> Exchange {
    let mut exchange = Exchange::new(1);
    for kind in kinds {
        exchange.record(Event { at_us: 0, kind });
    }
    exchange.record(Event {
        at_us: 0,
        kind: EventKind::Finished,
    });
    exchange
}

/// An exchange in which every line of a source ran, that was answered with a page.
pub fn exchange_of_lines(source: &str) -> Exchange {
    let lines = (1..).zip(source.lines()).map(|(number, _)| line(number));
    let mut kinds = vec![request("GET", "/x?name=%3Cb%3E"), called()];
    kinds.extend(lines.take(3000));
    kinds.extend([
        started(&[("Content-Type", "text/html; charset=utf-8")]),
        returned("list"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: vec![("Content-Type".into(), "text/html".into())],
        },
        block(b"<p><b> b'x'"),
    ]);
    exchange(kinds)
}

fn found(kinds: Vec<EventKind>, source: &str) -> Vec<Diagnosis> {
    diagnose(&exchange(kinds), &Sources::of(FILE, source)).diagnoses
}

/// The line that is to stand instead.
fn instead(diagnosis: &Diagnosis) -> String {
    match &diagnosis.fix {
        Fix::Instead(edit) => edit.dedented(),
        other => panic!("{other:?}"),
    }
}

/// A line, and the columns of it.
type Place = (u32, u32, u32);

/// The slug, and where its spot is.
fn short(found: &[Diagnosis]) -> Vec<(&str, Option<Place>)> {
    let spot = |found: &Diagnosis| {
        let spot = found.spot.as_ref()?;
        let (from, to) = spot.columns?;
        Some((spot.line, from, to))
    };
    found.iter().map(|it| (it.slug(), spot(it))).collect()
}

/// An application that runs these lines and returns a str.
fn a_str(lines: &[u32]) -> Vec<EventKind> {
    let mut kinds = vec![called()];
    kinds.extend(lines.iter().map(|&number| line(number)));
    kinds.extend([returned("str"), broken("body-is-str", None, None)]);
    kinds
}

const HELLO: &str = "def application(environ, start_response):
    start_response('200 OK', [('Connection', 'close')])
    return 'héllo', 1
";

#[test]
fn a_returned_value_is_placed_at_what_is_returned() {
    let kinds = a_str(&[2, 3]);
    assert_eq!(
        short(&found(kinds, HELLO)),
        [("body-is-str", Some((3, 12, 22)))]
    );
}

#[test]
fn a_header_is_placed_at_its_tuple() {
    let kinds = vec![broken("header-hop-by-hop", Some(2), Some("Connection"))];
    let spot = Some((2, 31, 54));
    assert_eq!(short(&found(kinds, HELLO)), [("header-hop-by-hop", spot)]);
}

#[test]
fn what_comes_of_a_broken_rule_is_no_mistake_of_its_own() {
    let kinds = vec![
        broken("header-hop-by-hop", Some(2), Some("Connection")),
        EventKind::Raised(raised("ValueError", "no", Some(2), Some("header-hop-by-hop")).into()),
    ];
    assert_eq!(found(kinds, HELLO).len(), 1);
}

#[test]
fn several_mistakes_are_told_the_worst_first_each_once() {
    let printed = |text: &str| EventKind::Printed {
        output: Output::Stdout,
        text: text.into(),
    };
    let source = "def application(environ, start_response):\n    print('hi')\n    return 'x'\n";
    let kinds = vec![
        called(),
        line(2),
        printed("hi\n"),
        printed("hi\n"),
        line(3),
        returned("str"),
        broken("body-is-str", None, None),
        EventKind::Raised(raised("TypeError", "", None, Some("body-is-str")).into()),
    ];
    let found = found(kinds, source);
    assert_eq!(
        short(&found),
        [
            ("body-is-str", Some((3, 12, 15))),
            ("print-in-app", Some((2, 5, 16)))
        ]
    );
    assert_eq!(instead(&found[0]), "return ['x'.encode('utf-8')]");
    assert_eq!(found[1].severity, Severity::Note);
}

#[rstest]
#[case::a_sum("'a' + b", "[('a' + b).encode('utf-8')]")]
#[case::a_comment_behind_it("'a' + b  # oh", "[('a' + b).encode('utf-8')]  # oh")]
#[case::a_comment_behind_more("('#1', 'a')[one]  # oh", "[('#1', 'a')[one].encode('utf-8')]  # oh")]
#[case::a_comment_behind_parentheses("('a' + b)  # oh", "([('a' + b).encode('utf-8')])  # oh")]
fn a_repair_keeps_what_is_written_around_it(#[case] returned: &str, #[case] mended: &str) {
    let source = format!("def application(environ, start_response):\n    return {returned}\n");
    let kinds = a_str(&[2]);
    assert_eq!(
        instead(&found(kinds, &source)[0]),
        format!("return {mended}")
    );
}

#[rstest]
#[case(
    "KeyError",
    "'USER_AGENT'",
    "environ['USER_AGENT']",
    "environ-key-name"
)]
#[case(
    "KeyError",
    "'CONTENT_LENGTH'",
    "int(environ['CONTENT_LENGTH'])",
    "content-length-empty"
)]
#[case(
    "ValueError",
    "invalid literal for int() with base 10: ''",
    "int(environ['CONTENT_LENGTH'])",
    "content-length-empty"
)]
#[case(
    "KeyError",
    "'REQUEST_URI'",
    "environ['REQUEST_URI']",
    "environ-key-not-portable"
)]
#[case("KeyError", "'shop'", "prices['shop']", "raised-before-start")]
#[case(
    "TypeError",
    "can't concat str to bytes",
    "b'a' + name",
    "bytes-plus-str"
)]
#[case(
    "TypeError",
    "a bytes-like object is required, not 'str'",
    "body.split('&')",
    "body-bytes-split"
)]
#[case(
    "ModuleNotFoundError",
    "No module named 'cgi'",
    "import cgi",
    "import-cgi"
)]
#[case(
    "ModuleNotFoundError",
    "No module named 'shop'",
    "import shop",
    "import-error"
)]
#[case("SystemExit", "1", "sys.exit(1)", "sys-exit")]
#[case(
    "AttributeError",
    "'Input' object has no attribute 'close'",
    "environ['wsgi.input'].close()",
    "input-closed"
)]
fn exceptions_have_words_of_their_own(
    #[case] r#type: &str,
    #[case] message: &str,
    #[case] code: &str,
    #[case] slug: &str,
) {
    let source = format!("def application(environ, start_response):\n    {code}\n");
    let kinds = vec![
        called(),
        line(2),
        EventKind::Raised(raised(r#type, message, Some(2), None).into()),
    ];
    let found = found(kinds, &source);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].slug(), slug);
    assert_eq!(found[0].spot.as_ref().unwrap().line, 2);
}

#[test]
fn an_except_that_was_over_when_the_generator_ran_is_named() {
    let source = "\
def rows():
    yield b'%d' % (1 // 0)

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    try:
        return rows()
    except ZeroDivisionError:
        return [b'none']
";
    let mut exception = raised("ZeroDivisionError", "division by zero", Some(2), None);
    exception.r#in = RaisedIn::Iteration;
    let kinds = |lines: &[u32]| {
        let mut kinds = vec![called()];
        kinds.extend(lines.iter().map(|&it| line(it)));
        kinds.push(started(&[("Content-Type", "text/plain")]));
        kinds.push(returned("generator"));
        kinds.push(line(2));
        kinds.push(EventKind::Raised(exception.clone().into()));
        kinds
    };
    let message = |kinds| found(kinds, source)[0].message.clone();
    assert_eq!(
        message(kinds(&[5, 6, 7])),
        "ZeroDivisionError: division by zero; the except of line 8 was over when the body was made"
    );
    // It ran: it did catch something.
    assert_eq!(
        message(kinds(&[5, 6, 7, 8, 9])),
        "ZeroDivisionError: division by zero"
    );
}

#[rstest]
#[case::last_with_it("3.12.1", &["import-cgi"])]
#[case::without_it("3.13.0", &[])]
#[case::next("4.0.0a1", &[])]
#[case::unknown("", &[])]
fn a_module_is_told_to_be_gone_where_it_is_still_there(
    #[case] version: &str,
    #[case] expected: &[&str],
) {
    let source = "import cgi

def application(environ, start_response):
    return [cgi.escape('').encode()]
";
    let mut sources = Sources::of(FILE, source);
    sources.set_python(version);
    let found = diagnose(&exchange([called(), line(4)]), &sources).diagnoses;
    let slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    assert_eq!(slugs, expected);
    assert!(found.iter().all(|it| it.severity == Severity::Warning));
    // The line in which it is used did not run.
    assert_eq!(diagnose(&exchange([called()]), &sources).diagnoses, []);
}

#[rstest]
#[case(&[("Content-Length", "5")], b"Hello", &[])]
#[case(&[("Content-Length", "6")], b"Hello", &["content-length-too-long"])]
#[case(&[("Content-Length", "4")], b"Hello", &["content-length-too-short"])]
#[case(&[("Content-Length", "4")], "Caf\u{e9}".as_bytes(), &["content-type-no-charset", "content-length-characters"])]
fn content_length_is_held_against_the_body(
    #[case] headers: &[(&str, &str)],
    #[case] body: &[u8],
    #[case] expected: &[&str],
) {
    let mut headers = headers.to_vec();
    headers.push(("Content-Type", "text/plain"));
    let kinds = vec![
        request("GET", "/"),
        called(),
        line(2),
        started(&headers),
        returned("list"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: Vec::new(),
        },
        block(body),
    ];
    let found = found(kinds, HELLO);
    let mut slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    slugs.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(slugs, expected);
}

#[rstest]
#[case::body("try:\n    {}\nexcept (KeyError, ValueError):\n    pass", false)]
#[case::handler("try:\n    f()\nexcept OSError:\n    {}", true)]
#[case::otherwise("try:\n    f()\nexcept OSError:\n    pass\nelse:\n    {}", true)]
#[case::finally("try:\n    f()\nexcept OSError:\n    pass\nfinally:\n    {}", true)]
#[case::no_handler("try:\n    {}\nfinally:\n    pass", true)]
#[case::around(
    "try:\n    try:\n        f()\n    finally:\n        {}\nexcept ValueError:\n    pass",
    false
)]
fn only_the_body_of_a_try_is_protected_by_its_handlers(
    #[case] shape: &str,
    #[case] is_found: bool,
    #[values(
        ("environ['wsgi.file_wrapper']", "environ-key-optional"),
        ("int(environ.get('CONTENT_LENGTH', 0))", "content-length-empty")
    )]
    code: (&str, &str),
) {
    let (code, slug) = code;
    let lines = shape.replace("{}", code).replace('\n', "\n    ");
    let source = format!("def application(environ, start_response):\n    {lines}\n");
    let ran = source.lines().position(|it| it.contains(code)).unwrap();
    let kinds = vec![called(), line(u32::try_from(ran).unwrap() + 1)];
    let found = found(kinds, &source);
    let slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    assert_eq!(slugs, if is_found { vec![slug] } else { vec![] });
}

#[test]
fn generator_exit_is_caught_by_the_last_handler_that_ran() {
    let source = "def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/css')])
    try:
        try:
            yield b'a'
        except GeneratorExit:
            raise
    except:
        yield b'b'
";
    let mut error = raised(
        "RuntimeError",
        "generator ignored GeneratorExit",
        Some(5),
        None,
    );
    error.r#in = RaisedIn::Close;
    let mut kinds = vec![request("GET", "/"), called(), returned("generator")];
    kinds.extend([2, 3, 4, 5].map(line));
    kinds.extend([started(&[("Content-Type", "text/css")]), block(b"a")]);
    kinds.extend([EventKind::ClientGone]);
    kinds.extend([5, 6, 7, 8, 9].map(line));
    kinds.push(EventKind::Raised(error.into()));
    let found = found(kinds, source);
    assert_eq!(short(&found), [("generator-exit-caught", Some((8, 5, 12)))]);
}

#[rstest]
#[case("HEAD", "200 OK", &[])]
#[case("GET", "103 Early Hints", &["status-interim"])]
#[case("GET", "204 No Content", &[])]
#[case("GET", "304 Not Modified", &[])]
#[case("GET", "404 Not Found", &["content-length-too-long"])]
fn an_answer_that_has_no_body_may_say_its_length(
    #[case] method: &str,
    #[case] status: &str,
    #[case] expected: &[&str],
) {
    let kinds = vec![
        request(method, "/"),
        called(),
        line(2),
        started_by(status, &[("Content-Length", "5")], by(2)),
        returned("list"),
        EventKind::HeadersSent {
            status: status.into(),
            headers: Vec::new(),
        },
    ];
    let found = found(kinds, HELLO);
    let slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    assert_eq!(slugs, expected);
}

#[test]
fn the_length_of_a_text_is_looked_for_in_the_file_of_each_call() {
    const REPLY: &str = "/home/ada/reply.py";
    let app = "from reply import reply

def application(environ, start_response):
    text = 'Caf\u{e9}'
    return reply(start_response, text.encode(), len(text))
";
    let reply = "def reply(start_response, body, length):
    headers = [('Content-Type', 'text/plain; charset=utf-8'), ('Content-Length', str(length))]
    start_response('200 OK', headers)
    return [body]

def other(body):
    return len(body)
";
    let at = |file: &str, line| Blame {
        file: file.into(),
        line,
    };
    let headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", "4"),
    ];
    let calls = [at(REPLY, 3), at(FILE, 5)].map(|place| Call { place, bytes: None });
    let by = By {
        blame: Some(at(REPLY, 3)),
        calls: calls.into(),
    };
    let kinds = [
        request("GET", "/"),
        called(),
        started_by("200 OK", &headers, by),
        returned("list"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: Vec::new(),
        },
        block("Caf\u{e9}".as_bytes()),
    ];
    let mut sources = Sources::of(FILE, app);
    sources.insert(REPLY, reply);
    let found = diagnose(&exchange(kinds), &sources).diagnoses;
    let spot = Some((5, 49, 58));
    assert_eq!(short(&found), [("content-length-characters", spot)]);
    assert_eq!(found[0].spot.as_ref().unwrap().file, FILE);
}

#[test]
fn without_the_source_a_mistake_still_has_its_line() {
    let kinds = vec![broken("header-not-str", Some(7), Some("X"))];
    let found = diagnose(&exchange(kinds), &Sources::default()).diagnoses;
    let spot = found[0].spot.as_ref().unwrap();
    assert_eq!((spot.line, spot.columns), (7, None));
    let text = told(&found[0], &Sources::default());
    assert!(
        text.starts_with("error[header-not-str]: header-not-str!\n --> /home/ada/app.py:7\n"),
        "{text}"
    );
}

#[test]
fn a_source_that_is_no_python_is_passed_over() {
    let kinds = a_str(&[2]);
    assert_eq!(short(&found(kinds, "def (:\n")), [("body-is-str", None)]);
}

#[test]
fn what_was_refused_is_nobodys_mistake() {
    let refused = EventKind::Refused(crate::exchange::Refused {
        status: 400,
        reason: "two-hosts".into(),
        detail: String::new(),
        bytes: Excerpt::default(),
    });
    assert!(found(vec![refused], HELLO).is_empty());
}

#[test]
fn a_file_that_cannot_be_loaded_is_a_diagnosis() {
    let sources = Sources::of(FILE, "import os\nimport shop\n");
    let mut error = raised(
        "ModuleNotFoundError",
        "No module named 'shop'",
        Some(2),
        None,
    );
    error.r#in = RaisedIn::Load;
    let found = diagnose_load(&error, &sources).diagnoses;
    assert_eq!(short(&found), [("import-error", Some((2, 1, 12)))]);
}

#[test]
fn a_report_has_the_form_compilers_have() {
    let kinds = a_str(&[2, 3]);
    let found = found(kinds, HELLO);
    insta::assert_snapshot!(told(&found[0], &Sources::of(FILE, HELLO)));
}

#[test]
fn control_characters_are_escaped_in_a_report() {
    let source = "def application(environ, start_response):\n    return '\u{1b}[31m'\n";
    let kinds = a_str(&[2]);
    let found = found(kinds, source);
    let text = told(&found[0], &Sources::of(FILE, source));
    assert!(!text.contains('\u{1b}'), "{text}");
    assert!(text.contains("\\x1b[31m"), "{text}");
}
