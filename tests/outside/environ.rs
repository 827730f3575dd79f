//! environ as the app gets it (PEP 3333, "environ Variables"; RFC 3875, section 4.1).

use rstest::rstest;
use serde_json::Value;
use wsgi_tutor::glossary;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, get, routed};

/// Answers with environ as JSON.
const SHOW: &str = "
import json

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/json')])
    plain = {key: value for key, value in environ.items() if isinstance(value, (str, bool))}
    return [json.dumps(plain).encode('ascii')]
";

/// environ as an app sees it after this request.
fn environ(tutor: &Tutor, request: impl AsRef<[u8]>) -> Value {
    serde_json::from_slice(&tutor.ask(request).body).expect("the app answers with JSON")
}

/// A request with these headers.
fn with(headers: &[u8]) -> Vec<u8> {
    let start = b"GET / HTTP/1.1\r\nHost: tutor\r\nConnection: close\r\n";
    [start, headers, b"\r\n"].concat()
}

#[test]
fn every_key_is_in_the_glossary() {
    let tutor = Tutor::lesson(1).start();
    let body = "Content-Type: text/plain\r\nContent-Length: 0\r\n";
    tutor.ask(with(body.as_bytes()));
    let built = tutor.exchange()["events"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"] == "environ-built")
        .unwrap()["environ"]
        .clone();
    let keys = built.as_array().unwrap();
    assert!(keys.len() > 20, "{keys:?}");
    for entry in keys {
        let key = entry["key"].as_str().unwrap();
        let found = glossary::find(key).map(|entry| entry.key.as_str());
        assert_eq!(found, Some(key));
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn it_says_who_asks_whom_and_how(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(SHOW).start();
    let environ = environ(&tutor, get("/a?b=c"));
    let port = tutor.port().to_string();
    for (key, value) in [
        ("REQUEST_METHOD", "GET"),
        ("SCRIPT_NAME", ""),
        ("PATH_INFO", "/a"),
        ("QUERY_STRING", "b=c"),
        ("SERVER_NAME", "127.0.0.1"),
        ("SERVER_PORT", &port),
        ("SERVER_PROTOCOL", "HTTP/1.1"),
        ("REMOTE_ADDR", "127.0.0.1"),
        ("HTTP_HOST", "tutor"),
        ("HTTP_CONNECTION", "close"),
        ("wsgi.url_scheme", "http"),
    ] {
        assert_eq!(environ[key], value, "{key}");
    }
    for (key, value) in [
        ("wsgi.multithread", false),
        ("wsgi.multiprocess", false),
        ("wsgi.run_once", false),
        ("wsgi.input_terminated", true),
    ] {
        assert_eq!(environ[key], value, "{key}");
    }
    let remote = environ["REMOTE_PORT"].as_str().unwrap();
    assert_ne!(remote.parse::<u16>().unwrap(), 0);
    for absent in ["CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_COOKIE"] {
        assert_eq!(environ.get(absent), None, "{absent}");
    }
}

/// Targets, and `PATH_INFO` and `QUERY_STRING` as characters that stand for bytes.
const TARGETS: &[(&[u8], &str, &str)] = &[
    (b"/caf%C3%A9", "/caf\u{c3}\u{a9}", ""),
    (b"/caf\xc3\xa9", "/caf\u{c3}\u{a9}", ""),
    (b"/%ff", "/\u{ff}", ""),
    (b"/a%2Fb", "/a/b", ""),
    (b"//a//b/", "//a//b/", ""),
    (b"/a/../b/./c", "/a/../b/./c", ""),
    (b"/100%", "/100%", ""),
    (b"/a+b", "/a+b", ""),
    (b"/a%3Fb?c?d", "/a?b", "c?d"),
    (b"/?q=%41%20+&", "/", "q=%41%20+&"),
    (b"/?\xc3\xa9", "/", "\u{c3}\u{a9}"),
    (b"http://other:81/p?q", "/p", "q"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_path_is_decoded_to_bytes_and_the_query_is_not(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(SHOW).start();
    for (target, path, query) in TARGETS {
        let rest = b" HTTP/1.1\r\nHost: tutor\r\nConnection: close\r\n\r\n";
        let environ = environ(&tutor, [b"GET ", *target, rest].concat());
        assert_eq!(environ["PATH_INFO"], *path);
        assert_eq!(environ["QUERY_STRING"], *query);
    }
}

/// Headers, a key, and its value if it is there.
const HEADERS: &[(&[u8], &str, Option<&str>)] = &[
    (b"X-A: 1\r\nx-a: 2\r\n", "HTTP_X_A", Some("1,2")),
    (
        b"Cookie: a=1\r\nCookie: b=2\r\n",
        "HTTP_COOKIE",
        Some("a=1; b=2"),
    ),
    (b"X-A: \xe9\xff\r\n", "HTTP_X_A", Some("\u{e9}\u{ff}")),
    (b"X-A:   1 2\t\r\n", "HTTP_X_A", Some("1 2")),
    (b"X-A:\r\n", "HTTP_X_A", Some("")),
    (b"content-type: a/b\r\n", "CONTENT_TYPE", Some("a/b")),
    (b"content-type: a/b\r\n", "HTTP_CONTENT_TYPE", None),
    (b"Content-Length: 0\r\n", "CONTENT_LENGTH", Some("0")),
    (b"Content-Length: 0\r\n", "HTTP_CONTENT_LENGTH", None),
    (b"X_Spoof: 1\r\n", "HTTP_X_SPOOF", None),
    (
        b"X-Spoof: good\r\nX_Spoof: evil\r\n",
        "HTTP_X_SPOOF",
        Some("good"),
    ),
    (b"Content_Length: 9\r\n", "CONTENT_LENGTH", None),
    (b"Proxy: evil\r\n", "HTTP_PROXY", None),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn headers_become_keys(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(SHOW).start();
    for (headers, key, value) in HEADERS {
        let environ = environ(&tutor, with(headers));
        let got = environ.get(*key).and_then(Value::as_str);
        assert_eq!(got, *value, "{}", String::from_utf8_lossy(headers));
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_clients_own_words_stay(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(SHOW).start();
    let old = environ(&tutor, "GET / HTTP/1.0\r\n\r\n");
    assert_eq!(old["SERVER_PROTOCOL"], "HTTP/1.0");
    assert_eq!(old.get("HTTP_HOST"), None);
    let small = environ(
        &tutor,
        "get / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(small["REQUEST_METHOD"], "get");
    let whole = environ(
        &tutor,
        "OPTIONS * HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(whole["PATH_INFO"], "");
    let absolute = "GET http://other:81/ HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    assert_eq!(environ(&tutor, absolute)["HTTP_HOST"], "other:81");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn nothing_of_the_tutors_own_environment_gets_in(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1)
        .engine(engine)
        .app(SHOW)
        .env("WSGI_TUTOR_TEST_SECRET", "hunter2")
        .start();
    let environ = environ(&tutor, get("/"));
    assert_eq!(environ.get("WSGI_TUTOR_TEST_SECRET"), None);
    assert_eq!(environ.get("PATH"), None);
    assert!(!tutor.exchange().to_string().contains("hunter2"));
}

const KINDS: &str = "
import sys

SEEN = []

def answer(start_response, text):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [text.encode()]

def kinds(environ, start_response):
    wrong = [repr(key) for key, value in environ.items() if type(key) is not str
             or '.' not in key and (type(value) is not str or any(ord(c) > 255 for c in value))]
    types = [type(environ).__name__, type(environ['wsgi.version']).__name__,
             type(environ['wsgi.multithread']).__name__]
    return answer(start_response, f\"{wrong} {types} {environ['wsgi.version']}\")

def fresh(environ, start_response):
    SEEN.append(environ)
    environ['mine'] = 'yes'
    environ['wsgi.version'] = None
    return answer(start_response, str(len(set(map(id, SEEN)))))

def before(environ, start_response):
    return answer(start_response, f\"{'mine' in environ} {environ['wsgi.version']}\")
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn it_is_a_plain_dict_made_anew_for_each_request(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(KINDS)).start();
    assert_eq!(
        tutor.get("/kinds").text(),
        "[] ['dict', 'tuple', 'bool'] (1, 0)"
    );
    assert_eq!(tutor.get("/fresh").text(), "1");
    assert_eq!(tutor.get("/fresh").text(), "2");
    assert_eq!(tutor.get("/before").text(), "False (1, 0)");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_chunked_body_arrives_put_together(#[case] engine: Engine) {
    let app = "
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    said = environ['CONTENT_LENGTH'], 'HTTP_TRANSFER_ENCODING' in environ
    return [repr((environ['wsgi.input'].read(), *said)).encode()]
";
    let tutor = Tutor::lesson(1).engine(engine).app(app).start();
    let answer = tutor.ask(
        "POST / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n\
         5;note=1\r\nHello\r\n2\r\n, \r\n05\r\nworld\r\n0\r\nTrailer: dropped\r\n\r\n",
    );
    assert_eq!(answer.text(), "(b'Hello, world', '12', False)");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn each_value_is_told_with_the_bytes_it_came_from(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).start();
    let request = "GET /caf%C3%A9?b HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-A:  1\r\n\r\n";
    tutor.ask(request);
    let exchange = tutor.exchange();
    let environ = &exchange["environ"];
    for (key, bytes) in [
        ("REQUEST_METHOD", "GET"),
        ("PATH_INFO", "/caf%C3%A9"),
        ("QUERY_STRING", "b"),
        ("SERVER_PROTOCOL", "HTTP/1.1"),
        ("HTTP_HOST", "Host: t"),
        ("HTTP_X_A", "X-A:  1"),
    ] {
        let from = &environ[key]["from"]["request"];
        let place = |end: &str| usize::try_from(from[end].as_u64().unwrap()).unwrap();
        assert_eq!(&request[place("start")..place("end")], bytes, "{key}");
    }
    assert_eq!(environ["PATH_INFO"]["repr"], "'/caf\u{c3}\u{a9}'");
    assert_eq!(environ["PATH_INFO"]["type"], "str");
    assert_eq!(environ["wsgi.version"]["repr"], "(1, 0)");
    assert_eq!(environ["wsgi.version"]["type"], "tuple");
    assert!(environ["REMOTE_ADDR"]["from"]["connection"].is_string());
    assert!(environ["wsgi.input"]["from"]["gateway"].is_string());
}
