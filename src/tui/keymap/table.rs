//! All keys.

use crossterm::event::{KeyCode, KeyModifiers};

use super::binding::{Binding, CTRL_C, CTRL_Z, DIGITS, binding, ctrl, focus, key, named, option};
use super::conditions::{
    can_copy, can_curl, can_resend, can_save, can_take_over, has_colours, has_endable, has_events,
    has_exercise, has_fields, has_file, has_form, has_hint, has_left_step, has_lesson, has_links,
    has_mistake, has_mistakes, has_next, has_no_form, has_previous, has_question, has_solution,
    has_step, has_traceback, is_broken, is_held, is_live_lesson, is_on_checks, is_on_group,
    is_on_page_of_links, is_on_page_with_form, is_on_page_with_links, is_on_requests,
    is_on_response, is_only_zoomed, is_redirect, is_stepping, serves,
};
use super::context::Context;
use crate::tui::action::{
    Action, ChoiceAction, EditorAction, ExportAction, HistoryAction, LessonAction, Move,
    OverlayAction, PaneAction, RequestAction, ScreenAction,
};
use crate::tui::state::panes::Pane;
use crate::tui::state::playback::Seek;

use Context::{Choice, Editor, Form, Help, Lesson, Lessons, Reading, Solution, TooSmall, Welcome};

/// All keys, in the order they are shown: where the footer is short, the first ones stay.
pub fn bindings() -> impl Iterator<Item = &'static Binding> {
    let keys = FIRST_KEYS.iter().chain(PANE_KEYS);
    keys.chain(OPTION_KEYS).chain(OTHER_KEYS)
}

/// A digit for each pane.
const PANE_KEYS: &[Binding] = &{
    let mut keys = [focus(Pane::ALL[0]); Pane::ALL.len()];
    let mut place = 1;
    while place < keys.len() {
        keys[place] = focus(Pane::ALL[place]);
        place += 1;
    }
    keys
};

/// A digit for each option there can be to choose from.
const OPTION_KEYS: &[Binding] = &{
    let mut keys = [option(1); DIGITS];
    let mut number = 2;
    while number <= DIGITS {
        keys[number - 1] = option(number);
        number += 1;
    }
    keys
};

#[rustfmt::skip] // A table: one row a line.
const FIRST_KEYS: &[Binding] = &[
    binding(Lesson, &[key(' ')], "space", "send", Action::Request(RequestAction::Send)).when(serves),
    binding(Lesson, &[key('m')], "m", "put the file back", Action::Lesson(LessonAction::Mistake)).when(is_broken),
    binding(Lesson, &[key('e')], "e", "edit", Action::Editor(EditorAction::Begin)).when(has_file),
    binding(Lesson, &[key('n')], "n", "next step", Action::Lesson(LessonAction::Next)).when(has_left_step),
    binding(Lesson, &[key('n')], "n", "skip", Action::Lesson(LessonAction::Next)).when(has_next),
    binding(Lesson, &[key('h')], "h", "hint", Action::Lesson(LessonAction::Hint)).when(has_hint),
    binding(Lesson, &[key('g')], "g", "guess", Action::Lesson(LessonAction::Guess)).when(has_question),
    binding(Lesson, &[key('!')], "!", "explain", Action::Overlay(OverlayAction::Explain)).when(has_mistake),
    binding(Lesson, &[key('X')], "X", "end the answer", Action::Request(RequestAction::EndAnswer)).when(has_endable),
    binding(Lesson, &[key('f')], "f", "form", Action::Request(RequestAction::OpenForm)).when(has_form),
    binding(Lesson, &[key('R')], "R", "follow the redirect", Action::Request(RequestAction::FollowRedirect)).when(is_redirect),
    binding(Lesson, &[key('f'), key('F')], "f", "request", Action::Request(RequestAction::OpenRequest)).when(has_no_form),
    binding(Lesson, &[key('F')], "F", "any request", Action::Request(RequestAction::OpenRequest)).when(serves).quiet(),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "fill in", Action::Request(RequestAction::OpenPageForm)).when(is_on_page_with_form),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "follow a link", Action::Request(RequestAction::OpenLinks)).when(is_on_page_of_links),
    binding(Lesson, &[key('a')], "a", "follow a link", Action::Request(RequestAction::OpenLinks)).when(is_on_page_with_links).quiet(),
    binding(Lesson, &[named(KeyCode::Left)], "←→", "replay", Action::Playback(Seek::Back)).when(has_events),
    binding(Lesson, &[named(KeyCode::Right)], "→", "forward", Action::Playback(Seek::Forward)).when(has_events).quiet(),
    binding(Lesson, &[key('w')], "w", "who made it", Action::Playback(Seek::NextSource)).when(is_on_response),
    binding(Lesson, &[key(']'), (KeyCode::Right, KeyModifiers::SHIFT)], "]", "next phase", Action::Playback(Seek::NextPhase)).when(has_events).quiet(),
    binding(Lesson, &[key('['), (KeyCode::Left, KeyModifiers::SHIFT)], "[", "previous phase", Action::Playback(Seek::PreviousPhase)).when(has_events).quiet(),
    binding(Lesson, &[named(KeyCode::Home)], "home", "first event", Action::Playback(Seek::First)).when(is_stepping).quiet(),
    binding(Lesson, &[named(KeyCode::End)], "end", "last event", Action::Playback(Seek::Last)).when(is_stepping).quiet(),
    binding(Lesson, &[key('T')], "T", "traceback", Action::Overlay(OverlayAction::Traceback)).when(has_traceback).quiet(),
    binding(Lesson, &[key('u')], "u", "look up", Action::Overlay(OverlayAction::Links)).when(has_links),
    binding(Lesson, &[key('E')], "E", "your own editor", Action::Editor(EditorAction::OpenExternal)).when(has_file).quiet(),
    binding(Lesson, &[named(KeyCode::Esc)], "esc", "latest", Action::History(HistoryAction::FollowLatest)).when(is_held),
    binding(Lesson, &[named(KeyCode::Esc)], "esc", "all panes", Action::History(HistoryAction::FollowLatest)).when(is_only_zoomed),
    binding(Lesson, &[named(KeyCode::Tab)], "tab", "pane", Action::Pane(PaneAction::Next)),
    binding(Lesson, &[named(KeyCode::BackTab), (KeyCode::BackTab, KeyModifiers::SHIFT)], "shift-tab", "previous pane", Action::Pane(PaneAction::Previous)).quiet(),
];

#[rustfmt::skip] // As above.
const OTHER_KEYS: &[Binding] = &[
    binding(Lesson, &[key('o')], "o", "browser", Action::Request(RequestAction::Browse)).when(serves),
    binding(Lesson, &[key('p')], "p", "previous step", Action::Lesson(LessonAction::Previous)).when(has_previous).quiet(),
    binding(Lesson, &[key('x')], "x", "solution", Action::Lesson(LessonAction::Solution)).when(has_solution),
    binding(Lesson, &[key('v')], "v", "check", Action::Lesson(LessonAction::Check)).when(has_exercise),
    binding(Lesson, &[key('m')], "m", "make a mistake", Action::Lesson(LessonAction::Mistake)).when(has_mistakes),
    binding(Lesson, &[key('z')], "z", "zoom", Action::Pane(PaneAction::Zoom)),
    binding(Lesson, &[key('b')], "b", "another view", Action::Pane(PaneAction::BodyView)).when(has_events),
    binding(Lesson, &[key('y')], "y", "copy", Action::Export(ExportAction::Copy)).when(can_copy),
    binding(Lesson, &[key('c')], "c", "copy as curl", Action::Export(ExportAction::CopyCurl)).when(can_curl).quiet(),
    binding(Lesson, &[key('d')], "d", "compare", Action::History(HistoryAction::Compare)).when(is_on_requests),
    binding(Lesson, &[key('r')], "r", "resend", Action::Export(ExportAction::Resend)).when(can_resend),
    binding(Lesson, &[key('s')], "s", "save", Action::Export(ExportAction::Save)).when(can_save),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "fold or unfold", Action::Pane(PaneAction::Fold)).when(is_on_group).quiet(),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "fold the checks", Action::History(HistoryAction::Fold)).when(is_on_checks),
    binding(Lesson, &[key('l')], "l", "list of lessons", Action::Screen(ScreenAction::Lessons)).when(is_live_lesson).quiet(),
    binding(Choice, &[named(KeyCode::Enter)], "enter", "choose", Action::Choice(ChoiceAction::Choose)),
    binding(Choice, &[named(KeyCode::Down), key('j'), named(KeyCode::Tab)], "↑↓", "move", Action::Choice(ChoiceAction::Next)),
    binding(Choice, &[named(KeyCode::Up), key('k'), named(KeyCode::BackTab), (KeyCode::BackTab, KeyModifiers::SHIFT)], "↑", "up", Action::Choice(ChoiceAction::Previous)).quiet(),
    binding(Choice, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Choice, &[named(KeyCode::Esc), key('q')], "esc", "close", Action::Overlay(OverlayAction::Close)),
    binding(Solution, &[named(KeyCode::Enter)], "enter", "use it as my file", Action::Lesson(LessonAction::TakeOver)).when(can_take_over),
    binding(Solution, &[named(KeyCode::Up), key('k')], "↑↓", "scroll", Action::Move(Move::Up)).when_higher(),
    binding(Solution, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Move(Move::Down)).quiet(),
    binding(Solution, &[named(KeyCode::PageUp)], "page up", "a page up", Action::Move(Move::PageUp)).quiet(),
    binding(Solution, &[named(KeyCode::PageDown)], "page down", "a page down", Action::Move(Move::PageDown)).quiet(),
    binding(Solution, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Solution, &[named(KeyCode::Esc), key('x'), key('q')], "esc", "close", Action::Overlay(OverlayAction::Close)),
    binding(Reading, &[named(KeyCode::Up), key('k')], "↑↓", "scroll", Action::Move(Move::Up)).when_higher(),
    binding(Reading, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Move(Move::Down)).quiet(),
    binding(Reading, &[named(KeyCode::PageUp)], "page up", "a page up", Action::Move(Move::PageUp)).quiet(),
    binding(Reading, &[named(KeyCode::PageDown), key(' ')], "page down", "a page down", Action::Move(Move::PageDown)).quiet(),
    binding(Reading, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Reading, &[named(KeyCode::Esc), key('!'), key('T'), key('u'), key('q'), named(KeyCode::Enter), named(KeyCode::F(2))], "esc", "close", Action::Overlay(OverlayAction::Close)),
    binding(Editor, &[ctrl('s')], "ctrl-s", "save", Action::Editor(EditorAction::Save)),
    binding(Editor, &[named(KeyCode::Esc)], "esc", "leave", Action::Editor(EditorAction::Leave)),
    binding(Editor, &[named(KeyCode::F(2))], "F2", "the step", Action::Overlay(OverlayAction::Step)).when(has_step),
    binding(Editor, &[ctrl('z'), ctrl('u')], "ctrl-z", "undo", Action::Editor(EditorAction::Undo)),
    binding(Editor, &[ctrl('y'), ctrl('r')], "ctrl-y", "redo", Action::Editor(EditorAction::Redo)),
    binding(Editor, &[ctrl('a')], "ctrl-a", "select all", Action::Editor(EditorAction::SelectAll)).quiet(),
    binding(Editor, &[ctrl('o')], "ctrl-o", "your own editor", Action::Editor(EditorAction::OpenExternal)),
    binding(Editor, &[named(KeyCode::F(1))], "F1", "keys", Action::Overlay(OverlayAction::Help)),
    binding(Editor, &[CTRL_C], "ctrl-c", "copy", Action::Editor(EditorAction::Copy)).quiet(),
    binding(Editor, &[ctrl('q')], "ctrl-q", "quit", Action::Quit),
    binding(Welcome, &[named(KeyCode::Enter), named(KeyCode::Esc), key(' ')], "enter", "begin", Action::Lesson(LessonAction::Begin)),
    binding(Welcome, &[key('?')], "?", "keys", Action::Lesson(LessonAction::BeginWithKeys)),
    binding(Welcome, &[key('q'), CTRL_C], "q", "quit", Action::Quit),
    binding(Lessons, &[named(KeyCode::Enter)], "enter", "open", Action::Screen(ScreenAction::OpenLesson)),
    binding(Lessons, &[key('s')], "s", "choose a step", Action::Screen(ScreenAction::Steps)),
    binding(Lessons, &[named(KeyCode::Esc)], "esc", "back", Action::Screen(ScreenAction::Back)).when(has_lesson),
    binding(Help, &[named(KeyCode::Esc), key('?'), key('q'), key('d'), named(KeyCode::Enter)], "esc", "close", Action::Overlay(OverlayAction::Close)),
    binding(Form, &[named(KeyCode::Enter)], "enter", "send", Action::Request(RequestAction::SendForm)).when(serves),
    binding(Form, &[named(KeyCode::Down)], "↓", "next field", Action::Request(RequestAction::NextField)).when(has_fields).quiet(),
    binding(Form, &[named(KeyCode::Up)], "↑", "previous field", Action::Request(RequestAction::PreviousField)).when(has_fields).quiet(),
    binding(Form, &[named(KeyCode::Tab)], "tab", "next field", Action::Request(RequestAction::NextField)).when(has_fields),
    binding(Form, &[named(KeyCode::Esc)], "esc", "close", Action::Overlay(OverlayAction::Close)),
    binding(Form, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Lesson, &[named(KeyCode::Up), key('k')], "↑", "up", Action::Move(Move::Up)).or("k").quiet(),
    binding(Lesson, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Move(Move::Down)).or("j").quiet(),
    binding(Lesson, &[named(KeyCode::PageUp)], "page up", "a page up", Action::Move(Move::PageUp)).quiet(),
    binding(Lesson, &[named(KeyCode::PageDown)], "page down", "a page down", Action::Move(Move::PageDown)).quiet(),
    binding(Lesson, &[named(KeyCode::Home)], "home", "to the start", Action::Move(Move::Home)).quiet(),
    binding(Lesson, &[named(KeyCode::End)], "end", "to the end", Action::Move(Move::End)).quiet(),
    binding(Lessons, &[named(KeyCode::Up), key('k')], "↑", "up", Action::Move(Move::Up)),
    binding(Lessons, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Move(Move::Down)),
    binding(Help, &[named(KeyCode::Up), key('k')], "↑↓", "scroll", Action::Move(Move::Up)).when_higher(),
    binding(Help, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Move(Move::Down)).quiet(),
    binding(Lesson, &[key('t')], "t", "colours", Action::Screen(ScreenAction::Theme)).when(has_colours).quiet(),
    binding(Lessons, &[key('t')], "t", "colours", Action::Screen(ScreenAction::Theme)).when(has_colours).quiet(),
    binding(Lesson, &[key('?')], "?", "keys", Action::Overlay(OverlayAction::Help)),
    binding(Lessons, &[key('?')], "?", "keys", Action::Overlay(OverlayAction::Help)),
    binding(Lesson, &[key('q'), CTRL_C], "q", "quit", Action::Quit),
    binding(Lessons, &[key('q'), CTRL_C], "q", "quit", Action::Quit),
    binding(Help, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(TooSmall, &[key('q'), CTRL_C], "q", "quit", Action::Quit),
    binding(Lesson, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(Lessons, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(Choice, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(Solution, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(Reading, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(Help, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(Welcome, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
    binding(TooSmall, &[CTRL_Z], "ctrl-z", "to the shell", Action::Suspend).quiet(),
];
