//! What the keys and the mouse do.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use rstest::rstest;
use wsgi_tutor::browser::Request;
use wsgi_tutor::exchange::EventKind;
use wsgi_tutor::lesson::{Catalogue, Change};
use wsgi_tutor::tui::state::panes::Pane;
use wsgi_tutor::tui::{Effect, Message, keymap};

use crate::stage::{COURSE, Stage, answered, app, asked, refused, whole};

/// A step without checks is done when it is left.
fn done() -> Change {
    let course = Catalogue::read(COURSE.as_ref()).unwrap();
    Change::Done {
        lesson: course.key(&course.lessons[1]),
        step: "a-form".into(),
    }
}

fn get() -> Effect {
    Effect::Send(Request {
        method: "GET".into(),
        path: "/".into(),
        form: None,
        ..Request::default()
    })
}

#[rstest]
#[case(" ", vec![get()])]
#[case("o", vec![Effect::Browse("http://127.0.0.1:8080".into())])]
#[case("e", vec![Effect::BeginEditing(app())])]
#[case("E", vec![Effect::Edit(app())])]
#[case("q", vec![Effect::Quit])]
#[case("p", vec![Effect::Open(0)])]
#[case("nn", vec![Effect::Record(vec![done()])])]
#[case("l<up><enter>", vec![Effect::Open(0)])]
#[case("fZoë<enter>", vec![Effect::Send(Request {
    method: "POST".into(),
    path: "/".into(),
    form: Some(vec![("name".into(), "Zoë".into())]),
    ..Request::default()
})])]
#[case("f<esc>q", vec![Effect::Quit])]
fn in_lesson_2(#[case] keys: &str, #[case] effects: Vec<Effect>) {
    let mut stage = Stage::serving(2, 80, 24);
    stage.effects.clear();
    stage.press(keys);
    assert_eq!(stage.effects, effects);
}

#[test]
fn nothing_is_sent_before_the_server_listens() {
    let mut stage = Stage::lesson(1, 80, 24);
    stage.press(" o");
    assert_eq!(stage.effects, []);
    assert!(!stage.frame().contains(" space send"));
}

#[test]
fn the_footer_shows_only_keys_that_work_now() {
    let stage = Stage::serving(1, 200, 60);
    let shown: Vec<&str> = keymap::footer(&stage.model).map(|one| one.does).collect();
    assert!(!shown.contains(&"form"), "lesson 1 has no form: {shown:?}");
    assert!(
        !shown.contains(&"another view"),
        "there is no response yet: {shown:?}"
    );
    for does in shown {
        assert!(stage.frame().contains(does), "{does}");
    }
}

#[test]
fn a_key_is_told_once_with_what_it_does() {
    let mut stage = Stage::serving(1, 120, 60);
    stage.exchange(1, whole("GET", "/one", "200 OK", b"first"));
    let keys = |frame: &str| {
        let rows = ["first event", "last event", "to the start", "to the end"].map(|does| {
            let row = frame
                .lines()
                .find(|line| line.contains(&format!("  {does} ")));
            let (before, _) = row?.split_once(does)?;
            let (_, keys) = before.rsplit_once('┃')?;
            Some(keys.trim().to_owned())
        });
        rows.map(Option::unwrap_or_default)
    };
    let now = keys(&stage.press("?").frame());
    assert_eq!(now, ["", "", "home", "end"]);
    let stepping = keys(&stage.press("<esc><left><left>?").frame());
    assert_eq!(stepping, ["home", "end", "", ""]);
}

#[test]
fn a_text_cannot_be_scrolled_past_its_end() {
    let mut stage = Stage::serving(1, 80, 24);
    let end = stage.press("<end>").frame();
    assert_eq!(stage.press("<down><page-down>").frame(), end);
    assert_ne!(stage.press("<up>").frame(), end);
    let top = stage.press("<home>").frame();
    assert_eq!(stage.press("<up>").frame(), top);
}

#[test]
fn an_older_request_stays_while_new_ones_come_until_esc() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/one", "200 OK", b"first"));
    stage.exchange(2, whole("GET", "/two", "200 OK", b"second"));
    assert!(stage.frame().contains("second"));
    stage.press("5<up>");
    stage.exchange(3, whole("GET", "/three", "200 OK", b"third"));
    assert!(stage.frame().contains("first"));
    assert!(stage.press("<esc>").frame().contains("third"));
}

#[test]
fn tab_goes_round_all_panes() {
    let mut stage = Stage::serving(1, 80, 24);
    let seen: Vec<Pane> = (0..Pane::ALL.len())
        .map(|_| {
            let focus = stage.model.session.focus;
            stage.press("<tab>");
            focus
        })
        .collect();
    assert_eq!(seen, Pane::ALL);
    assert_eq!(stage.model.session.focus, Pane::Lesson);
}

#[test]
fn a_click_focuses_a_pane_and_chooses_a_request() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/one", "200 OK", b"first"));
    stage.exchange(2, whole("GET", "/two", "200 OK", b"second"));
    let frame = stage.frame();
    let row = frame
        .lines()
        .position(|line| line.contains("GET /one"))
        .unwrap();
    stage.send(Message::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: 10,
        row: u16::try_from(row).unwrap(),
        modifiers: KeyModifiers::NONE,
    }));
    assert_eq!(stage.model.session.focus, Pane::Requests);
    assert!(stage.frame().contains("first"));
}

#[test]
fn a_group_folds_and_unfolds_and_stays_so() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/one", "200 OK", b"first"));
    let open = stage.press("3").frame();
    let folded = stage.press("<enter>").frame();
    assert!(folded.contains("Request line  (2 folded)"), "{folded}");
    assert!(!folded.contains("REQUEST_METHOD  "), "{folded}");
    stage.exchange(2, whole("GET", "/two", "200 OK", b"second"));
    let frame = stage.frame();
    assert!(frame.contains("Request line  • (2 folded)"), "{frame}");
    // On a key the key does nothing.
    assert_eq!(stage.press("<down><down><enter><up><up>").frame(), frame);
    stage.press("<enter>5<up>3");
    assert_eq!(
        stage.frame().lines().nth(17),
        open.lines().nth(17),
        "the group is open again"
    );
}

#[test]
fn a_click_where_the_explanation_will_be_selects_the_key_that_was_there() {
    let mut stage = Stage::serving(1, 120, 50);
    stage.exchange(1, whole("GET", "/one", "200 OK", b"first"));
    let frame = stage.frame();
    let row = frame.lines().position(|line| line.contains("wsgi.version"));
    let click = |row: usize| {
        Message::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 10,
            row: u16::try_from(row).unwrap(),
            modifiers: KeyModifiers::NONE,
        })
    };
    stage.send(click(row.unwrap()));
    let frame = stage.frame();
    assert!(frame.contains("▸ wsgi.version"), "{frame}");
    // The explanation itself is nothing to select.
    let row = frame.lines().position(|line| line.contains("forged?"));
    stage.send(click(row.unwrap()));
    assert_eq!(stage.frame(), frame);
}

#[test]
fn a_paste_into_the_form_is_one_line() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.press("f");
    stage.send(Message::Paste("a\r\nb\x1b".into()));
    stage.effects.clear();
    stage.press("<enter>");
    let Some(Effect::Send(request)) = stage.effects.first() else {
        panic!("nothing was sent: {:?}", stage.effects);
    };
    assert_eq!(request.form, Some(vec![("name".into(), "a b".into())]));
}

#[test]
fn a_tab_is_no_part_of_a_name() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.effects.clear();
    stage.press("f<tab>Ada<enter>");
    let Some(Effect::Send(request)) = stage.effects.first() else {
        panic!("nothing was sent: {:?}", stage.effects);
    };
    assert_eq!(request.form, Some(vec![("name".into(), "Ada".into())]));
}

#[test]
fn x_ends_an_answer_that_goes_on_or_the_one_that_is_waited_for() {
    let mut stage = Stage::serving(1, 80, 24);
    let goes_on = || {
        let mut kinds = answered("200 OK", b"tick");
        kinds.pop();
        kinds
    };
    stage.press("X");
    assert_eq!(stage.effects, []);
    stage.exchange(1, goes_on());
    stage.press("X");
    assert_eq!(stage.effects, [Effect::EndAnswer(1)]);
    // The newest is shown, and waits.
    let mut waits = asked("GET", "/").into_iter().take(3).collect::<Vec<_>>();
    waits.push(EventKind::Waiting { behind: vec![1] });
    stage.exchange(2, waits);
    stage.effects.clear();
    stage.press("X");
    assert_eq!(stage.effects, [Effect::EndAnswer(1)]);
    // What is over is shown, while another one waits.
    stage.exchange(3, whole("GET", "/", "200 OK", b"Hello"));
    stage.effects.clear();
    stage.press("X");
    assert_eq!(stage.effects, [Effect::EndAnswer(1)]);
    for id in [1, 2] {
        stage.exchange(id, vec![EventKind::Finished]);
    }
    stage.effects.clear();
    stage.press("X");
    assert_eq!(stage.effects, []);
}

#[test]
fn an_answer_that_was_ended_is_no_success() {
    let mut stage = Stage::serving(1, 120, 40);
    let mut kinds = whole("GET", "/", "200 OK", b"tick");
    kinds.insert(kinds.len() - 1, EventKind::Superseded);
    stage.exchange(1, kinds);
    let frame = stage.frame();
    assert!(frame.contains("✗ ended for a save"), "{frame}");
    assert!(frame.contains("✗ the answer did not stop"), "{frame}");
}

#[test]
fn colours_come_when_they_are_ready_and_only_for_the_same_source() {
    let has_tokens = |stage: &Stage| {
        let opened = stage.model.session.opened.as_ref();
        opened.unwrap().tokens.is_some()
    };
    let mut stage = Stage::serving(1, 80, 24);
    stage.send(Message::Highlighted {
        source: "something else".into(),
        tokens: Vec::new(),
    });
    assert!(!has_tokens(&stage));
    let source = stage.source();
    stage.send(Message::Highlighted {
        source,
        tokens: Vec::new(),
    });
    assert!(has_tokens(&stage));
}

#[test]
fn a_screen_that_is_too_small_knows_only_how_to_quit() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.press("fX");
    stage.effects.clear();
    stage.send(Message::Resize(40, 10));
    stage.press("Y <enter><esc>?");
    assert_eq!(stage.effects, []);
    stage.send(Message::Resize(80, 24));
    assert!(stage.frame().contains("name=X "), "{}", stage.frame());
    stage.send(Message::Resize(40, 10));
    stage.press("q");
    assert_eq!(stage.effects, [Effect::Quit]);
}

#[test]
fn esc_leaves_the_list_for_the_open_lesson_if_there_is_one() {
    let mut stage = Stage::new(80, 24);
    assert!(!stage.frame().contains("esc back"));
    assert!(!stage.press("<esc>").frame().contains("Lesson 1"));
    let mut stage = Stage::serving(1, 80, 24);
    assert!(stage.press("l").frame().contains("esc back"));
    assert!(stage.press("<esc>").frame().contains(" 1 step 1 of 1 "));
}

#[test]
fn the_list_of_requests_stays_still_when_the_oldest_are_forgotten() {
    let mut stage = Stage::serving(1, 120, 40);
    for id in 1..=1000 {
        stage.exchange(id, whole("GET", &format!("/{id}."), "200 OK", b"text"));
    }
    stage.press("5<up><up><up><up><up><up><up><up><up><up>");
    let before = stage.frame();
    assert!(before.contains("▸#990"), "{before}");
    stage.exchange(1001, whole("GET", "/new", "200 OK", b"text"));
    assert_eq!(stage.frame(), before);
    stage.press("<home>");
    assert!(stage.frame().contains("▸#2"), "{}", stage.frame());
    // The one that is looked at goes; then the latest is followed again.
    stage.exchange(1002, whole("GET", "/newest", "200 OK", b"text"));
    assert!(stage.frame().contains("▸#1002"), "{}", stage.frame());
}

#[test]
fn a_refused_request_does_not_make_all_of_environ_news() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/", "200 OK", b"text"));
    stage.exchange(2, refused());
    stage.exchange(3, whole("GET", "/other", "200 OK", b"text"));
    let fresh = stage.model.fresh_keys();
    assert_eq!(fresh.len(), 1, "{fresh:?}");
    assert!(fresh.contains("PATH_INFO"));
}

#[test]
fn the_form_keeps_what_was_sent_last() {
    let mut stage = Stage::serving(2, 80, 24);
    stage.press("fZo<enter>f");
    assert!(stage.frame().contains("name=Zo "), "{}", stage.frame());
    // It is selected, so the first letter replaces it.
    assert!(stage.press("L").frame().contains("name=L "));
}

#[test]
fn zooming_loses_no_other_panes_place() {
    let mut stage = Stage::serving(1, 80, 24);
    let before = stage.press("<down><down><down>").frame();
    let after = stage.press("4z<esc>1").frame();
    assert_eq!(after, before);
}

#[test]
fn a_help_that_does_not_fit_says_how_to_scroll() {
    let mut stage = Stage::serving(2, 60, 16);
    let roomy = Stage::serving(2, 80, 60).press("?").frame();
    assert!(!roomy.contains("↑↓ scroll"), "{roomy}");
    let frame = stage.press("?").frame();
    assert!(frame.contains("↑↓ scroll"), "{frame}");
    assert_ne!(stage.press("<down>").frame(), frame);
}

#[test]
fn the_latest_request_is_visible_when_the_list_is_opened() {
    let mut stage = Stage::serving(1, 80, 24);
    for id in 1..=30 {
        stage.exchange(id, whole("GET", "/", "200 OK", b"text"));
    }
    assert!(stage.press("5").frame().contains("▸#30"));
}
