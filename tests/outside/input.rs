//! `wsgi.input` and `wsgi.errors` (PEP 3333, "Input and Error Streams").

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor};

/// Evaluates the header X-Do, with the two streams as `i` and `e`.
const DO: &str = "
def application(environ, start_response):
    names = {'i': environ['wsgi.input'], 'e': environ['wsgi.errors']}
    try:
        value = eval(environ['HTTP_X_DO'], names)
    except Exception as error:
        value = error
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [repr(value).encode('ascii', 'backslashreplace')]
";

fn evaluate(tutor: &Tutor, expression: &str, body: &str) -> String {
    let request = format!(
        "POST / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: {}\r\n\
         X-Do: {expression}\r\n\r\n{body}",
        body.len()
    );
    tutor.ask(request).text()
}

/// What is done with a body of three lines, and what comes of it.
const READS: &[(&str, &str)] = &[
    ("i.read()", r"b'one\ntwo\nthree'"),
    ("i.read(-1)", r"b'one\ntwo\nthree'"),
    ("i.read(None)", r"b'one\ntwo\nthree'"),
    ("i.read(5)", r"b'one\nt'"),
    ("i.read(9999)", r"b'one\ntwo\nthree'"),
    ("i.read(0)", "b''"),
    (
        "[i.read(4), i.read(4), i.read()]",
        r"[b'one\n', b'two\n', b'three']",
    ),
    (
        "[i.read(), i.read(), i.read(1), i.read(-1)][1:]",
        "[b'', b'', b'']",
    ),
    (
        "[i.read(), i.readline(), i.readlines(), list(i)][1:]",
        "[b'', [], []]",
    ),
    ("i.readline()", r"b'one\n'"),
    ("i.readline(2)", "b'on'"),
    ("i.readline(0)", "b''"),
    ("i.readline(-1)", r"b'one\n'"),
    ("i.readline(99)", r"b'one\n'"),
    (
        "[i.readline() for n in range(4)]",
        r"[b'one\n', b'two\n', b'three', b'']",
    ),
    ("i.readlines()", r"[b'one\n', b'two\n', b'three']"),
    ("i.readlines(1)", r"[b'one\n']"),
    ("i.readlines(5)", r"[b'one\n', b'two\n']"),
    ("i.readlines(0)", r"[b'one\n', b'two\n', b'three']"),
    ("[line for line in i]", r"[b'one\n', b'two\n', b'three']"),
    ("[next(i), i.read()]", r"[b'one\n', b'two\nthree']"),
    ("iter(i) is i", "True"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn every_way_of_reading_stops_where_the_body_ends(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    for (expression, value) in READS {
        assert_eq!(
            evaluate(&tutor, expression, "one\ntwo\nthree"),
            *value,
            "{expression}"
        );
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn without_a_body_it_is_empty_and_never_waits(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    let mut client = tutor.connect();
    // The connection stays open: an input that waits for its end would hang here.
    client.send("GET / HTTP/1.1\r\nHost: t\r\nX-Do: [i.read(), i.readline(), i.read(1)]\r\n\r\n");
    assert_eq!(client.answer().text(), "[b'', b'', b'']");
    client.send("GET / HTTP/1.1\r\nHost: t\r\nX-Do: [i.readlines(), list(i)]\r\n\r\n");
    assert_eq!(client.answer().text(), "[[], []]");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_an_app_leaves_unread_is_not_the_next_request(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    let mut client = tutor.connect();
    client
        .send("POST / HTTP/1.1\r\nHost: t\r\nX-Do: 1\r\nContent-Length: 14\r\n\r\nGET /evil HTTP");
    assert_eq!(client.answer().text(), "1");
    client.send("GET / HTTP/1.1\r\nHost: t\r\nX-Do: 2\r\n\r\n");
    assert_eq!(client.answer().text(), "2");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_large_body_of_any_bytes_arrives_as_it_was_sent(#[case] engine: Engine) {
    let app = "
def application(environ, start_response):
    body = environ['wsgi.input'].read()
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [f'{len(body)} {body[:256] == bytes(range(256))} {body[-1]}'.encode()]
";
    let tutor = Tutor::lesson(1).engine(engine).app(app).start();
    let body: Vec<u8> = (0..=255).cycle().take(2 * 1024 * 1024).collect();
    let answer = tutor.ask(crate::support::post("/", body));
    assert_eq!(answer.text(), "2097152 True 255");
    assert_eq!(tutor.exchange()["request"]["body"]["length"], 2_097_152);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_client_that_asks_to_continue_is_told_to(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    let mut client = tutor.connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: t\r\nX-Do: i.read()\r\nContent-Length: 5\r\n\
         Expect: 100-continue\r\n\r\n",
    );
    assert_eq!(client.until(b"\r\n\r\n"), b"HTTP/1.1 100 Continue\r\n\r\n");
    client.send("Hello");
    assert_eq!(client.answer().text(), "b'Hello'");
}

/// What is done with wsgi.errors, and what is logged of it.
const LOGS: &[(&str, &str)] = &[
    ("e.write('plain')", "plain"),
    (r"e.write('Zo\xeb \u674e \U0001f600')", "Zoë 李 😀"),
    (r"e.write('two\nlines\n')", "two\nlines\n"),
    (r"e.write('\ud800')", r"\ud800"),
    ("e.writelines(['a', 'b'])", "ab"),
    ("e.writelines(c for c in 'cd')", "cd"),
    ("[e.write('x'), e.flush(), e.write('y')]", "xy"),
    ("print('from print', file=e)", "from print\n"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn errors_takes_any_text(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    for (expression, logged) in LOGS {
        let answer = evaluate(&tutor, expression, "");
        assert!(!answer.contains("Error"), "{expression}: {answer}");
        let exchange = tutor.exchange();
        assert_eq!(exchange["logged"], *logged, "{expression}");
        assert_eq!(exchange["printed"], "", "{expression}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn errors_refuses_bytes(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    assert!(evaluate(&tutor, "e.write(b'bytes')", "").starts_with("TypeError"));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn reads_that_are_too_many_to_record_are_counted(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    let all = evaluate(
        &tutor,
        "len([i.read(1) for n in range(9000)])",
        &"x".repeat(9000),
    );
    assert_eq!(all, "9000");
    let exchange = tutor.exchange();
    let events = exchange["events"].as_array().unwrap();
    let recorded = events.iter().filter(|it| it["kind"] == "input-read");
    let recorded = u64::try_from(recorded.count()).unwrap();
    let others = events.iter().find(|it| it["kind"] == "not-recorded");
    let others = others.unwrap()["reads"].as_u64().unwrap();
    assert!(recorded > 0 && others > 0, "{recorded} {others}");
    assert_eq!(recorded + others, 9000);
}
