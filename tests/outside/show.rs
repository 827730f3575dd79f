//! `wsgi-tutor show`: recordings without a screen, good ones and others.

use std::path::Path;
use std::process::{Command, Stdio};

use rstest::rstest;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_wsgi-tutor");

fn recording() -> Value {
    let events = json!([
        {"at_us": 0, "kind": "connection-opened", "peer": "\u{1b}[2J", "reused": false},
        {"at_us": 9, "kind": "request-read", "method": "GET", "target": "/\u{9b}x", "version": "HTTP/1.1",
         "headers": [["Host", "t"]], "body": {"length": 0, "text": ""}},
        {"at_us": 20, "kind": "app-called", "callable": "function app"},
        {"at_us": 21, "kind": "line", "file": "/a/app.py", "line": 0, "function": "\u{1b}", "call": 7, "depth": 0,
         "locals": [["\u{202e}", "\u{1b}"]]},
        {"at_us": 30, "kind": "raised", "in": "call", "type": "\u{7}", "message": "\u{1b}]0;x\u{7}",
         "traceback": "Traceback\n\u{1b}[31m", "file": "\u{1b}", "line": 4_000_000_000_u32},
        {"at_us": 5, "kind": "not-recorded", "events": u64::MAX, "body": u64::MAX, "received": u64::MAX, "sent": u64::MAX},
        {"at_us": u64::MAX, "kind": "timed-out", "after_ms": u64::MAX, "code": "\u{1b}"},
        {"at_us": 31, "kind": "refused", "status": 400, "reason": "\u{1b}", "detail": "\u{1b}",
         "bytes": {"length": u64::MAX, "base64": "/wA="}},
        {"at_us": 32, "kind": "finished"},
    ]);
    json!({
        "format": 1, "tutor": "0.1.0", "lesson": 1, "app": "\u{1b}app.py", "file": "/a/app.py", "source": "x = 1\n",
        "exchanges": [{"id": 3, "events": events}, {"id": 8, "events": [{"at_us": 0, "kind": "finished"}]}],
    })
}

fn written(text: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

/// Exit code, standard output and standard error.
fn show(file: &Path, options: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(PROGRAM)
        .arg("show")
        .arg(file)
        .args(options)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[rstest]
#[case(&["--plain"])]
#[case(&[])]
fn a_recording_is_told_in_sentences(#[case] options: &[&str]) {
    let file = written(recording().to_string().as_bytes());
    let (code, told, error) = show(file.path(), options);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    assert!(
        told.starts_with("\n#3 GET /\\x9bx: refused with 400\n"),
        "{told}"
    );
    assert!(
        told.contains("\n#8 a request that was not read: no answer\n"),
        "{told}"
    );
    let odd = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!told.chars().any(odd), "{told:?}");
}

#[test]
fn a_recording_is_told_in_lines_of_json() {
    let file = written(recording().to_string().as_bytes());
    let (code, told, error) = show(file.path(), &["--json"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    let lines: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["id"], 3);
    assert_eq!(lines[0]["events"], recording()["exchanges"][0]["events"]);
    assert_eq!(lines[1]["type"], "exchange");
    assert!(!told.chars().any(|c| c.is_control() && c != '\n'));
}

#[rstest]
#[case(b"", "it ends too early: ")]
#[case(b"\x00\xff", "it is not JSON: ")]
#[case(
    b"{\"format\":1}",
    "it is not a recording of wsgi-tutor: missing field `tutor`"
)]
#[case(b"{\"a\":\"\x1b[2J\"}", "it is not JSON: control character")]
#[case(b"{\"format\":99}", "it has the format 99, and this wsgi-tutor (")]
fn what_is_no_recording_is_one_line_and_exit_code_2(#[case] text: &[u8], #[case] why: &str) {
    let file = written(text);
    let (code, told, error) = show(file.path(), &["--plain"]);
    assert_eq!((code, told.as_str()), (Some(2), ""));
    let start = format!(
        "wsgi-tutor: {} cannot be shown: {why}",
        file.path().display()
    );
    assert!(error.starts_with(&start), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_file_that_is_not_there_or_too_large_or_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("\u{1b}none.json");
    let (code, _, error) = show(&missing, &[]);
    assert_eq!(code, Some(2));
    assert!(
        error.starts_with("wsgi-tutor: there is no file /") && error.contains("\\x1bnone.json"),
        "{error}"
    );
    let (code, _, error) = show(folder.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(
        error.ends_with("cannot be shown: it is not a regular file\n"),
        "{error}"
    );
    let large = folder.path().join("large.json");
    let file = std::fs::File::create(&large).unwrap();
    // A hole: it takes no room.
    file.set_len(65 * 1024 * 1024).unwrap();
    let (code, _, error) = show(&large, &[]);
    assert_eq!(code, Some(2));
    assert!(error.ends_with("it is longer than 64 MiB\n"), "{error}");
}
