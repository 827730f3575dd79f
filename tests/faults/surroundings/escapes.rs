//! Sequences a terminal would obey, wherever they come from, on their way to every face.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rstest::rstest;

use crate::program::{Home, Serving, run};
use crate::support::SYSTEM;
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

/// A title, a clear screen, both with eight-bit controls, a line taken back, letters that turn
/// around, letters that cannot be seen.
pub const EVIL: &str =
    "\x1b]0;EVIL\x07\x1b[2J\u{9b}31m\u{9d}0;EVIL\u{9c}a\rb\x08\x7f\u{202e}\u{2066}\u{200b}\u{feff}";

/// What an application can do, with EVIL in everything it says.
const APP: &str = r#"
import sys
EVIL = "\x1b]0;EVIL\x07\x1b[2J\x9b31m\x9d0;EVIL\x9ca\rb\x08\x7f\u202e\u2066\u200b\ufeff"
NARROW = EVIL.encode('utf-8').decode('latin-1')
print('loaded', EVIL)

class Error(Exception):
    pass

Error.__name__ = Error.__qualname__ = 'Error' + EVIL
Error.__module__ = 'module' + EVIL

def app(environ, start_response):
    local = EVIL
    environ['key' + EVIL] = EVIL
    print('printed', EVIL)
    sys.stderr.write('written ' + EVIL)
    environ['wsgi.errors'].write('logged ' + EVIL)
    if environ['PATH_INFO'] == '/raises':
        raise Error('message ' + EVIL)
    if environ['PATH_INFO'] == '/header':
        start_response('200 OK', [('X-' + EVIL, 'value ' + EVIL)])
    if environ['PATH_INFO'] == '/status':
        start_response('200 ' + EVIL, [])
    if environ['PATH_INFO'] == '/exit':
        sys.__stderr__.write('last words ' + EVIL + '\n')
        import os
        os.write(2, ('last words ' + EVIL + '\n').encode())
        os._exit(3)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8'), ('X-Latin', NARROW.replace('\r', '').replace('\x1b', '').replace('\x07', '').replace('\x08', '').replace('\x7f', ''))])
    return [f'<title>{EVIL}</title><p>{EVIL}</p><a href="/{EVIL}">{EVIL}</a><form action="{EVIL}"><input name="{EVIL}"></form>'.encode()]
"#;

/// Requests with EVIL in all of their parts that may hold it, and in those that may not.
fn requests() -> Vec<Vec<u8>> {
    let escaped: String = percent_encode(EVIL.as_bytes(), NON_ALPHANUMERIC).to_string();
    let high: String = EVIL.chars().filter(|it| !it.is_ascii_control()).collect();
    let mut all = Vec::new();
    for path in ["/", "/raises", "/header", "/status", "/exit"] {
        all.push(format!("GET {path}?{escaped} HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-High: {high}\r\n\r\n"));
    }
    all.push(format!(
        "GET /{escaped}{high} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"
    ));
    all.push(format!("POST / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: text/plain; x={high}\r\nContent-Length: {}\r\n\r\n{EVIL}", EVIL.len()));
    all.push(format!("GET /{EVIL} HTTP/1.1\r\nHost: t\r\n\r\n"));
    all.push(format!("GET / HTTP/1.1\r\nHost: t\r\nX: {EVIL}\r\n\r\n"));
    all.push(format!("GET / HTTP/1.1\r\nHost: t\r\n{EVIL}: x\r\n\r\n"));
    all.push(format!("{EVIL}\r\n\r\n"));
    all.into_iter().map(String::into_bytes).collect()
}

fn send_all(port: u16) {
    for request in requests() {
        let mut client = TcpStream::connect(("127.0.0.1", port)).unwrap();
        client.write_all(&request).unwrap();
        let mut answer = Vec::new();
        // A refused client's connection may break off.
        let _ = client.read_to_end(&mut answer);
        // A page of the tutor's own.
        if answer.starts_with(b"HTTP/1.1 5") {
            let page = String::from_utf8(answer).unwrap();
            assert!(
                page.contains("EVIL") || page.contains("ended itself"),
                "{page}"
            );
            assert_harmless(&page.replace("\r\n", "\n"));
        }
    }
}

/// Asserts that a terminal obeys nothing in a text but its line feeds.
pub fn assert_harmless(text: &str) {
    let obeyed = |it: &char| it.is_control() && *it != '\n' || invisible(*it);
    if let Some(found) = text.chars().find(obeyed) {
        let at = text.find(found).unwrap();
        let from = text.floor_char_boundary(at.saturating_sub(200));
        let to = text.ceil_char_boundary(at + 100);
        panic!("{found:?} in {:?}", &text[from..to]);
    }
}

fn invisible(letter: char) -> bool {
    "\u{202e}\u{2066}\u{200b}\u{feff}".contains(letter)
}

/// A project with an evil name and an evil file name, in a home.
fn project(home: &Home) -> (std::path::PathBuf, String) {
    let folder = home.folder.path().join(format!("project{EVIL}"));
    fs::create_dir(&folder).unwrap();
    let file = format!("app{EVIL}.py");
    fs::write(folder.join(&file), APP).unwrap();
    (folder, file)
}

#[rstest]
#[case("--plain")]
#[case("--json")]
fn told(#[case] style: &str) {
    let home = Home::new();
    let (folder, file) = project(&home);
    let mut command = home.program(["run", &file, style, "--port", "0", "--python", SYSTEM]);
    let mut serving = Serving::start_at(command.current_dir(&folder), "http://");
    let port = serving.told.split("http://127.0.0.1:").nth(1).unwrap();
    let port: String = port.chars().take_while(char::is_ascii_digit).collect();
    send_all(port.parse().unwrap());
    // A word of an application's that would not load.
    serving.until("refused", "refused");
    let ran = serving.stop();
    assert!(
        ran.out.contains("printed") && ran.out.contains("EVIL"),
        "{}",
        ran.out
    );
    assert_harmless(&ran.out);
    assert_harmless(&ran.errors);
    row();
}

#[test]
fn verified_and_complained_of() {
    let home = Home::new();
    let (folder, file) = project(&home);
    let lessons = folder.join("lessons");
    fs::create_dir_all(lessons.join("01-evil")).unwrap();
    let text = format!("+++\nid = \"evil\"\n+++\n# {EVIL}\n\n{EVIL}\n");
    fs::write(
        lessons.join("01-evil/lesson.toml"),
        format!("title = \"{EVIL}\"\nname = \"{EVIL}\"\n"),
    )
    .unwrap();
    fs::write(lessons.join("01-evil/01.md"), text).unwrap();
    let recording = folder.join(format!("exchange{EVIL}.json"));
    fs::write(
        &recording,
        format!("{{\"format\": \"{}\"}}", EVIL.escape_default()),
    )
    .unwrap();
    let (recording, lessons) = (recording.to_str().unwrap(), lessons.to_str().unwrap());
    let missing = format!("missing{EVIL}");
    let commands: [&[&str]; 13] = [
        &["check", &file, "--python", SYSTEM],
        &["check", &file, "--json", "--python", SYSTEM],
        &["check", &missing],
        &["check", "1", &missing],
        &["lessons", "check", lessons],
        &["lesson", "1", "--lessons", lessons],
        &["lessons", "new", EVIL],
        &["show", recording],
        &["show", &missing],
        &["explain", EVIL],
        &["lesson", "1", "--host", EVIL],
        &[
            "lesson",
            "1",
            "--plain",
            "--port",
            "0",
            "--python",
            SYSTEM,
            "--workspace",
            "/dev/null/\x1b[2J\u{9b}1m",
        ],
        &["list", "--lessons", EVIL],
    ];
    for arguments in commands {
        let ran = run(home.program(arguments).current_dir(&folder));
        assert!(ran.out.len() + ran.errors.len() > 0, "{arguments:?}");
        assert_harmless(&ran.out);
        assert_harmless(&ran.errors);
    }
    let state = home.folder.path().join(format!("state{EVIL}"));
    fs::create_dir_all(state.join("wsgi-tutor")).unwrap();
    fs::write(
        state.join("wsgi-tutor/progress.toml"),
        format!("half {EVIL}"),
    )
    .unwrap();
    for arguments in [&["list"][..], &["doctor", "--python", SYSTEM]] {
        let ran = run(home
            .program(arguments)
            .env("XDG_STATE_HOME", &state)
            .env("TMPDIR", &state));
        assert_harmless(&ran.out);
        assert_harmless(&ran.errors);
    }
    row();
}

#[test]
fn on_the_screen() {
    let name = format!("app{EVIL}.py");
    let mut terminal = Terminal::run(&name, &[(&name, APP)]);
    terminal.wait_for("printed while it was loaded");
    let address = terminal.address();
    let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
    send_all(port);
    terminal.wait_for("#11");
    // Every pane, every view of the response, every request.
    for _ in 0..11 {
        for key in [
            "1", "2", "3", "4", "b", "b", "b", "b", "5", "6", "!", "!", "T", "T", "\x1b[D", "[",
            "]",
        ] {
            terminal.press(key);
        }
        terminal.press("5k");
    }
    terminal.press("4bz").wait_for("EVIL");
    terminal.press("s").wait_for("saved as");
    let workspace = terminal.give_back();
    let raw = String::from_utf8_lossy(&workspace.1).into_owned();
    assert_not_obeyed(&raw);
    let saved: Vec<_> = fs::read_dir(workspace.0.path())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("exchange"))
        .collect();
    let saved = saved[0].path();
    assert_harmless(&fs::read_to_string(&saved).unwrap());
    let mut shown = Terminal::show(workspace.0, saved.to_str().unwrap());
    shown.wait_for("a recording").press("4bz").wait_for("EVIL");
    for key in ["b", "b", "b", "1", "2", "3", "5", "6", "\x1b[D", "[", "]"] {
        shown.press(key);
    }
    let (_, raw) = shown.give_back();
    assert_not_obeyed(&String::from_utf8_lossy(&raw));
    row();
}

/// Asserts that what was written to a terminal holds nothing of EVIL's that is obeyed. The screen
/// writes sequences of its own.
pub fn assert_not_obeyed(raw: &str) {
    for evil in ["\x1b]0;EVIL", "\x1b[2J\u{9b}", "a\rb", "b\x08"] {
        assert!(!raw.contains(evil), "{evil:?}");
    }
    let obeyed = |it: &char| {
        let own = "\x1b\r\n\x07\x08".contains(*it);
        it.is_control() && !own || invisible(*it)
    };
    if let Some(found) = raw.chars().find(obeyed) {
        let at = raw.find(found).unwrap();
        let from = raw.floor_char_boundary(at.saturating_sub(200));
        panic!("{found:?} after {:?}", &raw[from..at]);
    }
}

pub fn row() {
    assert_row(
        Section::Surroundings,
        "sequences that a terminal obeys, or that turn or hide text: in requests, responses, exceptions, names of files, lessons, recordings, what an application prints",
        "each is shown as an escape, on the screen, on pages of status 5xx and in all that is printed",
    );
}
