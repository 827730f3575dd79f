//! What is written is read again, and what is wrong is told.

use rstest::rstest;

use super::{Recording, open, save};
use crate::exchange::{
    Blame, BlockSource, By, Call, EnvironChange, EnvironEntry, Event, EventKind, Excerpt, Exchange,
    Origin, Output, Raised, RaisedIn, Refused, RequestRead, RuleBroken, StartResponse, Step,
    TimedOut,
};

fn blame() -> Blame {
    blame_of(3)
}

fn blame_of(line: u32) -> Blame {
    Blame {
        file: "/home/ada/app.py".into(),
        line,
    }
}

fn entry(key: &str, from: Origin) -> EnvironEntry {
    EnvironEntry {
        key: key.into(),
        repr: "'\u{9b}31m'".into(),
        r#type: "str".into(),
        from,
    }
}

fn pairs() -> Vec<(String, String)> {
    vec![("X-Name".to_owned(), "Zo\u{c3}\u{ab}".to_owned())]
}

fn bytes() -> Excerpt {
    Excerpt::new(b"\xff\x00abc", 4)
}

/// One of each kind at least, and both forms of what may be absent.
fn every_kind() -> Vec<EventKind> {
    [asked(), called(), answered(), failed()].concat()
}

fn asked() -> Vec<EventKind> {
    vec![
        EventKind::ConnectionOpened {
            peer: "127.0.0.1:50000".into(),
            reused: true,
        },
        EventKind::BytesReceived { bytes: bytes() },
        EventKind::RequestRead(
            RequestRead {
                method: "POST".into(),
                target: "/\u{e9}".into(),
                version: "HTTP/1.1".into(),
                headers: pairs(),
                body: Excerpt::new("Zoë".as_bytes(), 9),
            }
            .into(),
        ),
        EventKind::Refused(Refused {
            status: 400,
            reason: "tls".into(),
            detail: "the client speaks HTTPS".into(),
            bytes: bytes(),
        }),
        EventKind::EnvironBuilt {
            environ: vec![
                entry(
                    "A",
                    Origin::Request {
                        what: "the method".into(),
                        start: 0,
                        end: 4,
                    },
                ),
                entry("B", Origin::Connection("its address".into())),
                entry("C", Origin::Gateway("a rule".into())),
            ]
            .into(),
        },
    ]
}

fn called() -> Vec<EventKind> {
    vec![
        EventKind::AppCalled {
            callable: "function app".into(),
        },
        EventKind::Line(Step {
            place: blame(),
            function: "app".into(),
            call: 1,
            depth: 1,
            locals: vec![("a".into(), Some("1".into())), ("b".into(), None)],
        }),
        EventKind::Suspended(blame()),
        EventKind::TraceStopped {
            reason: "2000 steps".into(),
        },
        EventKind::InputRead {
            call: "read(3)".into(),
            got: 3,
            by: By::default(),
        },
        EventKind::StartResponse(
            StartResponse {
                status: "200 OK".into(),
                headers: pairs(),
                exc_info: true,
                mounted: None,
                library: None,
                by: By::default(),
            }
            .into(),
        ),
    ]
}

fn answered() -> Vec<EventKind> {
    vec![
        EventKind::Returned {
            r#type: "list".into(),
            length: Some(1),
            name: None,
        },
        EventKind::Returned {
            r#type: "generator".into(),
            length: None,
            name: None,
        },
        EventKind::Block {
            source: BlockSource::Write,
            bytes: bytes(),
            sent: 2,
        },
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: pairs(),
        },
        EventKind::BytesSent { bytes: bytes() },
        EventKind::Printed {
            output: Output::Process,
            text: "a\x1b[2J".into(),
        },
        EventKind::Logged { text: "b".into() },
    ]
}

fn failed() -> Vec<EventKind> {
    let raised = |r#in, blame| {
        EventKind::Raised(
            Raised {
                r#in,
                r#type: "ValueError".into(),
                message: "no \"good\"".into(),
                traceback: "Traceback\n".into(),
                blame,
                calls: vec![Call {
                    place: blame_of(7),
                    bytes: Some((4, Some(9))),
                }],
                rule: Some("header-not-str".into()),
                missing: None,
                lacks: None,
                limit: None,
            }
            .into(),
        )
    };
    let timed_out = |blame, code: Option<&str>| {
        EventKind::TimedOut(TimedOut {
            after_ms: 10_000,
            in_body: false,
            blame,
            code: code.map(Into::into),
        })
    };
    vec![
        EventKind::RuleBroken(
            RuleBroken {
                rule: "header-not-str".into(),
                message: "the value of X must be a str".into(),
                subject: Some("X".into()),
                by: By {
                    blame: Some(blame()),
                    calls: vec![Call {
                        place: blame(),
                        bytes: None,
                    }],
                },
            }
            .into(),
        ),
        raised(RaisedIn::Iteration, Some(blame())),
        raised(RaisedIn::Load, None),
        timed_out(Some(blame()), Some("while True:")),
        timed_out(None, None),
        EventKind::WorkerDied {
            reason: "exit code 3".into(),
        },
        EventKind::CloseCalled,
        EventKind::EnvironChanged {
            changes: vec![EnvironChange {
                key: "A".into(),
                repr: None,
                r#type: None,
            }],
        },
        EventKind::Superseded,
        EventKind::Waiting { behind: vec![3, 5] },
        EventKind::Interrupted { next: None },
        EventKind::Interrupted { next: Some(4) },
        EventKind::ClientGone,
        EventKind::NotRecorded {
            events: 1,
            body: 2,
            received: 3,
            sent: 4,
            reads: 1,
        },
        EventKind::Finished,
    ]
}

fn exchange() -> Exchange {
    let mut exchange = Exchange::new(7);
    for (at_us, kind) in (0..).zip(every_kind()) {
        exchange.record(Event { at_us, kind });
    }
    exchange
}

fn recording() -> Recording {
    let file = Some("/home/ada/app.py");
    Recording::of(&exchange(), Some(1), "app.py", file, "def app(): …\n")
}

/// Adding a kind without reading it again must not go unnoticed.
#[test]
fn every_kind_is_among_them() {
    let mut names: Vec<String> = every_kind()
        .into_iter()
        .map(|kind| serde_json::to_value(kind).unwrap()["kind"].to_string())
        .collect();
    names.sort();
    names.dedup();
    let documented = include_str!("../../docs/json.md");
    let (_, table) = documented.split_once("| kind | fields |").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let kinds = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once(" |"))
        .map(|(kinds, _)| kinds.split(", ").count());
    assert_eq!(kinds.sum::<usize>(), names.len());
}

#[test]
fn what_is_written_is_read_again() {
    let json = recording().to_json().unwrap();
    assert!(!json.trim_end().chars().any(char::is_control), "{json:?}");
    let read = Recording::from_json(json.as_bytes()).unwrap();
    assert_eq!(read, recording());
    assert_eq!(read.exchanges().collect::<Vec<_>>(), [exchange()]);
}

#[test]
fn a_file_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<_> = (0..3)
        .map(|_| save(&recording(), folder.path()).unwrap())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names,
        ["exchange-7.json", "exchange-7-2.json", "exchange-7-3.json"]
    );
    let read = open(&folder.path().join("exchange-7-2.json")).unwrap();
    assert_eq!(read, recording());
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = save(&recording(), &folder.path().join("none"))
        .unwrap_err()
        .to_string();
    let message = format!("{error:#}");
    assert!(
        message.starts_with("the exchange cannot be saved in /") && message.contains("none"),
        "{message}"
    );
}

#[rstest]
#[case("", "it ends too early: EOF")]
#[case("hello", "it is not JSON: expected value (line 1, column 1)")]
#[case("[]", "it is not a recording of wsgi-tutor: ")]
#[case("3", "it is not a recording of wsgi-tutor: ")]
#[case("{}", "it is not a recording of wsgi-tutor: it has no \"format\"")]
#[case(
    r#"{"format":"1"}"#,
    "it is not a recording of wsgi-tutor: invalid type: "
)]
#[case(r#"{"format":0}"#, "there is no format 0")]
#[case(r#"{"format":2}"#, "it has the format 2, and this wsgi-tutor (")]
#[case(
    r#"{"format":1}"#,
    "it is not a recording of wsgi-tutor: missing field `tutor`"
)]
fn what_is_no_recording_is_told(#[case] text: &str, #[case] message: &str) {
    let error = Recording::from_json(text.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.starts_with(message), "{error}");
}

#[rstest]
#[case("[]", "there is no exchange in it")]
#[case(r#"[{"id":1,"events":[]}]"#, "its exchange 1 has no events")]
#[case(
    r#"[{"id":0,"events":[]}]"#,
    "its exchange 0 comes after 0; the numbers"
)]
#[case(
    r#"[{"id":1,"events":[{"at_us":0,"kind":"exploded"}]}]"#,
    "it is not a recording of wsgi-tutor: unknown variant `exploded` (line 1"
)]
#[case(
    r#"[{"id":1,"events":[{"at_us":-1,"kind":"finished"}]}]"#,
    "it is not a recording of wsgi-tutor: invalid value"
)]
#[case(
    r#"[{"id":1,"events":[{"at_us":1,"kind":"bytes-sent","bytes":{"length":0,"text":"a"}}]}]"#,
    "it is not a recording of wsgi-tutor: a length of 0 for 1 bytes"
)]
fn odd_exchanges_are_told(#[case] exchanges: &str, #[case] message: &str) {
    let text = format!(
        r#"{{"format":1,"tutor":"","lesson":null,"app":"","file":null,"source":"","exchanges":{exchanges}}}"#
    );
    let error = Recording::from_json(text.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.starts_with(message), "{error}");
}

#[test]
fn absurd_numbers_are_told() {
    let with = |kind: &EventKind, count: usize| {
        let mut exchange = Exchange::new(1);
        for at_us in 0..count as u64 {
            let kind = kind.clone();
            exchange.record(Event { at_us, kind });
        }
        let json = Recording::of(&exchange, None, "", None, "").to_json();
        Recording::from_json(json.unwrap().as_bytes())
    };
    let error = with(&EventKind::CloseCalled, 8_001)
        .unwrap_err()
        .to_string();
    assert_eq!(error, "its exchange 1 has 8001 events; the limit is 8000");
    let key = entry("A", Origin::Connection("".into()));
    let environ = vec![key; 1_001].into();
    let error = with(&EventKind::EnvironBuilt { environ }, 1)
        .unwrap_err()
        .to_string();
    assert_eq!(error, "environ of its exchange 1 has more than 1000 keys");
    assert!(with(&EventKind::CloseCalled, 8_000).is_ok());
}

#[test]
fn a_file_that_was_cut_anywhere_is_told() {
    let json = recording().to_json().unwrap();
    let whole = json.trim_end().len();
    for end in 0..whole {
        let error = Recording::from_json(&json.as_bytes()[..end])
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("it "), "{end}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn values_of_another_type_never_panic() {
    let json = recording().to_json().unwrap();
    // Each value of the file in turn becomes another one.
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let odd = ["null", "-1", "1e99", "\"\\u0000\"", "[]", "{}", "true"];
    for place in paths(&value) {
        for odd in odd {
            let mut changed = value.clone();
            *changed.pointer_mut(&place).unwrap() = serde_json::from_str(odd).unwrap();
            // What can be read can be folded and told.
            if let Ok(read) = Recording::from_json(changed.to_string().as_bytes()) {
                for exchange in read.exchanges() {
                    let _ = crate::diagnosis::diagnose(&exchange, &read.sources());
                }
            }
        }
    }
}

/// A pointer to every value inside.
fn paths(value: &serde_json::Value) -> Vec<String> {
    let children: Vec<(String, &serde_json::Value)> = match value {
        serde_json::Value::Object(map) => map.iter().map(|(key, it)| (key.clone(), it)).collect(),
        serde_json::Value::Array(list) => {
            let list = list.iter().enumerate();
            list.map(|(place, it)| (place.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    let mut all = vec![String::new()];
    for (key, child) in children {
        all.extend(paths(child).into_iter().map(|rest| format!("/{key}{rest}")));
    }
    all
}
