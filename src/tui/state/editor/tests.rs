//! The editor without a screen and without files.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use rstest::rstest;

use super::EditorState;

/// A text with `|` where the cursor stands.
fn editing(text: &str) -> EditorState {
    let at = text.find('|').unwrap();
    let before = &text[..at];
    let row = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().chars().count();
    let mut editing = EditorState::new(PathBuf::from("/w/app.py"), text.replace('|', ""));
    editing.jump(row, column);
    editing
}

/// The text with `|` where the cursor stands.
fn shown(editing: &EditorState) -> String {
    let (row, column) = editing.cursor();
    let mut lines = editing.text.lines().to_vec();
    let at = lines[row].char_indices().nth(column);
    let at = at.map_or(lines[row].len(), |(at, _)| at);
    lines[row].insert(at, '|');
    lines.join("\n")
}

#[rstest]
#[case("x = 1|", "x = 1\n|")]
#[case("    x|", "    x\n    |")]
#[case("if x:|", "if x:\n    |")]
#[case("    if x:  # why|", "    if x:  # why\n        |")]
#[case("def f(|):", "def f(\n|):")]
#[case("é:|", "é:\n    |")]
#[case("\tif x:|", "\tif x:\n\t\t|")]
fn a_new_line_is_as_far_in_as_it_should_be(#[case] before: &str, #[case] after: &str) {
    let mut editing = editing(before);
    editing.new_line();
    assert_eq!(shown(&editing), after);
}

#[rstest]
#[case("|x", "    |x")]
#[case("ab|", "ab  |")]
fn tab_goes_to_the_next_level(#[case] before: &str, #[case] after: &str) {
    let mut editing = editing(before);
    editing.tab();
    assert_eq!(shown(&editing), after);
}

#[rstest]
#[case("        x|", "    x|")]
#[case("      x|", "    x|")]
#[case("x|", "x|")]
fn shift_tab_goes_back(#[case] before: &str, #[case] after: &str) {
    let mut editing = editing(before);
    editing.tab_back();
    assert_eq!(shown(&editing), after);
}

#[rstest]
#[case("        |x", Some("    |x"))]
#[case("      |x", Some("    |x"))]
#[case("a   |x", None)]
#[case("|x", None)]
fn backspace_deletes_a_level(#[case] before: &str, #[case] after: Option<&str>) {
    let mut editing = editing(before);
    assert_eq!(editing.delete_level(), after.is_some());
    assert_eq!(shown(&editing), after.unwrap_or(before));
}

#[rstest]
#[case("    x|", "    |x")]
#[case("    |x", "|    x")]
#[case("|    x", "    |x")]
fn home_goes_to_the_first_letter_and_then_to_the_margin(#[case] before: &str, #[case] after: &str) {
    let mut editing = editing(before);
    editing.home();
    assert_eq!(shown(&editing), after);
}

#[rstest]
#[case("a\nb\n")]
#[case("a\nb")]
#[case("a\r\nb\r\n")]
#[case("a\r\nb\n")]
#[case("")]
#[case("\n\n")]
fn what_was_not_changed_is_saved_as_it_was(#[case] text: &str) {
    let editing = EditorState::new(PathBuf::new(), text.to_owned());
    assert_eq!(editing.whole(), text);
    assert!(!editing.is_unsaved());
}

#[test]
fn another_text_takes_its_place_and_can_be_undone() {
    let mut editing = editing("one\ntw|o\n");
    editing.replace("1\r\n2\r\n3\r\n");
    assert_eq!(editing.plain(), "1\n2\n3\n");
    assert_eq!(editing.cursor().0, 1);
    assert!(editing.is_unsaved());
    editing.undo();
    assert_eq!(editing.plain(), "one\ntwo\n");
    editing.redo();
    assert_eq!(editing.plain(), "1\n2\n3\n");
}

/// Any key, with or without a modifier.
fn key() -> impl Strategy<Value = KeyEvent> {
    let code = prop_oneof![
        prop::sample::select("ab (:#\u{e9}cdefghjknpuvwxy<>".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        prop::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::PageUp,
            KeyCode::PageDown,
        ]),
    ];
    let modifiers = prop::sample::select(vec![
        KeyModifiers::NONE,
        KeyModifiers::SHIFT,
        KeyModifiers::CONTROL,
        KeyModifiers::ALT,
    ]);
    (code, modifiers).prop_map(|(code, modifiers)| KeyEvent::new(code, modifiers))
}

proptest! {
    /// A change that is not told is not kept safe, and lost in a crash.
    #[test]
    fn no_key_changes_the_text_untold(keys in prop::collection::vec(key(), 1..60)) {
        let mut editing = EditorState::new(PathBuf::new(), "if x:\n    y = 1\n\n".to_owned());
        for key in keys {
            let before = editing.whole();
            let told = editing.input(key, 3);
            prop_assert!(told || editing.whole() == before, "{key:?}");
            prop_assert_eq!(editing.is_unsaved(), editing.whole() != editing.base);
        }
    }
}
