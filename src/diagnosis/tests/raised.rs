//! Exceptions, and what stands around them.

use rstest::rstest;

use super::events::{block, called, line, raised, request, returned, started};
use super::{FILE, found, short};
use crate::diagnosis::{Diagnosis, Sources, diagnose_load};
use crate::exchange::{EventKind, RaisedIn};

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
