//! Somebody works through the lessons that come with the program, with keys alone.

use std::fs;
use std::path::Path;

use rstest::rstest;
use wsgi_tutor::lesson::{Catalogue, ProgressFile};

use crate::terminal::Terminal;

const CTRL_S: &str = "\x13";
const ALL_DELETED: &str = "\x01\x7f";

/// Types a whole source in place of what is there, in the editor.
fn type_in(terminal: &mut Terminal, source: &str) {
    terminal.press("e").wait_for("esc leave").press(ALL_DELETED);
    terminal.wait_for("editing, not saved");
    // As a paste: what is typed would be indented by the editor as well.
    terminal.press(&format!("\x1b[200~{source}\x1b[201~"));
    let last = source.lines().last().unwrap();
    terminal.wait_for(last).press(CTRL_S);
}

/// Works through a lesson from its first step to its end.
fn complete(number: usize, terminal: &mut Terminal) {
    let catalogue = Catalogue::embedded().unwrap();
    let lesson = &catalogue.lessons[number - 1];
    for (place, step) in lesson.steps.iter().enumerate() {
        terminal.wait_for(&format!("step {} of {}", place + 1, lesson.steps.len()));
        if let Some(solution) = &step.solution {
            if step.question.is_some() {
                // It is asked before the file is edited.
                terminal.press("e").wait_for("What will happen?").press("1");
                terminal.wait_for("You guessed");
            }
            type_in(terminal, solution);
            terminal.wait_for(&format!("Done: {}", step.title));
            terminal.press("\x1b").wait_for_end_of("esc leave");
        } else {
            terminal.press(" ");
            if !lesson.form.is_empty() {
                terminal.wait_for("Task ✓○").press("f");
                terminal.wait_for("Send a form").press("\r");
            }
            terminal.wait_for(&format!("Done: {}", step.title));
        }
        terminal.press("n");
    }
    terminal.wait_for("What you know now");
    let guesses = lesson.steps.iter().filter(|step| step.question.is_some());
    terminal.wait_for(&format!("of {} guesses", guesses.count()));
    let screen = terminal.text();
    assert!(!screen.contains("Not done yet"), "{screen}");
}

#[rstest]
#[case(40, 130)]
#[case(24, 80)]
fn lesson_1_is_completed_with_keys_alone(#[case] rows: u16, #[case] columns: u16) {
    let mut terminal = Terminal::first();
    terminal.resize(rows, columns);
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    complete(1, &mut terminal);
    terminal.wait_for("n opens lesson 2").press("n");
    terminal.wait_for("Lesson 2");
}

#[test]
fn lesson_2_is_completed_with_keys_alone() {
    let workspace = Terminal::first();
    let workspace = workspace.kill();
    let mut terminal = Terminal::again(workspace, &["lesson", "2"]);
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    terminal.wait_for("runs function application");
    complete(2, &mut terminal);
}

#[test]
fn what_was_done_and_typed_survives_kill_9() {
    let mut terminal = Terminal::first();
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    terminal.wait_for("runs function application").press(" ");
    terminal
        .wait_for("Done: Send your first request")
        .press("n");
    terminal.wait_for("step 2 of 8").press("e");
    terminal.wait_for("editing, saved").press("# never saved\r");
    terminal.wait_for("editing, not saved");
    let drafts = terminal.workspace.path().join("state/wsgi-tutor/drafts");
    // The draft is written by a thread of its own.
    Terminal::wait_on(|| is_kept(&drafts, "# never saved\\n"));
    let workspace = terminal.kill();
    // wsgi-tutor alone goes on where it was left.
    let mut terminal = Terminal::again(workspace, &[]);
    terminal.wait_for("step 2 of 8");
    terminal.wait_for("runs function application").press("e");
    terminal
        .wait_for("your unsaved text")
        .wait_for("# never saved");
    terminal.press("\x1a").wait_for_end_of("# never saved");
}

/// Whether some draft holds a text, as it stands in JSON.
fn is_kept(drafts: &Path, text: &str) -> bool {
    let files = fs::read_dir(drafts).into_iter().flatten().flatten();
    let mut texts = files.map(|file| fs::read_to_string(file.path()).unwrap_or_default());
    texts.any(|kept| kept.contains(text))
}

#[test]
fn a_draft_does_not_overwrite_a_file_that_was_changed_since() {
    let mut terminal = Terminal::first();
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    terminal.wait_for("runs function application").press("e");
    terminal.wait_for("editing, saved").press("# typed first\r");
    terminal.wait_for("editing, not saved");
    let drafts = terminal.workspace.path().join("state/wsgi-tutor/drafts");
    Terminal::wait_on(|| is_kept(&drafts, "# typed first\\n"));
    let workspace = terminal.kill();
    // While the tutor is closed, another editor saves the file.
    let file = workspace.path().join("01-basic-response/app.py");
    let newer = format!("# saved later\n{}", fs::read_to_string(&file).unwrap());
    fs::write(&file, &newer).unwrap();
    let mut terminal = Terminal::again(workspace, &["lesson", "1"]);
    terminal.wait_for("runs function application").press("e");
    terminal
        .wait_for("the file has changed since")
        .press(CTRL_S);
    terminal.wait_for("The file was changed elsewhere");
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
    terminal.press("2").wait_for("the other version is kept as");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .starts_with("# typed first\n")
    );
    let kept = fs::read_dir(file.with_file_name("kept")).unwrap();
    let mut kept = kept.map(|it| fs::read_to_string(it.unwrap().path()).unwrap());
    assert!(kept.any(|text| text == newer));
}

#[test]
fn a_lesson_opens_at_the_step_that_is_named() {
    let workspace = Terminal::first().kill();
    let mut terminal = Terminal::again(workspace, &["lesson", "1", "several-blocks"]);
    // The first words lead to the keys as well.
    terminal.wait_for("Welcome to wsgi-tutor").press("?");
    terminal.wait_for("Keys that work now").press("\x1b");
    terminal.wait_for("step 7 of 8");
    let workspace = terminal.kill();
    let mut terminal = Terminal::again(workspace, &["lesson", "1", "2"]);
    terminal.wait_for("step 2 of 8");
}

#[test]
fn a_mistake_is_judged_at_the_end_of_the_lesson_too() {
    let workspace = Terminal::first().kill();
    let mut terminal = Terminal::again(workspace, &["lesson", "1", "8"]);
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    terminal.wait_for("runs function application").press("n");
    terminal.wait_for("the end of the lesson").press("m");
    terminal.wait_for("Make a mistake").press("1");
    terminal.wait_for("2 An error").press("2");
    // The learner's file has the bytes of the body in the list: there is nothing to leave out.
    terminal
        .wait_for("✓ Correct.")
        .wait_for("the lesson's own file was broken instead");
}

#[test]
fn n_is_a_letter_in_the_editor_after_a_step_is_done() {
    let workspace = Terminal::first().kill();
    let mut terminal = Terminal::again(workspace, &["lesson", "1", "2"]);
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    terminal.wait_for("runs function application");
    let lesson = &Catalogue::embedded().unwrap().lessons[0];
    type_in(&mut terminal, lesson.steps[1].solution.as_ref().unwrap());
    terminal.wait_for("esc, then n, continues.");
    terminal
        .press("\x1b")
        .wait_for_end_of("esc leave")
        .press("n");
    terminal.wait_for("step 3 of 8");
}

#[test]
fn a_mistake_made_on_purpose_is_put_back_even_after_kill_9() {
    let mut terminal = Terminal::first();
    terminal.wait_for("Welcome to wsgi-tutor").press("\r");
    terminal.wait_for("runs function application");
    let file = terminal.workspace.path().join("01-basic-response/app.py");
    // To the byte: other line ends, and none at the end.
    let mine = "import sys\r\ndef application(environ, start_response):\r\n    text = 'x'\r\n    start_response('200 OK', [('Content-Type', 'text/plain')])\r\n    return [text.encode('utf-8')]";
    fs::write(&file, mine).unwrap();
    terminal.wait_for("import sys").press("m");
    terminal.wait_for("Make a mistake").press("1");
    terminal.wait_for("2 An error").press("2");
    terminal
        .wait_for("✓ Correct.")
        .wait_for("m puts your file back");
    assert!(fs::read_to_string(&file).unwrap().ends_with("return text"));
    let workspace = terminal.kill();
    let mut terminal = Terminal::again(workspace, &[]);
    terminal
        .wait_for("broken on purpose")
        .wait_for("runs function application");
    let file = terminal.workspace.path().join("01-basic-response/app.py");
    terminal.press("m").wait_for("your file is as it was");
    assert_eq!(fs::read_to_string(&file).unwrap(), mine);
}

#[test]
fn a_clash_is_asked_about_and_nothing_is_lost() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello").press("e");
    terminal.wait_for("editing, saved").press("# mine\r");
    terminal.wait_for("editing, not saved");
    let file = terminal.file("01-basic-response/app.py");
    let theirs = fs::read_to_string(&file).unwrap() + "# theirs\n";
    fs::write(&file, &theirs).unwrap();
    terminal.wait_for("changed elsewhere").press(CTRL_S);
    terminal.wait_for("Nothing is lost either way").press("2");
    terminal.wait_for("saved; the other version is kept");
    assert!(fs::read_to_string(&file).unwrap().starts_with("# mine\n"));
    let kept = fs::read_dir(file.with_file_name("kept")).unwrap();
    let kept: Vec<String> = kept
        .map(|it| fs::read_to_string(it.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept, [theirs]);
}

#[test]
fn progress_is_whole_whenever_the_program_is_killed() {
    let mut workspace = Terminal::first().kill();
    for keys in 0..12 {
        let mut terminal = Terminal::again(workspace, &["lesson", "1"]);
        terminal.wait_for("wsgi-tutor");
        terminal.press("\r");
        for _ in 0..keys {
            terminal.press("np");
        }
        // Somewhere between the keys.
        workspace = terminal.kill();
        let state = workspace.path().join("state/wsgi-tutor");
        let (_, trouble) = ProgressFile::open(&state).unwrap();
        assert_eq!(trouble, None);
    }
}
