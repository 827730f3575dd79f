//! Mistakes as cards, on their lines, in the list, and explained.

use insta::assert_snapshot;
use rstest::rstest;
use wsgi_tutor::diagnosis::{Diagnosis, Fix, Mistake, Spot};
use wsgi_tutor::exchange::{Blame, Call, EventKind, Raised};
use wsgi_tutor::session::SessionEvent;
use wsgi_tutor::tui::Effect;

use crate::stage::{Stage, answered, app, asked, code, raised, whole};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// A mistake on the line of the first lesson's source that holds this code.
fn mistake(stage: &Stage, slug: &'static str, message: &str, wrong: &str) -> Diagnosis {
    let source = stage.source();
    let mut lines = source.lines().enumerate();
    let (index, column) = lines
        .find_map(|(index, line)| Some((index, line.find(wrong)?)))
        .unwrap();
    let column = u32::try_from(column).unwrap() + 1;
    let mistake = Mistake::named(slug).unwrap();
    let explanation = mistake.explanation();
    Diagnosis {
        mistake,
        severity: explanation.severity,
        message: message.into(),
        spot: Some(Spot {
            file: app().to_string_lossy().into_owned(),
            line: u32::try_from(index).unwrap() + 1,
            columns: Some((column, column + u32::try_from(wrong.len()).unwrap())),
        }),
        fix: Fix::Example(explanation.fix.trim_matches('\n').into()),
        elsewhere: explanation.elsewhere.as_deref(),
    }
}

/// The first lesson after a request with these mistakes.
fn found(size: (u16, u16), slugs: &[(&'static str, &str, &str)]) -> Stage {
    let mut stage = Stage::serving(1, size.0, size.1);
    stage.exchange(1, whole("GET", "/", "200 OK", b"Hello"));
    let found = slugs
        .iter()
        .map(|(slug, message, wrong)| mistake(&stage, slug, message, wrong))
        .collect();
    stage.model.session.diagnoses.insert(1, found);
    stage.press("2");
    stage
}

const ERROR: (&str, &str, &str) = (
    "body-is-str",
    "the body is a str, 'Hello', and not an iterable of bytes",
    "[b'Hello from a function!\\n']",
);

#[rstest]
fn an_error_a_warning_and_a_note(
    #[values("error", "warning", "note", "several")] which: &str,
    #[values(0, 1, 2)] size: usize,
) {
    let warning = (
        "content-type-no-charset",
        "Content-Type text/plain says no charset",
        "start_response",
    );
    let note = Mistake::ALL
        .iter()
        .find(|mistake| mistake.explanation().severity.name() == "note")
        .map(|mistake| (mistake.slug(), "worth knowing", "environ"));
    let some = match which {
        "error" => vec![ERROR],
        "warning" => vec![warning],
        "note" => note.into_iter().collect(),
        _ => [ERROR, warning].into_iter().chain(note).collect(),
    };
    let (columns, rows) = SIZES[size];
    let stage = found((columns, rows), &some);
    assert_snapshot!(format!("{which}_{columns}x{rows}"), stage.frame());
}

#[test]
fn the_explanation_opens_and_closes() {
    let mut stage = found((80, 24), &[ERROR]);
    stage.press("!");
    assert_snapshot!("explained_mistake_80x24", stage.frame());
    stage.press("<esc>");
    assert!(stage.model.overlay.is_none());
    assert!(
        !stage
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    );
}

#[test]
fn nothing_is_explained_where_nothing_is_wrong() {
    let mut stage = Stage::serving(1, 80, 24);
    stage.press("!T");
    assert!(stage.model.overlay.is_none());
}

#[test]
fn what_is_underlined_is_the_spot() {
    let stage = found((120, 40), &[ERROR]);
    assert_eq!(stage.underlined(), ERROR.2);
}

fn failed() -> Raised {
    let place = |line| Call {
        place: Blame {
            file: app().to_string_lossy().into_owned(),
            line,
        },
        bytes: None,
    };
    let mut raised = raised(9);
    raised.calls = vec![place(9), place(6)];
    raised
}

#[rstest]
fn an_exception_with_ones_own_lines(#[values(0, 1)] size: usize) {
    let (columns, rows) = SIZES[size];
    let mut stage = Stage::serving(1, columns, rows);
    let mut kinds = asked("GET", "/");
    kinds.push(EventKind::Raised(failed().into()));
    kinds.extend(
        answered("500 Internal Server Error", b"no")
            .into_iter()
            .skip(1),
    );
    stage.exchange(1, kinds);
    stage.press("4z");
    assert_snapshot!(format!("own_lines_{columns}x{rows}"), stage.frame());
    stage.press("T");
    assert_snapshot!(format!("traceback_{columns}x{rows}"), stage.frame());
}

/// A framework catches an exception and writes it into its log: what failed, and where, comes
/// before the log.
#[rstest]
fn an_exception_that_a_framework_caught(#[values(0, 1)] size: usize) {
    let (columns, rows) = SIZES[size];
    let mut stage = Stage::serving(1, columns, rows);
    let mut kinds = asked("GET", "/person/bob");
    kinds.push(EventKind::Logged {
        text:
            "ERROR in app: Exception on /person/bob [GET]\nTraceback (most recent call last):\n  \
               File \"/lib/flask/app.py\", line 917, in full_dispatch_request\n  \
               File \"app.py\", line 9, in application\nKeyError: 'mail'\n"
                .to_owned(),
    });
    kinds.extend(answered("500 Internal Server Error", b"Sorry"));
    stage.exchange(1, kinds);
    let found = mistake(
        &stage,
        "exception-in-handler",
        "KeyError: 'mail'",
        "start_response(",
    );
    stage.model.session.diagnoses.insert(1, vec![found]);
    assert_snapshot!(format!("caught_{columns}x{rows}"), stage.frame());
}

#[test]
fn what_the_server_raises_itself_has_no_traceback_to_show() {
    let mut stage = Stage::serving(1, 80, 24);
    let mut raised = failed();
    raised.traceback = "TypeError: the application returned a str\n".to_owned();
    stage.report(SessionEvent::LoadFailed(code("", ""), Box::new(raised)));
    assert!(!stage.frame().contains("T shows the whole traceback"));
    stage.press("T");
    assert!(stage.model.overlay.is_none());
}

#[test]
fn a_long_traceback_scrolls() {
    let mut stage = Stage::serving(1, 80, 24);
    let mut raised = failed();
    raised.traceback = "  File \"app.py\", line 9, in hello\n".repeat(60);
    stage.report(SessionEvent::LoadFailed(code("", ""), Box::new(raised)));
    stage.press("T");
    assert!(stage.frame().contains("↑↓ scroll"));
    let before = stage.frame();
    stage.press("<page-down>");
    assert_ne!(stage.frame(), before);
}

#[rstest]
fn a_load_that_failed(#[values(0, 1)] size: usize) {
    let (columns, rows) = SIZES[size];
    let mut stage = Stage::serving(1, columns, rows);
    let source = stage.source();
    let report = SessionEvent::LoadFailed(code(&source, ""), Box::new(failed()));
    stage.report(report);
    stage.press("2");
    assert_snapshot!(format!("load_failed_{columns}x{rows}"), stage.frame());
}
