//! What the keys do to the file that is edited, and what is asked when something could be lost.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::tui::action::EditorAction;
use crate::tui::content::layout::source_size;
use crate::tui::content::{shown_file, source};
use crate::tui::effect::Effect;
use crate::tui::message::EditorMessage;
use crate::tui::state::choice::{Choice, Purpose};
use crate::tui::state::editor::{EditorState, Leaving, columns};
use crate::tui::state::model::{Model, Overlay};
use crate::tui::state::panes::Pane;

/// What can be chosen where something is not saved.
const SAVE: &str = "Save it";
const GO_ON: &str = "Go on editing";
const LEAVE: &str = "Leave it; what is not saved is kept in a file of its own";
/// What can be chosen where somebody else has saved the file.
const MINE: &str = "Save mine; the other one is kept";
const THEIRS: &str = "Take the other one; mine is kept";

/// Does what a key asks for.
pub fn act(model: &mut Model, action: EditorAction) -> Vec<Effect> {
    match action {
        EditorAction::Begin => begin(model),
        EditorAction::Outside => outside(model),
        EditorAction::Save => save(model),
        EditorAction::Undo => undo(model, false),
        EditorAction::Redo => undo(model, true),
        EditorAction::SelectAll => {
            if let Some(editing) = &mut model.session.editor {
                editing.text.select_all();
            }
            Vec::new()
        }
        EditorAction::Leave => leave(model),
    }
}

/// Takes in what came.
pub fn take(model: &mut Model, message: EditorMessage) -> Vec<Effect> {
    match message {
        EditorMessage::Begun { file, text, draft } => return begun(model, file, text, draft),
        EditorMessage::Saved(text) => return saved(model, text),
        EditorMessage::Clash => clash(model),
        EditorMessage::NotSaved(why) => {
            stay(model);
            model.notice = Some(why);
        }
        EditorMessage::ReadAgain(text) => return reread(model, text),
        EditorMessage::Kept {
            kept,
            leaves,
            quits,
        } => return copy_kept(model, &kept, leaves, quits),
    }
    Vec::new()
}

/// Edits the application's file here; again, where it is being edited already.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    if model.session.editor.is_some() {
        show(model);
        return Vec::new();
    }
    let file = shown_file::path(model);
    file.map(Effect::BeginEditing).into_iter().collect()
}

fn show(model: &mut Model) {
    model.session.focus = Pane::Source;
    model.session.upper = Pane::Source;
    // The file is shown as it is now.
    model.session.playback = None;
}

/// The file was read, and with it a text that was never saved, if there is one.
pub fn begun(
    model: &mut Model,
    file: std::path::PathBuf,
    text: String,
    draft: Option<String>,
) -> Vec<Effect> {
    // Something else may have been opened meanwhile.
    if shown_file::path(model).as_ref() != Some(&file) {
        return Vec::new();
    }
    let mut editing = EditorState::new(file, text);
    let line = model.session.scroll.of(Pane::Source);
    let trouble = model.session.opened.as_ref();
    let trouble = trouble.and_then(|opened| source::trouble_line(model, opened));
    editing.jump(trouble.map_or(line, |line| line - 1), 0);
    if let Some(draft) = draft.filter(|draft| *draft != editing.base) {
        editing.replace(&draft);
        model.notice = Some(
            "This is what you had not saved last time. ctrl-z takes you back to the file."
                .to_owned(),
        );
    }
    let colours = Effect::HighlightEdited(editing.plain());
    model.session.editor = Some(editing);
    show(model);
    follow_cursor(model);
    vec![colours]
}

/// A key that is no command of the editor's.
pub fn input(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let (_, page) = source_size(model);
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let before = editing.text.lines().to_vec();
    match (key.code, key.modifiers) {
        (KeyCode::Enter, _) => editing.new_line(),
        (KeyCode::Tab, _) => editing.tab(),
        (KeyCode::BackTab, _) => editing.tab_back(),
        (KeyCode::Backspace, KeyModifiers::NONE) if editing.delete_level() => {}
        (KeyCode::Home, KeyModifiers::NONE) => {
            editing.text.cancel_selection();
            editing.home();
        }
        (KeyCode::PageUp, _) => move_by_page(editing, -1, page),
        (KeyCode::PageDown, _) => move_by_page(editing, 1, page),
        _ => {
            editing.text.input(key);
        }
    }
    changed(model, &before)
}

fn move_by_page(editing: &mut EditorState, pages: isize, page: usize) {
    let (row, column) = editing.cursor();
    let rows = page.saturating_sub(1).max(1).cast_signed() * pages;
    editing.text.cancel_selection();
    editing.jump(row.saturating_add_signed(rows), column);
}

/// Undoes a change, or does it again.
pub fn undo(model: &mut Model, again: bool) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let before = editing.text.lines().to_vec();
    if again {
        editing.redo();
    } else {
        editing.undo();
    }
    changed(model, &before)
}

/// Text that was pasted: its lines, without what cannot stand in a source.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let before = editing.text.lines().to_vec();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // Python wants one kind of indentation in a file.
    let tabs = before.iter().any(|line| line.starts_with('\t'));
    let text = if tabs {
        text
    } else {
        text.replace('\t', "    ")
    };
    let plain = |letter: &char| matches!(letter, '\n' | '\t') || !letter.is_control();
    editing
        .text
        .insert_str(text.chars().filter(plain).collect::<String>());
    changed(model, &before)
}

/// After a key: the cursor is seen, and a changed text gets colours and is kept safe.
fn changed(model: &mut Model, before: &[String]) -> Vec<Effect> {
    follow_cursor(model);
    let Some(editing) = &model.session.editor else {
        return Vec::new();
    };
    if editing.text.lines() == before {
        return Vec::new();
    }
    vec![
        Effect::HighlightEdited(editing.plain()),
        Effect::KeepDraft {
            file: editing.file.clone(),
            text: editing.is_unsaved().then(|| editing.whole()),
        },
    ]
}

/// The first line that is shown, if the cursor is seen below it.
pub fn cursor_in_view(model: &Model) -> Option<usize> {
    let editing = model.session.editor.as_ref()?;
    let (width, rows) = source_size(model);
    let top = model.session.scroll.of(Pane::Source);
    let (row, _) = editing.cursor();
    let seen = (top..top + rows).contains(&row);
    let columns = editing.left..editing.left + width.max(1);
    (seen && columns.contains(&editing.cursor_column())).then_some(top)
}

/// A word in the last line, say, has made the pane smaller: who saw the cursor still sees it. Who
/// scrolled is left where that led.
pub fn keep_in_view(model: &mut Model, before: Option<usize>) {
    let scrolled = before != Some(model.session.scroll.of(Pane::Source));
    if !scrolled && cursor_in_view(model).is_none() {
        follow_cursor(model);
    }
}

/// Scrolls so that the cursor is seen.
pub fn follow_cursor(model: &mut Model) {
    let (width, visible) = source_size(model);
    let width = width.max(1);
    let Some(editing) = &mut model.session.editor else {
        return;
    };
    let (row, _) = editing.cursor();
    let top = model.session.scroll.of(Pane::Source);
    let top = if row < top {
        row
    } else if row >= top + visible {
        row + 1 - visible.max(1)
    } else {
        top
    };
    model.session.scroll.set(Pane::Source, top);
    let at = editing.cursor_column();
    if at < editing.left {
        editing.left = at;
    } else if at >= editing.left + width {
        editing.left = at + 1 - width;
    }
}

/// The mouse was pressed in this row and column of the pane.
pub fn clicked(model: &mut Model, row: usize, column: usize) {
    let Some(editing) = &mut model.session.editor else {
        return;
    };
    let line = editing.text.lines().get(row).cloned().unwrap_or_default();
    let mut passed = 0;
    let at = line.chars().take_while(|letter| {
        passed += columns(*letter);
        passed <= column + editing.left
    });
    let at = at.count();
    editing.text.cancel_selection();
    editing.jump(row, at);
}

/// Saves the text, unless somebody else saved the file meanwhile.
pub fn save(model: &mut Model) -> Vec<Effect> {
    saving(model, false)
}

fn saving(model: &mut Model, over: bool) -> Vec<Effect> {
    let Some(editing) = &model.session.editor else {
        return Vec::new();
    };
    if !editing.is_unsaved() && !over {
        model.notice = Some("There is nothing to save: the file is as it stands here.".to_owned());
        return Vec::new();
    }
    vec![Effect::SaveText {
        file: editing.file.clone(),
        text: editing.whole(),
        base: editing.base.clone(),
        over,
    }]
}

/// The text is in the file.
pub fn saved(model: &mut Model, text: String) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    editing.base = text;
    let unsaved = editing.is_unsaved();
    let draft = Effect::KeepDraft {
        file: editing.file.clone(),
        text: unsaved.then(|| editing.whole()),
    };
    model.notice = Some("saved".to_owned());
    match editing.leaving.take() {
        _ if unsaved => vec![draft],
        None => vec![draft],
        Some(leaving) => {
            model.session.editor = None;
            model.notice = None;
            let quit = leaving.quits.then_some(Effect::Quit);
            [draft].into_iter().chain(quit).collect()
        }
    }
}

/// Nothing follows once the text is saved.
fn stay(model: &mut Model) {
    if let Some(editing) = &mut model.session.editor {
        editing.leaving = None;
    }
}

/// Leaves the editor; asks first where something is not saved.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    if model
        .session
        .editor
        .as_ref()
        .is_some_and(EditorState::is_unsaved)
    {
        ask_unsaved(model, false);
        return Vec::new();
    }
    model.session.editor.take().iter().map(all_saved).collect()
}

/// There is nothing left that a draft would have to keep.
fn all_saved(editing: &EditorState) -> Effect {
    Effect::KeepDraft {
        file: editing.file.clone(),
        text: None,
    }
}

/// Ends the program; asks first where something is not saved.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    if model
        .session
        .editor
        .as_ref()
        .is_some_and(EditorState::is_unsaved)
    {
        ask_unsaved(model, true);
        return Vec::new();
    }
    vec![Effect::Quit]
}

fn ask_unsaved(model: &mut Model, quits: bool) {
    model.overlay = Some(Overlay::Choice(Choice {
        purpose: Purpose::Unsaved { quits },
        title: "Not saved".to_owned(),
        asks: "What you wrote is not in the file yet.".to_owned(),
        options: [SAVE, GO_ON, LEAVE].map(str::to_owned).into(),
        at: 0,
    }));
}

/// Opens the learner's own editor on the file.
pub fn outside(model: &mut Model) -> Vec<Effect> {
    let Some(editing) = &model.session.editor else {
        return Vec::new();
    };
    if editing.is_unsaved() {
        model.notice = Some("Save first, with ctrl-s: your own editor reads the file.".to_owned());
        return Vec::new();
    }
    vec![Effect::Edit(editing.file.clone())]
}

/// The file may have been changed by somebody else.
pub fn read_again(model: &Model) -> Option<Effect> {
    let editing = model.session.editor.as_ref()?;
    Some(Effect::ReadAgain(editing.file.clone()))
}

/// What stands in the file now.
pub fn reread(model: &mut Model, text: String) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    if text == editing.base {
        return Vec::new();
    }
    if text == editing.whole() {
        editing.base = text;
        return vec![all_saved(editing)];
    }
    if editing.is_unsaved() {
        model.notice = Some(
            "The file was changed elsewhere. Saving will ask which of the two to take.".to_owned(),
        );
        return Vec::new();
    }
    let before = editing.text.lines().to_vec();
    editing.replace(&text);
    editing.base = text;
    changed(model, &before)
}

/// Another text stands in the file than the one that was edited: asks what to do.
pub fn clash(model: &mut Model) {
    stay(model);
    model.overlay = Some(Overlay::Choice(Choice {
        purpose: Purpose::Clash,
        title: "The file was changed elsewhere".to_owned(),
        asks: "Somebody saved it since you began, perhaps you yourself in another editor. Nothing is lost either way.".to_owned(),
        options: [GO_ON, MINE, THEIRS].map(str::to_owned).into(),
        at: 0,
    }));
}

/// Takes the answer to one of these questions.
pub fn decide(model: &mut Model, purpose: Purpose, answer: &str) -> Vec<Effect> {
    let quits = matches!(purpose, Purpose::Unsaved { quits: true });
    match answer {
        SAVE => {
            if let Some(editing) = &mut model.session.editor {
                editing.leaving = Some(Leaving { quits });
            }
            saving(model, false)
        }
        MINE => saving(model, true),
        LEAVE | THEIRS => {
            let Some(editing) = &model.session.editor else {
                return Vec::new();
            };
            let keep = Effect::KeepText {
                file: editing.file.clone(),
                text: editing.whole(),
                leaves: answer == LEAVE,
                quits,
            };
            vec![keep]
        }
        _ => Vec::new(),
    }
}

/// The text that was not saved is kept in a file of its own.
pub fn copy_kept(model: &mut Model, kept: &str, leaves: bool, quits: bool) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    model.notice = Some(format!("what was not saved is kept as {kept}"));
    let draft = Effect::KeepDraft {
        file: editing.file.clone(),
        text: None,
    };
    let file = editing.file.clone();
    let next = if leaves {
        model.session.editor = None;
        quits.then_some(Effect::Quit)
    } else {
        // What the file holds takes its place.
        editing.base = editing.whole();
        Some(Effect::ReadAgain(file))
    };
    [draft].into_iter().chain(next).collect()
}
