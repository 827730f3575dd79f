//! The steps of a lesson: what is read, what became of the checks, and what can be asked for.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;
use rstest::rstest;
use wsgi_tutor::exchange::{EventKind, Exchange};
use wsgi_tutor::lesson::check::{Check, CheckRun, DiagnosedExchange};
use wsgi_tutor::lesson::{Catalogue, Change, Progress};
use wsgi_tutor::session::SessionEvent;
use wsgi_tutor::tui::{CourseMessage, EditorMessage, Effect, Message};

use crate::stage::{self, Stage, answered, app, events, raised, whole};

/// The lessons that come with the program; lesson 1 has just been opened by somebody who was here
/// before.
fn lesson(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::of(Catalogue::embedded().unwrap(), columns, rows);
    stage.open(1);
    stage
}

/// The checks that were asked for last, and their number.
fn asked(stage: &Stage) -> (u64, Vec<Check>) {
    let effects = stage.effects.iter().rev();
    let mut checks = effects.filter_map(|effect| match effect {
        Effect::Check { number, checks } => Some((*number, checks.clone())),
        _ => None,
    });
    checks.next().expect("checks were asked for")
}

fn exchange(kinds: Vec<EventKind>) -> Exchange {
    let mut exchange = Exchange::new(7);
    for event in events(kinds) {
        exchange.record(event);
    }
    exchange
}

/// A finished exchange without mistakes.
fn faultless(kinds: Vec<EventKind>) -> DiagnosedExchange {
    DiagnosedExchange {
        exchange: exchange(kinds),
        mistakes: Vec::new(),
    }
}

/// What came of the first request of each check: the same for all.
fn answer(stage: &mut Stage, kinds: &[EventKind]) {
    let (number, checks) = asked(stage);
    let run = CheckRun::prepare(&checks, || 1).unwrap();
    let requests = run.requests().into_iter();
    let replies = requests.map(|_| Ok(faultless(kinds.to_vec()))).collect();
    stage.send(Message::Lesson(CourseMessage::Checked {
        number,
        run,
        replies,
    }));
}

fn done(stage: &Stage, step: &str) -> Change {
    let lesson = &stage.model.catalogue.lessons[0];
    Change::Done {
        lesson: stage.model.catalogue.key(lesson),
        step: step.into(),
    }
}

#[rstest]
#[case(120, 40)]
#[case(80, 24)]
#[case(60, 16)]
fn a_step(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = lesson(columns, rows);
    assert_snapshot!(format!("step_{columns}x{rows}"), stage.frame());
    stage.exchange(1, whole("GET", "/", "200 OK", b"Hello"));
    assert_snapshot!(format!("step_done_{columns}x{rows}"), stage.frame());
    let done = Effect::Record(vec![done(&stage, "first-request")]);
    assert!(stage.effects.contains(&done), "{:?}", stage.effects);
}

/// What a learner does in a step, at each size: reading, predicting, writing, failing, done.
#[rstest]
fn the_loop(#[values((80, 24), (120, 40), (200, 60))] (columns, rows): (u16, u16)) {
    let mut stage = lesson(columns, rows);
    let shown = |stage: &Stage, what: &str| {
        assert_snapshot!(format!("loop_{what}_{columns}x{rows}"), stage.frame());
        // The task or that it is done, whatever is shown.
        assert!(stage.frame().contains(" Task "), "{what}");
    };
    stage.press("nn");
    shown(&stage, "reading");
    stage.press("g");
    shown(&stage, "predicting");
    let text = stage.source();
    stage.press("<esc>e");
    stage.send(Message::Editor(EditorMessage::Begun {
        file: app(),
        text,
        draft: None,
    }));
    shown(&stage, "writing");
    stage.press("<down><down># mine");
    let edited = format!("# mine\n{}", stage.source());
    stage.report(SessionEvent::Loaded(stage::code(&edited, "")));
    answer(&mut stage, &whole("GET", "/", "200 OK", b"Hello, world!\n"));
    shown(&stage, "failing");
    stage.report(SessionEvent::Loaded(stage::code(
        &format!("{edited}# again\n"),
        "",
    )));
    let mut kinds = whole("GET", "/", "404 Not Found", "Caf\u{e9}\n".as_bytes());
    for kind in &mut kinds {
        if let EventKind::HeadersSent { headers, .. } = kind {
            headers.push(("Cache-Control".into(), "no-store".into()));
        }
    }
    answer(&mut stage, &kinds);
    shown(&stage, "done");
}

#[rstest]
#[case(120, 40)]
#[case(80, 24)]
fn links_are_underlined_and_looked_up(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = lesson(columns, rows);
    stage.press("nnn");
    assert_snapshot!(format!("links_{columns}x{rows}"), stage.frame());
    assert_eq!(stage.underlined(), "environPATH_INFO$_SERVER");
    stage.press("u");
    assert_snapshot!(format!("looked_up_{columns}x{rows}"), stage.frame());
    stage.press("u");
    assert!(stage.model.overlay.is_none());
}

#[test]
fn nothing_is_looked_up_where_nothing_is_underlined() {
    let mut stage = lesson(80, 24);
    stage.model.catalogue.lessons[0].steps[0].text = "No *link* here.".into();
    stage.press("u");
    assert!(stage.model.overlay.is_none());
}

#[test]
fn every_kind_of_link_says_where_it_leads() {
    let mut stage = lesson(120, 70);
    let step = &mut stage.model.catalogue.lessons[0].steps[0];
    step.text = "[a](key:HTTP_X_TEA), [b](term:yield), [c](lesson:form-post), \
        [d](mistake:import-cgi), [e](https://peps.python.org/pep-3333/), [again](term:yield)"
        .into();
    step.hints = vec!["[later](key:PATH_INFO)".into()];
    stage.press("u");
    assert_snapshot!(stage.frame());
    stage.press("uh");
    assert_eq!(stage.underlined(), "abcdeagainlater");
}

#[test]
fn what_the_tutor_sends_for_a_check_is_no_request_of_the_learners() {
    let mut stage = lesson(120, 40);
    let mut kinds = whole("GET", "/", "200 OK", b"Hello");
    for kind in &mut kinds {
        if let EventKind::RequestRead(request) = kind {
            let agent = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"), " check");
            let headers = vec![("User-Agent".into(), agent.into())];
            stage::change(request, |it| it.headers = headers);
        }
    }
    stage.exchange(1, kinds);
    let frame = stage.frame();
    assert!(!frame.contains("✓ done"), "{frame}");
    assert!(frame.contains("  check "), "{frame}");
}

#[rstest]
#[case(120, 40)]
#[case(80, 24)]
fn a_check_that_fails_says_why(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = lesson(columns, rows);
    stage.press("nv");
    answer(&mut stage, &whole("GET", "/", "200 OK", b"Hello, world!\n"));
    assert_snapshot!(format!("failed_{columns}x{rows}"), stage.frame());
    stage.press("hh");
    assert_snapshot!(format!("hints_{columns}x{rows}"), stage.frame());
}

#[test]
fn a_step_is_done_when_all_checks_pass_and_the_learner_goes_on() {
    let mut stage = lesson(120, 40);
    stage.press("nnv");
    let (number, _) = asked(&stage);
    let mut kinds = whole("GET", "/", "404 Not Found", "Caf\u{e9}\n".as_bytes());
    for kind in &mut kinds {
        if let EventKind::HeadersSent { headers, .. } = kind {
            headers.push(("Cache-Control".into(), "no-store".into()));
        }
    }
    // What comes of an older save is too late.
    stage.send(Message::Lesson(CourseMessage::Checked {
        number: number - 1,
        run: CheckRun::prepare(&[], || 1).unwrap(),
        replies: Vec::new(),
    }));
    answer(&mut stage, &kinds);
    let frame = stage.frame();
    assert!(
        frame.contains("✓✓ Done: Status and headers. n continues."),
        "{frame}"
    );
    assert!(frame.contains("step 3 of 8"), "{frame}");
    let done = Effect::Record(vec![done(&stage, "status-and-headers")]);
    assert!(stage.effects.contains(&done), "{:?}", stage.effects);
    let kept = |effect: &Effect| matches!(effect, Effect::KeepPassed { step, .. } if step == "status-and-headers");
    assert!(stage.effects.iter().any(kept));
    assert!(stage.press("n").frame().contains("step 4 of 8"));
}

#[rstest]
#[case(120, 40)]
#[case(80, 24)]
fn a_question_is_answered_by_what_comes(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = lesson(columns, rows);
    stage.press("nnng");
    assert_snapshot!(format!("question_{columns}x{rows}"), stage.frame());
    stage.press("1");
    let number = stage.effects.iter().find_map(|effect| match effect {
        Effect::Ask { number, .. } => Some(*number),
        _ => None,
    });
    let came = faultless(whole("GET", "/", "404 Not Found", "Caf\u{e9}\n".as_bytes()));
    stage.send(Message::Lesson(CourseMessage::Answered {
        number: number.unwrap(),
        reply: Box::new(Ok(came)),
    }));
    assert_snapshot!(format!("answered_{columns}x{rows}"), stage.frame());
}

#[test]
fn the_solution_is_asked_about_before_it_is_shown() {
    let mut stage = lesson(120, 40);
    stage.press("nx");
    assert_snapshot!("solution_asked", stage.frame());
    stage.press("3");
    assert_snapshot!("solution_120x40", stage.frame());
    stage.press("<enter>");
    let taken =
        |effect: &Effect| matches!(effect, Effect::TakeOver(source) if source.contains("Caf"));
    assert!(stage.effects.iter().any(taken));
}

#[test]
fn a_mistake_is_chosen_guessed_and_put_back() {
    let mut stage = lesson(120, 40);
    stage.press("m");
    assert_snapshot!("mistakes", stage.frame());
    stage.press("1");
    stage.effects.clear();
    stage.press("2");
    assert!(matches!(
        stage.effects[..],
        [
            Effect::Break {
                mistake: 0,
                lends: false
            },
            Effect::Ask { .. }
        ]
    ));
    stage.send(Message::Lesson(CourseMessage::Broken { lent: true }));
    let Effect::Ask { number, .. } = stage.effects[1] else {
        panic!("a request was sent");
    };
    let came = faultless(whole("GET", "/", "500 Internal Server Error", b"x"));
    stage.send(Message::Lesson(CourseMessage::Answered {
        number,
        reply: Box::new(Ok(came)),
    }));
    assert_snapshot!("broken_on_purpose", stage.frame());
    stage.effects.clear();
    stage.press("m");
    assert_eq!(stage.effects, [Effect::PutBack]);
    stage.send(Message::Lesson(CourseMessage::PutBack));
    assert!(!stage.frame().contains("broken on purpose"));
}

#[test]
fn where_no_answer_fits_the_learners_file_the_mistake_is_made_in_the_lessons_own() {
    let mut stage = lesson(120, 40);
    stage.press("m1");
    stage.effects.clear();
    stage.press("2");
    let Effect::Ask { number, .. } = stage.effects[1] else {
        panic!("a request was sent");
    };
    stage.send(Message::Lesson(CourseMessage::Broken { lent: false }));
    stage.effects.clear();
    let redirect = faultless(whole("GET", "/", "303 See Other", b""));
    stage.send(Message::Lesson(CourseMessage::Answered {
        number,
        reply: Box::new(Ok(redirect)),
    }));
    let [
        Effect::Break {
            mistake: 0,
            lends: true,
        },
        Effect::Ask { number, .. },
    ] = stage.effects[..]
    else {
        panic!("{:?}", stage.effects);
    };
    stage.send(Message::Lesson(CourseMessage::Broken { lent: true }));
    let failed = faultless(whole("GET", "/", "500 Internal Server Error", b"x"));
    stage.send(Message::Lesson(CourseMessage::Answered {
        number,
        reply: Box::new(Ok(failed)),
    }));
    let frame = stage.frame();
    assert!(frame.contains("✓ Correct."), "{frame}");
}

#[test]
fn the_request_that_failed_is_shown_and_not_the_last_one() {
    let mut stage = lesson(120, 40);
    stage.press("nnv");
    let (number, checks) = asked(&stage);
    let run = CheckRun::prepare(&checks, || 1).unwrap();
    let mut kinds = whole("GET", "/", "404 Not Found", "Caf\u{e9}\n".as_bytes());
    stage.exchange(1, whole("GET", "/", "200 OK", b"the one that failed"));
    for kind in &mut kinds {
        if let EventKind::HeadersSent { headers, .. } = kind {
            headers.push(("Cache-Control".into(), "no-store".into()));
        }
    }
    stage.exchange(2, kinds.clone());
    let mut failed = faultless(whole("GET", "/", "200 OK", b"the one that failed"));
    failed.exchange.id = 1;
    let replies = vec![Ok(failed), Ok(faultless(kinds))];
    stage.send(Message::Lesson(CourseMessage::Checked {
        number,
        run,
        replies,
    }));
    let frame = stage.frame();
    assert!(
        frame.contains("the one that failed") && frame.contains("▸#1"),
        "{frame}"
    );
    // The next one is followed again.
    stage.exchange(3, whole("GET", "/", "200 OK", b"the next one"));
    assert!(stage.frame().contains("the next one"));
}

#[test]
fn a_question_is_not_asked_of_a_file_that_cannot_be_loaded() {
    let mut stage = lesson(80, 24);
    stage.press("nnn");
    let broken = stage::code("def application(", "");
    stage.report(SessionEvent::LoadFailed(broken, raised(1).into()));
    let frame = stage.press("g").frame();
    assert!(frame.contains("Fix it first."), "{frame}");
    stage.effects.clear();
    stage.press(" ");
    assert!(
        matches!(stage.effects[..], [Effect::Send(_)]),
        "{:?}",
        stage.effects
    );
}

#[test]
fn a_question_is_asked_before_the_first_run_and_once() {
    let mut stage = lesson(80, 24);
    stage.press("nnn");
    stage.effects.clear();
    let frame = stage.press(" ").frame();
    assert!(frame.contains("What will happen?"), "{frame}");
    assert!(frame.contains("esc goes on without one"), "{frame}");
    assert!(stage.effects.is_empty());
    stage.press("<esc> ");
    assert!(
        matches!(stage.effects[..], [Effect::Send(_)]),
        "{:?}",
        stage.effects
    );
}

#[test]
fn a_click_chooses_an_answer() {
    let mut stage = lesson(80, 24);
    let frame = stage.press("nnng").frame();
    let row = frame
        .lines()
        .position(|line| line.contains("2 The text of the body"));
    stage.effects.clear();
    let click = |row: usize| {
        Message::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 20,
            row: u16::try_from(row).unwrap(),
            modifiers: KeyModifiers::NONE,
        })
    };
    // Beside the answers nothing is chosen.
    stage.send(click(row.unwrap() + 1));
    assert!(stage.effects.is_empty());
    stage.send(click(row.unwrap()));
    assert!(
        matches!(stage.effects[..], [Effect::Ask { .. }]),
        "{:?}",
        stage.effects
    );
    assert!(stage.frame().contains("You guessed: The text of the body"));
}

#[test]
fn the_step_can_be_read_while_the_file_is_edited() {
    let mut stage = lesson(80, 24);
    stage.press("nn");
    stage.send(Message::Editor(EditorMessage::Begun {
        file: app(),
        text: "x = 1\n".repeat(40),
        draft: None,
    }));
    assert!(!stage.frame().contains("few words"), "{}", stage.frame());
    assert_snapshot!("step_over_the_editor", stage.press("<f2>").frame());
    stage.press("<f2>y");
    assert!(stage.frame().contains("yx = 1"), "{}", stage.frame());
}

#[test]
fn the_lesson_has_an_end() {
    let mut stage = lesson(120, 40);
    stage.press("nnnnnnnn");
    assert_snapshot!("the_end", stage.frame());
    stage.effects.clear();
    stage.press("n");
    assert_eq!(stage.effects, [Effect::Open(1)]);
}

#[rstest]
#[case(120, 40)]
#[case(80, 24)]
#[case(60, 16)]
fn the_editor(#[case] columns: u16, #[case] rows: u16) {
    let mut stage = lesson(columns, rows);
    let text = stage.source();
    stage.send(Message::Editor(EditorMessage::Begun {
        file: app(),
        text,
        draft: None,
    }));
    stage.press("<down><down><down><end><enter>x = '\u{674e}'");
    assert_snapshot!(format!("editor_{columns}x{rows}"), stage.frame());
    let help = stage.press("<f1>").frame();
    assert!(help.contains("ctrl-s  save"), "{help}");
    stage.press("<esc><esc>");
    assert_snapshot!(format!("not_saved_{columns}x{rows}"), stage.frame());
    stage.press("2");
    stage.send(Message::Editor(EditorMessage::Clash));
    assert_snapshot!(format!("clash_{columns}x{rows}"), stage.frame());
}

#[test]
fn ctrl_c_in_the_editor_copies_and_never_quits() {
    let mut stage = lesson(80, 24);
    stage.send(Message::Editor(EditorMessage::Begun {
        file: app(),
        text: "x = 1\n".to_owned(),
        draft: None,
    }));
    let frame = stage.press("<ctrl-c>").frame();
    assert!(
        frame.contains("Nothing is selected. ctrl-q quits"),
        "{frame}"
    );
    stage.effects.clear();
    stage.press("<ctrl-a><ctrl-c>");
    assert_eq!(stage.effects, [Effect::Copy(b"x = 1\n".to_vec())]);
}

#[test]
fn the_first_words() {
    let mut stage = Stage::of(Catalogue::embedded().unwrap(), 80, 24);
    stage.model.progress = Progress::default();
    stage.open(1);
    assert_snapshot!("welcome", stage.frame());
    stage.press("<enter>");
    let welcomed = Effect::Record(vec![Change::Welcomed]);
    assert!(stage.effects.contains(&welcomed));
}

#[test]
fn a_request_scrolls_nothing_away_from_who_is_writing() {
    let mut stage = lesson(80, 24);
    let text = "x = 1\n".repeat(60);
    stage.send(Message::Editor(EditorMessage::Begun {
        file: app(),
        text,
        draft: None,
    }));
    stage.press(&"<page-down>".repeat(9)).press("# mine");
    assert!(stage.frame().contains("# mine"), "{}", stage.frame());
    let mut failed = stage::asked("GET", "/");
    failed.push(EventKind::Raised(raised(4).into()));
    failed.extend(answered("500 Internal Server Error", b"oh"));
    stage.exchange(1, failed);
    assert!(stage.frame().contains("# mine"), "{}", stage.frame());
    // A word in the last line takes room, and so does a smaller terminal.
    stage.send(Message::Notice("one\ntwo".to_owned()));
    stage.send(Message::Resize(60, 16));
    assert!(stage.frame().contains("# mine"), "{}", stage.frame());
}
