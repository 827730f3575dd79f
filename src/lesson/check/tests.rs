//! Verdicts on exchanges, in words.

use rstest::rstest;

use super::{Expectation, Seen, Verdict};
use crate::exchange::{
    Blame, BlockSource, Event, EventKind, Excerpt, Exchange, Raised, RaisedIn, RequestRead,
    StartResponse, Step,
};
use crate::lesson::check::{By, Check, Question, RequestSpec};

const SOURCE: &str = "def app(environ, start_response):\n    path = environ['PATH_INFO']\n    x = environ[\"HTTP_HOST\"]\n";

fn block(bytes: &[u8]) -> EventKind {
    EventKind::Block {
        source: BlockSource::Iterable,
        bytes: Excerpt::new(bytes, 999),
        sent: bytes.len() as u64,
    }
}

fn headers() -> Vec<(String, String)> {
    let headers = [("Content-Type", "text/plain"), ("Content-Length", "3")];
    headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

/// An answer in two blocks by a function that read `PATH_INFO`.
fn events() -> Vec<EventKind> {
    vec![
        EventKind::RequestRead(
            RequestRead {
                method: "POST".into(),
                target: "/a?b=c".into(),
                version: "HTTP/1.1".into(),
                headers: vec![("Cookie".into(), "a=1".into())],
                body: Excerpt::new(b"name=Zo%C3%AB&x=", 99),
            }
            .into(),
        ),
        EventKind::AppCalled {
            callable: "function app".into(),
        },
        EventKind::Line(Step {
            place: Blame {
                file: "/w/app.py".into(),
                line: 2,
            },
            function: "app".into(),
            call: 1,
            depth: 1,
            locals: Vec::new(),
        }),
        EventKind::StartResponse(
            StartResponse {
                status: "200 OK".into(),
                headers: headers(),
                exc_info: false,
                mounted: None,
                library: None,
                by: crate::exchange::By::default(),
            }
            .into(),
        ),
        EventKind::Returned {
            r#type: "generator".into(),
            length: None,
            name: None,
        },
        block(b"He"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: headers(),
        },
        EventKind::BytesSent {
            bytes: Excerpt::new(b"He", 9),
        },
        block(b""),
        block(b"y"),
        EventKind::CloseCalled,
        EventKind::Finished,
    ]
}

fn exchange(events: Vec<EventKind>) -> Exchange {
    let mut exchange = Exchange::new(1);
    for kind in events {
        exchange.record(Event { at_us: 0, kind });
    }
    exchange
}

fn seen(exchange: &Exchange) -> Seen<'_> {
    Seen {
        exchange,
        source: SOURCE,
        mistakes: &["body-is-str"],
    }
}

fn expectation(toml: &str) -> Expectation {
    toml::from_str(toml).unwrap()
}

#[rstest]
#[case(
    "status = '200 OK'",
    "status = '404 Not Found'",
    "a status that is '404 Not Found'"
)]
#[case(
    "headers = { content-type = 'text/plain' }",
    "headers = { Content-Type = 'text/html' }",
    "a header Content-Type that is 'text/html'"
)]
#[case(
    "headers = { X-A = { absent = true } }",
    "headers = { Content-Type = { absent = true } }",
    "no header Content-Type"
)]
#[case(
    "body = 'Hey'",
    "body = { contains = 'you' }",
    "a body that contains 'you'"
)]
#[case(
    "reads = ['PATH_INFO']",
    "reads = ['HTTP_HOST']",
    "a line that reads environ['HTTP_HOST']"
)]
#[case(
    "callable = 'function'",
    "callable = 'instance'",
    "an instance to be called"
)]
#[case(
    "iterable = 'generator'",
    "iterable = 'list'",
    "an iterable of a type that is 'list'"
)]
#[case("blocks = 2", "blocks = 3", "a body of at least 3 blocks")]
#[case(
    "streamed = true",
    "streamed = false",
    "the answer to be on its way before its last block is made"
)]
#[case(
    "closed = true",
    "closed = false",
    "the iterable's close() to be called"
)]
#[case(
    "start_response = 1",
    "start_response = 2",
    "start_response to be called 2 times"
)]
#[case("length = true", "length = true\nstatus = 'x'", "a status that is 'x'")]
#[case(
    "raised = ''",
    "raised = 'TypeError'",
    "an exception of the type TypeError"
)]
#[case(
    "mistake = 'body-is-str'",
    "mistake = 'async-app'",
    "the mistake async-app"
)]
fn each_expectation_can_hold_and_can_fail(
    #[case] holds: &str,
    #[case] fails: &str,
    #[case] expected: &str,
) {
    let exchange = exchange(events());
    let seen = seen(&exchange);
    assert_eq!(expectation(holds).missed(&seen), None);
    let missed = expectation(fails).missed(&seen).unwrap();
    assert_eq!(missed.expected, expected);
}

#[test]
fn a_wrong_length_is_told_with_both_numbers() {
    let mut events = events();
    events.insert(9, block(b"!"));
    let exchange = exchange(events);
    let missed = expectation("length = true")
        .missed(&seen(&exchange))
        .unwrap();
    assert_eq!(
        missed.instead.as_deref(),
        Some("Content-Length says 3, and the application gave 4 bytes")
    );
}

#[test]
fn a_print_is_no_part_of_the_answer() {
    let mut events = events();
    let printed = EventKind::Printed {
        output: crate::exchange::Output::Stdout,
        text: "debug".into(),
    };
    events.insert(3, printed);
    let exchange = exchange(events);
    let expected = expectation("status = '200 OK'\nbody = 'Hey'\nblocks = 2\nstreamed = true");
    assert!(expected.holds(&seen(&exchange)));
}

#[rstest]
#[case("{}", true)]
#[case("{ method = 'POST', path = '/a' }", true)]
#[case("{ path = '/a?b=c' }", true)]
#[case("{ path = '/a?b=d' }", false)]
#[case("{ path = '/' }", false)]
#[case("{ method = 'GET' }", false)]
#[case("{ form = { name = 'Zo\u{eb}' } }", true)]
#[case("{ form = { x = '' } }", true)]
#[case("{ form = { name = '' } }", false)]
#[case(r"{ body = 'name=Zo%C3%AB&x=' }", true)]
#[case("{ body = 'name=' }", false)]
#[case("{ headers = { cookie = 'a=1' } }", true)]
#[case("{ headers = { cookie = 'a=2' } }", false)]
fn a_request_of_the_learners_own_is_compared_in_what_is_named(
    #[case] asked: &str,
    #[case] expected: bool,
) {
    #[derive(serde::Deserialize)]
    struct File {
        you: RequestSpec,
    }
    let asked = toml::from_str::<File>(&format!("you = {asked}"))
        .unwrap()
        .you;
    let check = Check {
        says: "You sent it".into(),
        by: By::Learner {
            asked,
            expect: Box::new(expectation("status = '200 OK'")),
        },
        line: 1,
    };
    let exchange = exchange(events());
    let passed = expected.then_some(Verdict::Passed);
    assert_eq!(check.judge_own(&seen(&exchange)), passed);
}

/// A check with one try.
fn check(toml: &str) -> Check {
    #[derive(serde::Deserialize)]
    struct File {
        with: std::collections::BTreeMap<String, super::Kind>,
        send: RequestSpec,
        expect: Expectation,
        wrong: Vec<WrongFile>,
    }
    #[derive(serde::Deserialize)]
    struct WrongFile {
        when: Expectation,
        say: String,
    }
    let file: File = toml::from_str(toml).unwrap();
    Check {
        says: "It is so".into(),
        line: 1,
        by: By::Tutor {
            with: file.with,
            tries: vec![super::Try {
                send: file.send,
                expect: file.expect,
                wrong: file
                    .wrong
                    .into_iter()
                    .map(|it| super::Wrong {
                        when: it.when,
                        say: it.say,
                        line: 1,
                    })
                    .collect(),
            }],
        },
    }
}

const GREETED: &str = r#"
with = { who = "name" }
send = { path = "/hello", form = { name = "{who}" } }
expect = { body = { contains = "{who}" } }

[[wrong]]
when = { body = { contains = "nobody" } }
say = "That is nobody."

[[wrong]]
when = { body = { lacks = "{who}" } }
say = "Where is {who}?"
"#;

/// `environ['NAME']` in line 3.
fn key_error() -> EventKind {
    let raised = Raised {
        r#in: RaisedIn::Call,
        r#type: "KeyError".into(),
        message: "'NAME'".into(),
        traceback: String::new(),
        blame: Some(Blame {
            file: "/w/app.py".into(),
            line: 3,
        }),
        calls: Vec::new(),
        rule: None,
        missing: None,
        lacks: None,
        limit: None,
    };
    EventKind::Raised(raised.into())
}

#[test]
fn a_failure_says_what_was_sent_what_came_and_what_was_expected() {
    let prepared = check(GREETED).prepare(7).unwrap().remove(0);
    let exchange = exchange(events());
    let Verdict::Failed(failure) = prepared.judge(&seen(&exchange)) else {
        panic!("it does not greet");
    };
    let who = failure.sent.strip_prefix("POST /hello with name=").unwrap();
    assert_eq!(failure.came, "200 OK, text/plain, 'Hey'");
    assert_eq!(failure.expected, format!("a body that contains '{who}'"));
    assert_eq!(failure.advice, Some(format!("Where is {who}?")));
    assert_ne!(
        check(GREETED).prepare(8).unwrap()[0].request,
        prepared.request
    );
}

/// The request of a lesson, and how it is told.
#[rstest]
#[case(
    r"body = 'name=\xff'",
    "POST / with the body name=\\xff",
    (Some(b"name=\xff".as_slice()), None)
)]
#[case(
    "method = 'PUT'\npath = '/a'\nbody = ''",
    "PUT /a with an empty body",
    (Some(b"".as_slice()), None)
)]
#[case(
    r"raw = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'",
    r"the bytes GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    (None, Some(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".as_slice()))
)]
fn bytes_are_sent_and_told(
    #[case] toml: &str,
    #[case] told: &str,
    #[case] (body, raw): (Option<&[u8]>, Option<&[u8]>),
) {
    let spec: RequestSpec = toml::from_str(toml).unwrap();
    let request = spec.fill(&super::Values::default()).unwrap();
    assert_eq!(request.body.as_deref(), body);
    assert_eq!(request.raw.as_deref(), raw);
    assert_eq!(super::request::told(&request), told);
}

#[test]
fn a_refusal_has_a_status_and_its_reason() {
    let refused = exchange(vec![
        EventKind::Refused(crate::exchange::Refused {
            status: 400,
            reason: "no-host".into(),
            detail: "there is no Host header".into(),
            bytes: Excerpt::default(),
        }),
        EventKind::BytesSent {
            bytes: Excerpt::new(b"HTTP/1.1 400 Bad Request\r\nDate: now\r\n", 99),
        },
    ]);
    let seen = seen(&refused);
    assert_eq!(seen.status(), Some("400 Bad Request"));
    assert_eq!(seen.told(), "there is no Host header: 400 Bad Request");
}

/// What is told of a `KeyError` in which these mistakes were found.
#[rstest]
#[case::of_it_alone(&["raised-before-start"], "A guess.")]
#[case::of_its_cause(&["environ-key-name"], "An environ key is misspelled (environ-key-name).")]
#[case::of_another_thing(&["content-length-empty", "raised-before-start"], "A guess.")]
fn a_named_mistake_is_told_before_a_guess(#[case] mistakes: &[&str], #[case] advice: &str) {
    let guess = "[[wrong]]\nwhen = { raised = 'KeyError' }\nsay = 'A guess.'";
    let toml = format!("with = {{}}\nsend = {{}}\nexpect = {{ status = '200 OK' }}\n{guess}");
    let prepared = check(&toml).prepare(7).unwrap().remove(0);
    let mut events = events();
    events.truncate(3);
    events.push(key_error());
    let exchange = exchange(events);
    let seen = Seen {
        mistakes,
        ..seen(&exchange)
    };
    let Verdict::Failed(failure) = prepared.judge(&seen) else {
        panic!("it raised");
    };
    let told = failure.advice.unwrap();
    assert!(told.starts_with(advice), "{told}");
}

#[test]
fn an_exception_is_told_with_its_line() {
    let mut events = events();
    events.truncate(3);
    events.push(key_error());
    events.push(EventKind::HeadersSent {
        status: "500 Internal Server Error".into(),
        headers: Vec::new(),
    });
    let exchange = exchange(events);
    let told = seen(&exchange).told();
    let expected = "KeyError: 'NAME' at line 3 of app.py; the client got 500 Internal Server Error";
    assert_eq!(told, expected);
}

#[test]
fn the_right_answer_is_the_one_that_happens() {
    let answer = |expect: &str| super::Answer {
        why: String::new(),
        text: String::new(),
        expect: expectation(expect),
    };
    let question = Question {
        asks: String::new(),
        send: RequestSpec::default(),
        why: String::new(),
        answers: vec![answer("status = '500'"), answer("status = '200 OK'")],
        line: 1,
    };
    let exchange = exchange(events());
    assert_eq!(question.right(&seen(&exchange)), [1]);
}
