//! What can be taken along: copied, sent again, saved, and shown again.

use std::path::Path;

use insta::assert_snapshot;
use rstest::rstest;
use wsgi_tutor::exchange::{EventKind, Excerpt};
use wsgi_tutor::recording::Recording;
use wsgi_tutor::tui::{Effect, keymap, recording_messages};

use crate::stage::{self, Stage, encoded, line, raised, refused, whole};

const CURL: &str = "curl -H 'User-Agent: curl/8.0' -H Host: -H Accept: http://127.0.0.1:8080/one";

fn stage() -> Stage {
    let mut stage = Stage::serving(1, 80, 24);
    stage.exchange(1, whole("GET", "/one", "200 OK", "Zoë\n".as_bytes()));
    stage.effects.clear();
    stage
}

fn copied(stage: &Stage) -> String {
    match stage.effects.as_slice() {
        [Effect::Copy(bytes)] => String::from_utf8(bytes.clone()).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("2y", "/home/ada/app.py", "the path of the file")]
#[case("3<down>y", "'GET'", "the value of REQUEST_METHOD")]
#[case("4y", "Zoë\n", "the body")]
#[case("5y", CURL, "request #1 as a curl command")]
#[case("6y", "finished", "the event")]
#[case("c", CURL, "request #1 as a curl command")]
fn y_copies_what_is_selected(#[case] keys: &str, #[case] text: &str, #[case] what: &str) {
    let mut stage = stage();
    let frame = stage.press(keys).frame();
    assert_eq!(copied(&stage), text);
    let notice = format!(" sent to the terminal's clipboard: {what} ");
    assert!(frame.contains(&notice), "{frame}");
}

#[test]
fn the_notice_after_a_copy() {
    assert_snapshot!(stage().press("3<down>y").frame());
}

#[rstest]
#[case("1y")]
#[case("3y")]
fn where_nothing_is_selected_nothing_is_copied(#[case] keys: &str) {
    let mut stage = stage();
    assert!(!stage.press(keys).frame().contains("y copy"));
    assert_eq!(stage.effects, []);
}

#[test]
fn what_is_too_long_is_cut_and_said_so() {
    let mut stage = Stage::serving(1, 80, 24);
    let body = format!("x{}", "ë".repeat(60_000));
    stage.exchange(1, whole("GET", "/", "200 OK", body.as_bytes()));
    stage.effects.clear();
    let frame = stage.press("4y").frame();
    assert!(body.starts_with(&copied(&stage)));
    assert_eq!(copied(&stage).len(), 100 * 1024 - 1);
    // The notice may go on in the next line.
    assert!(frame.contains("the body; of its 120001 bytes"), "{frame}");
}

#[test]
fn half_a_command_is_not_copied() {
    let mut stage = Stage::serving(1, 120, 40);
    let mut kinds = whole("POST", "/", "200 OK", b"text");
    let request = kinds.iter_mut().find_map(|kind| match kind {
        EventKind::RequestRead(request) => Some(request),
        _ => None,
    });
    stage::change(request.unwrap(), |it| {
        it.body = Excerpt::new(&vec![b'x'; 200_000], 1 << 20);
    });
    stage.exchange(1, kinds);
    stage.effects.clear();
    let frame = stage.press("c").frame();
    assert!(
        frame.contains("request #1 as a curl command is too long for a clipboard: 200"),
        "{frame}"
    );
    assert_eq!(stage.effects, []);
}

#[test]
fn a_request_is_sent_again_as_it_came() {
    let mut stage = stage();
    let frame = stage.press("r").frame();
    let bytes = b"GET /one HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: curl/8.0\r\n\r\n";
    assert_eq!(stage.effects, [Effect::Resend(bytes.to_vec())]);
    assert!(frame.contains("sent request #1 again"), "{frame}");
}

#[test]
fn what_was_refused_can_be_sent_again_but_is_no_command() {
    let mut stage = Stage::serving(1, 80, 24);
    stage.exchange(1, refused());
    stage.effects.clear();
    stage.press("5cyr");
    let bytes = b"\x16\x03\x01\x02\x00\r\nmore".to_vec();
    assert_eq!(stage.effects, [Effect::Resend(bytes)]);
}

#[test]
fn what_was_not_kept_is_not_sent() {
    let mut stage = Stage::serving(1, 80, 24);
    let mut kinds = whole("GET", "/", "200 OK", b"text");
    kinds[1] = EventKind::BytesReceived {
        bytes: Excerpt::new(b"GET / HTTP/1.1\r\n\r\n", 5),
    };
    stage.exchange(1, kinds);
    stage.effects.clear();
    let frame = stage.press("r").frame();
    let why = "request #1 cannot be sent again: only 5 of its 18 bytes were kept";
    assert!(frame.contains(why), "{frame}");
    assert_eq!(stage.effects, []);
}

/// What `s` saves.
fn saved(stage: &mut Stage) -> Recording {
    stage.effects.clear();
    stage.press("s");
    match stage.effects.as_slice() {
        [Effect::Save(recording)] => recording.as_ref().clone(),
        other => panic!("{other:?}"),
    }
}

/// A recording on a screen of its own.
fn shown(recording: &Recording, columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    let path = Path::new("/home/ada/exchange-1.json");
    for message in recording_messages(&stage.model, recording, path) {
        stage.send(message);
    }
    stage.effects.clear();
    stage
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
fn a_recording_of_a_lesson(#[case] columns: u16, #[case] rows: u16) {
    let recording = saved(&mut stage());
    let stage = shown(&recording, columns, rows);
    assert_snapshot!(format!("recording_{columns}x{rows}"), stage.frame());
}

#[test]
fn a_recording_of_an_app_of_ones_own_at_one_of_its_lines() {
    let mut live = Stage::own(120, 40);
    let mut kinds = whole("GET", "/", "200 OK", b"text");
    kinds.insert(5, line(4, 1, &[("environ", "{…}")]));
    kinds.insert(6, EventKind::Raised(raised(9).into()));
    live.exchange(3, kinds);
    let mut stage = shown(&saved(&mut live), 120, 40);
    assert_snapshot!(stage.press("<right>]]]<right>").frame());
}

#[test]
fn nothing_can_be_sent_from_a_recording_and_everything_looked_at() {
    let recording = saved(&mut stage());
    let mut stage = shown(&recording, 200, 60);
    let keys: Vec<&str> = keymap::footer(&stage.model).map(|one| one.does).collect();
    for gone in [
        "send", "form", "request", "browser", "edit", "resend", "save", "next",
    ] {
        assert!(!keys.contains(&gone), "{gone}");
    }
    stage.press(" foresnpl");
    assert_eq!(stage.effects, []);
    assert!(stage.frame().contains("a recording: exchange-1.json"));
    assert!(stage.press("<right>").frame().contains("1 of 9"));
    assert!(stage.press("<end>").frame().contains("9 of 9"));
    stage.effects.clear();
    stage.press("<esc>3<down>y");
    assert_eq!(copied(&stage), "'GET'");
}

#[test]
fn a_recording_can_be_drawn_at_every_moment() {
    let recording = saved(&mut stage());
    for (columns, rows) in [(60, 16), (80, 24), (200, 60)] {
        let mut stage = shown(&recording, columns, rows);
        for _ in 0..12 {
            let frame = stage.press("<right>").frame();
            assert!(!frame.contains("still starting"), "{frame}");
        }
    }
}

#[rstest]
#[case(60, 16)]
#[case(80, 24)]
#[case(120, 40)]
fn two_requests_compared(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = Stage::serving(1, columns, rows);
    stage.exchange(1, whole("GET", "/one", "200 OK", b"Hello\nAda\n"));
    stage.exchange(2, encoded());
    stage.exchange(
        3,
        whole("POST", "/one", "404 Not Found", b"Hello\nZo\xc3\xab\x1b\n"),
    );
    let frame = stage.press("5<up><up>d").frame();
    assert!(frame.contains("#1 is marked"), "{frame}");
    stage.press("<esc>d");
    assert_snapshot!(format!("compared_{columns}x{rows}"), stage.frame());
    let closed = stage.press("d").frame();
    assert!(!closed.contains("What differs"), "{closed}");
    assert!(closed.contains("◆#1") || rows < 24, "{closed}");
}

#[test]
fn a_mark_is_taken_away_by_the_same_key_and_one_request_is_not_compared() {
    let mut one = stage();
    assert!(!one.press("5d").frame().contains("marked"));
    one.exchange(2, whole("GET", "/one", "200 OK", "Zoë\n".as_bytes()));
    let frame = one.press("dd").frame();
    assert!(frame.contains("#2 is no longer marked"), "{frame}");
    let frame = one.press("d<up>d").frame();
    assert!(
        frame.contains("environ and response are the same"),
        "{frame}"
    );
}
