//! A person looks at a lesson and sends requests.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::terminal::{Terminal, file as terminal_file};

#[test]
fn a_lesson_opens_and_one_key_sends_a_request() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal
        .wait_for("A basic response")
        .wait_for("http://127.0.0.1:");
    terminal
        .press(" ")
        .wait_for("200 OK")
        .wait_for("REQUEST_METHOD");
    terminal.press("4").wait_for("Hello from a function!");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn the_form_is_filled_in_and_sent_with_keys() {
    let mut terminal = Terminal::start(&["lesson", "form-post"], &[]);
    terminal
        .wait_for("http://127.0.0.1:")
        .press("f")
        .wait_for("Send a form");
    terminal.press("Zoë").wait_for("name=Zo%C3%AB").press("\r");
    terminal
        .wait_for("#1")
        .wait_for("POST")
        .press("4z")
        .wait_for("Hello, Zoë!");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn the_form_of_the_page_is_filled_in_and_sent_with_keys() {
    let mut terminal = Terminal::start(&["lesson", "form-post"], &[]);
    terminal.wait_for("http://127.0.0.1:").press(" ");
    terminal.wait_for("200 OK").press("4b");
    terminal
        .wait_for("Your name [____________] [ Send ]")
        .press("\r")
        .wait_for("Fill in the page's form");
    terminal
        .press("Zo\u{eb} <b>")
        .wait_for("name=Zo%C3%AB+%3Cb%3E")
        .press("\r");
    // The answer is a page too.
    terminal
        .wait_for("title: Hello")
        .wait_for("Hello, Zo\u{eb} <b>!");
    terminal
        .press("bbz")
        .wait_for("bytes from the client")
        .wait_for("name=Zo%C3%AB+%3Cb%3E");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_request_from_any_client_appears_at_once() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("http://127.0.0.1:");
    let mut client = TcpStream::connect(terminal.address()).unwrap();
    client
        .write_all(b"GET /from-outside HTTP/1.0\r\nUser-Agent: a-test\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("Hello from a function!\n"), "{answer}");
    terminal.wait_for("/from-outside").wait_for("a-test");
}

#[test]
fn an_app_of_ones_own_answers_any_request_and_runs_what_was_saved() {
    let app = "\
from words import GREETING

def app(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size).decode()
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [f\"{GREETING} {environ['REQUEST_METHOD']} {body}\".encode()]
";
    let files = [("shop.py", app), ("words.py", "GREETING = 'Hello'\n")];
    let mut terminal = Terminal::run("shop.py:app", &files);
    terminal
        .wait_for("Running shop.py:app with ")
        .wait_for("as there is no .venv beside the app.")
        .wait_for("runs function app");
    terminal.press(" ").wait_for("Hello GET");
    terminal.press("f").wait_for("Send a request");
    terminal
        .press("PUT\t/caf\u{e9}\tname=Ada")
        .wait_for("PUT /caf%C3%A9");
    terminal.press("\r").wait_for("Hello PUT name=Ada");
    // The same again, by the new code.
    let words = terminal.workspace.path().join("words.py");
    std::fs::write(words, "GREETING = 'Good evening'\n").unwrap();
    terminal.press(" ").wait_for("Good evening PUT name=Ada");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn an_exchange_is_taken_along() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello").press(" ");
    terminal.wait_for("REQUEST_METHOD").press("3jy");
    terminal.wait_for("sent to the terminal's clipboard: the value of REQUEST_METHOD");
    // 'GET' with its quotes, in base64.
    let sequence = b"\x1b]52;c;J0dFVCc=\x07";
    let copied = |raw: &[u8]| raw.windows(sequence.len()).any(|part| part == sequence);
    assert!(copied(&terminal.raw));
    // What has not ended is saved as far as it came.
    terminal.press("r").wait_for("#2").wait_for("sent, ");
    terminal.press("s").wait_for("saved as /");
    let workspace = terminal.leave();
    let saved = terminal_file(&workspace, "exchange-2.json");
    let mut terminal = Terminal::show(workspace, saved.to_str().unwrap());
    terminal
        .wait_for("a recording: exchange-2.json")
        .wait_for("REQUEST_METHOD")
        .wait_for("200 OK");
    terminal.press("\x1b[C").wait_for("1 of ");
    terminal.leave();
}

#[test]
fn the_list_opens_a_lesson() {
    let mut terminal = Terminal::start(&[], &[]);
    terminal
        .wait_for("A form POST")
        .press("j\r")
        .wait_for("Lesson 2");
    terminal.press("l").wait_for("Learn WSGI").press("q");
    assert!(terminal.end().success());
}

#[test]
fn escape_sequences_from_the_wire_never_reach_the_terminal() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[("NO_COLOR", "1")]);
    terminal.wait_for("http://127.0.0.1:");
    let mut client = TcpStream::connect(terminal.address()).unwrap();
    client
        .write_all(b"GET /%1b]0;owned%07 HTTP/1.0\r\nUser-Agent: \xc2\x9b31m\r\n\r\n")
        .unwrap();
    client.read_to_end(&mut Vec::new()).unwrap();
    terminal
        .press("3z")
        .wait_for("\\x1b]0;owned\\x07")
        .press("q");
    assert!(terminal.end().success());
    let raw = String::from_utf8_lossy(&terminal.raw);
    assert!(!raw.contains("\x1b]0;owned") && !raw.contains('\u{9b}'));
}

#[test]
fn a_resize_there_and_back_draws_every_cell_again() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello");
    terminal.forget().resize(41, 130).resize(40, 130);
    terminal
        .wait_for("A basic response")
        .wait_for("runs function hello")
        .wait_for("q quit");
    terminal.press("q");
    assert!(terminal.end().success());
    let raw = String::from_utf8_lossy(&terminal.raw);
    let (empties, frames) = ("\x1b[2J", raw.split("\x1b[?2026h"));
    let between_frames = frames.filter_map(|it| it.split_once("\x1b[?2026l"));
    assert!(raw.contains(empties));
    for (_, after) in between_frames {
        assert!(
            !after.contains(empties),
            "an empty screen is seen: {after:?}"
        );
    }
}

#[test]
fn a_key_that_comes_with_a_resize_is_heard() {
    let mut terminal = Terminal::start(&["lesson", "form-post"], &[]);
    terminal.wait_for("http://127.0.0.1:");
    // Which of them is noticed first is the system's to decide.
    for _ in 0..100 {
        terminal.resize(40, 129).press("f").wait_for("Send a form");
        terminal.resize(40, 130).press("\x1b");
        terminal.wait_for_end_of("Send a form");
    }
    terminal.press("q");
    assert!(terminal.end().success());
}
