//! The keys, as data: one table feeds the dispatcher, the footer and the help.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, EditorAction, LessonAction};
use super::state::model::{Model, Overlay, Pane, Screen};
use super::state::playback::Seek;
use super::state::{answers, page};
use super::update::export::{can_copy, can_curl};
use super::view::layout;
use crate::lesson;

/// Where a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Lessons,
    Lesson,
    Help,
    Form,
    Choice,
    Solution,
    /// A text over the panes.
    Reading,
    Welcome,
    Editor,
    /// The terminal is too small for anything but a message.
    TooSmall,
}

/// A key, or a few, and what they do.
pub struct Binding {
    pub context: Context,
    keys: &'static [Key],
    /// How the keys are written.
    pub label: &'static str,
    /// What they do, in a word or two for the footer.
    pub does: &'static str,
    pub action: Action,
    /// Whether they work just now.
    works: fn(&Model) -> bool,
    pub in_footer: bool,
}

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL_C: Key = (KeyCode::Char('c'), KeyModifiers::CONTROL);
const CTRL_Z: Key = (KeyCode::Char('z'), KeyModifiers::CONTROL);

type Key = (KeyCode, KeyModifiers);

const fn key(character: char) -> Key {
    (KeyCode::Char(character), NONE)
}

const fn ctrl(character: char) -> Key {
    (KeyCode::Char(character), KeyModifiers::CONTROL)
}

const fn named(code: KeyCode) -> Key {
    (code, NONE)
}

const fn binding(
    context: Context,
    keys: &'static [Key],
    label: &'static str,
    does: &'static str,
    action: Action,
) -> Binding {
    Binding {
        context,
        keys,
        label,
        does,
        action,
        works: always,
        in_footer: true,
    }
}

impl Binding {
    const fn when(self, works: fn(&Model) -> bool) -> Self {
        Self { works, ..self }
    }

    /// Whether the keys do something just now.
    #[must_use]
    pub fn works(&self, model: &Model) -> bool {
        (self.works)(model)
    }

    /// Told in the help only.
    const fn quiet(self) -> Self {
        Self {
            in_footer: false,
            ..self
        }
    }
}

use Context::{Choice, Editor, Form, Help, Lesson, Lessons, Reading, Solution, TooSmall, Welcome};

/// All keys, in the order they are shown: where the footer is short, the first ones stay.
#[rustfmt::skip] // A table: one row a line.
pub const BINDINGS: &[Binding] = &[
    binding(Lesson, &[key(' ')], "space", "send", Action::Send).when(serves),
    binding(Lesson, &[key('m')], "m", "put the file back", Action::Lesson(LessonAction::Mistake)).when(is_broken),
    binding(Lesson, &[key('n')], "n", "next step", Action::Lesson(LessonAction::Next)).when(has_next),
    binding(Lesson, &[key('h')], "h", "hint", Action::Lesson(LessonAction::Hint)).when(has_hint),
    binding(Lesson, &[key('g')], "g", "guess", Action::Lesson(LessonAction::Guess)).when(has_question),
    binding(Lesson, &[key('X')], "X", "end the answer", Action::EndAnswer).when(has_endable),
    binding(Lesson, &[key('f')], "f", "form", Action::OpenForm).when(has_form),
    binding(Lesson, &[key('f')], "f", "request", Action::OpenForm).when(is_own),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "fill in", Action::OpenPageForm).when(is_on_page_with_form),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "follow a link", Action::OpenLinks).when(is_on_page_of_links),
    binding(Lesson, &[key('a')], "a", "follow a link", Action::OpenLinks).when(is_on_page_with_links).quiet(),
    binding(Lesson, &[named(KeyCode::Left)], "←→", "step", Action::Playback(Seek::Back)).when(has_events),
    binding(Lesson, &[named(KeyCode::Right)], "→", "step forward", Action::Playback(Seek::Forward)).when(has_events).quiet(),
    binding(Lesson, &[key('w')], "w", "who made it", Action::Playback(Seek::NextSource)).when(is_on_response),
    binding(Lesson, &[key(']'), (KeyCode::Right, KeyModifiers::SHIFT)], "]", "next phase", Action::Playback(Seek::NextPhase)).when(has_events).quiet(),
    binding(Lesson, &[key('['), (KeyCode::Left, KeyModifiers::SHIFT)], "[", "phase before", Action::Playback(Seek::PreviousPhase)).when(has_events).quiet(),
    binding(Lesson, &[named(KeyCode::Home)], "home", "first step", Action::Playback(Seek::First)).when(is_stepping).quiet(),
    binding(Lesson, &[named(KeyCode::End)], "end", "last step", Action::Playback(Seek::Last)).when(is_stepping).quiet(),
    binding(Lesson, &[key('!')], "!", "explain", Action::Explain).when(has_mistake),
    binding(Lesson, &[key('T')], "T", "traceback", Action::Traceback).when(has_traceback).quiet(),
    binding(Lesson, &[key('e')], "e", "edit", Action::Editor(EditorAction::Begin)).when(has_file),
    binding(Lesson, &[key('E')], "E", "your own editor", Action::Edit).when(has_file).quiet(),
    binding(Lesson, &[named(KeyCode::Esc)], "esc", "latest", Action::Live).when(is_held),
    binding(Lesson, &[named(KeyCode::Esc)], "esc", "all panes", Action::Live).when(is_only_zoomed),
    binding(Lesson, &[named(KeyCode::Tab)], "tab", "pane", Action::NextPane),
    binding(Lesson, &[named(KeyCode::BackTab), (KeyCode::BackTab, KeyModifiers::SHIFT)], "shift-tab", "previous pane", Action::PreviousPane).quiet(),
    binding(Lesson, &[key('1')], "1", "lesson text", Action::Focus(Pane::Lesson)).when(is_lesson).quiet(),
    binding(Lesson, &[key('2')], "2", "source", Action::Focus(Pane::Source)).quiet(),
    binding(Lesson, &[key('3')], "3", "environ", Action::Focus(Pane::Environ)).quiet(),
    binding(Lesson, &[key('4')], "4", "response", Action::Focus(Pane::Response)).quiet(),
    binding(Lesson, &[key('5')], "5", "requests", Action::Focus(Pane::Requests)).quiet(),
    binding(Lesson, &[key('6')], "6", "timeline", Action::Focus(Pane::Timeline)).quiet(),
    binding(Lesson, &[key('o')], "o", "browser", Action::Browse).when(serves),
    binding(Lesson, &[key('p')], "p", "step before", Action::Lesson(LessonAction::Previous)).when(has_previous).quiet(),
    binding(Lesson, &[key('x')], "x", "solution", Action::Lesson(LessonAction::Solution)).when(has_solution),
    binding(Lesson, &[key('v')], "v", "check", Action::Lesson(LessonAction::Check)).when(has_exercise),
    binding(Lesson, &[key('m')], "m", "make a mistake", Action::Lesson(LessonAction::Mistake)).when(has_mistakes),
    binding(Lesson, &[key('z')], "z", "zoom", Action::Zoom),
    binding(Lesson, &[key('b')], "b", "another view", Action::BodyView).when(has_events),
    binding(Lesson, &[key('y')], "y", "copy", Action::Copy).when(can_copy),
    binding(Lesson, &[key('c')], "c", "copy as curl", Action::CopyCurl).when(can_curl).quiet(),
    binding(Lesson, &[key('d')], "d", "compare", Action::Compare).when(is_on_requests),
    binding(Lesson, &[key('r')], "r", "resend", Action::Resend).when(can_resend),
    binding(Lesson, &[key('s')], "s", "save", Action::Save).when(can_save),
    binding(Lesson, &[named(KeyCode::Enter)], "enter", "fold or unfold", Action::Fold).when(is_on_group).quiet(),
    binding(Lesson, &[key('l')], "l", "list of lessons", Action::Lessons).when(is_live_lesson).quiet(),
    binding(Choice, &[named(KeyCode::Enter)], "enter", "choose", Action::Lesson(LessonAction::Choose)),
    binding(Choice, &[named(KeyCode::Down), key('j'), named(KeyCode::Tab)], "↑↓", "move", Action::Lesson(LessonAction::NextOption)),
    binding(Choice, &[named(KeyCode::Up), key('k'), named(KeyCode::BackTab), (KeyCode::BackTab, KeyModifiers::SHIFT)], "↑", "up", Action::Lesson(LessonAction::PreviousOption)).quiet(),
    binding(Choice, &[key('1')], "1-9", "choose at once", Action::Lesson(LessonAction::Option(1))).quiet(),
    binding(Choice, &[key('2')], "2", "the second", Action::Lesson(LessonAction::Option(2))).quiet(),
    binding(Choice, &[key('3')], "3", "the third", Action::Lesson(LessonAction::Option(3))).quiet(),
    binding(Choice, &[key('4')], "4", "the fourth", Action::Lesson(LessonAction::Option(4))).quiet(),
    binding(Choice, &[key('5')], "5", "the fifth", Action::Lesson(LessonAction::Option(5))).quiet(),
    binding(Choice, &[key('6')], "6", "the sixth", Action::Lesson(LessonAction::Option(6))).quiet(),
    binding(Choice, &[key('7')], "7", "the seventh", Action::Lesson(LessonAction::Option(7))).quiet(),
    binding(Choice, &[key('8')], "8", "the eighth", Action::Lesson(LessonAction::Option(8))).quiet(),
    binding(Choice, &[key('9')], "9", "the ninth", Action::Lesson(LessonAction::Option(9))).quiet(),
    binding(Choice, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Choice, &[named(KeyCode::Esc), key('q')], "esc", "close", Action::Close),
    binding(Solution, &[named(KeyCode::Enter)], "enter", "use it as my file", Action::Lesson(LessonAction::TakeOver)).when(can_take_over),
    binding(Solution, &[named(KeyCode::Up), key('k')], "↑↓", "scroll", Action::Up).when(help_scrolls),
    binding(Solution, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Down).quiet(),
    binding(Solution, &[named(KeyCode::PageUp)], "page up", "a page up", Action::PageUp).quiet(),
    binding(Solution, &[named(KeyCode::PageDown)], "page down", "a page down", Action::PageDown).quiet(),
    binding(Solution, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Solution, &[named(KeyCode::Esc), key('x'), key('q')], "esc", "close", Action::Close),
    binding(Reading, &[named(KeyCode::Up), key('k')], "↑↓", "scroll", Action::Up).when(help_scrolls),
    binding(Reading, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Down).quiet(),
    binding(Reading, &[named(KeyCode::PageUp)], "page up", "a page up", Action::PageUp).quiet(),
    binding(Reading, &[named(KeyCode::PageDown), key(' ')], "page down", "a page down", Action::PageDown).quiet(),
    binding(Reading, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Reading, &[named(KeyCode::Esc), key('!'), key('T'), key('q'), named(KeyCode::Enter)], "esc", "close", Action::Close),
    binding(Editor, &[ctrl('s')], "ctrl-s", "save", Action::Editor(EditorAction::Save)),
    binding(Editor, &[named(KeyCode::Esc)], "esc", "leave", Action::Editor(EditorAction::Leave)),
    binding(Editor, &[ctrl('z'), ctrl('u')], "ctrl-z", "undo", Action::Editor(EditorAction::Undo)),
    binding(Editor, &[ctrl('y'), ctrl('r')], "ctrl-y", "redo", Action::Editor(EditorAction::Redo)),
    binding(Editor, &[ctrl('a')], "ctrl-a", "select all", Action::Editor(EditorAction::SelectAll)).quiet(),
    binding(Editor, &[ctrl('o')], "ctrl-o", "your own editor", Action::Editor(EditorAction::Outside)),
    binding(Editor, &[named(KeyCode::F(1))], "F1", "keys", Action::Help),
    binding(Editor, &[CTRL_C, ctrl('q')], "ctrl-q", "quit", Action::Quit),
    binding(Welcome, &[named(KeyCode::Enter), named(KeyCode::Esc), key(' ')], "enter", "begin", Action::Lesson(LessonAction::Begin)),
    binding(Welcome, &[key('q'), CTRL_C], "q", "quit", Action::Quit),
    binding(Lessons, &[named(KeyCode::Enter)], "enter", "open", Action::OpenLesson),
    binding(Lessons, &[named(KeyCode::Esc)], "esc", "back", Action::Back).when(has_lesson),
    binding(Help, &[named(KeyCode::Esc), key('?'), key('q'), key('d'), named(KeyCode::Enter)], "esc", "close", Action::Close),
    binding(Form, &[named(KeyCode::Enter)], "enter", "send", Action::SendForm).when(serves),
    binding(Form, &[named(KeyCode::Down)], "↓", "next field", Action::NextField).when(has_fields).quiet(),
    binding(Form, &[named(KeyCode::Up)], "↑", "field before", Action::PreviousField).when(has_fields).quiet(),
    binding(Form, &[named(KeyCode::Tab)], "tab", "next field", Action::NextField).when(has_fields),
    binding(Form, &[named(KeyCode::Esc)], "esc", "close", Action::Close),
    binding(Form, &[CTRL_C], "ctrl-c", "quit", Action::Quit).quiet(),
    binding(Lesson, &[named(KeyCode::Up), key('k')], "↑ k", "up", Action::Up).quiet(),
    binding(Lesson, &[named(KeyCode::Down), key('j')], "↓ j", "down", Action::Down).quiet(),
    binding(Lesson, &[named(KeyCode::PageUp)], "page up", "a page up", Action::PageUp).quiet(),
    binding(Lesson, &[named(KeyCode::PageDown)], "page down", "a page down", Action::PageDown).quiet(),
    binding(Lesson, &[named(KeyCode::Home), key('g')], "home g", "to the beginning", Action::Home).quiet(),
    binding(Lesson, &[named(KeyCode::End), key('G')], "end G", "to the end", Action::End).quiet(),
    binding(Lessons, &[named(KeyCode::Up), key('k')], "↑", "up", Action::Up),
    binding(Lessons, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Down),
    binding(Help, &[named(KeyCode::Up), key('k')], "↑↓", "scroll", Action::Up).when(help_scrolls),
    binding(Help, &[named(KeyCode::Down), key('j')], "↓", "down", Action::Down).quiet(),
    binding(Lesson, &[key('t')], "t", "colours", Action::Theme).when(has_colours).quiet(),
    binding(Lessons, &[key('t')], "t", "colours", Action::Theme).when(has_colours).quiet(),
    binding(Lesson, &[key('?')], "?", "keys", Action::Help),
    binding(Lessons, &[key('?')], "?", "keys", Action::Help),
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

/// Where the keys go now.
#[must_use]
pub fn context(model: &Model) -> Context {
    if !layout::fits(model.size) {
        return TooSmall;
    }
    match &model.overlay {
        // Both are there to be read.
        Some(Overlay::Help(_) | Overlay::Compare(_)) => Help,
        Some(Overlay::Form(_)) => Form,
        Some(Overlay::Choice(_)) => Choice,
        Some(Overlay::Solution(_)) => Solution,
        Some(Overlay::Explained(_) | Overlay::Traceback(_)) => Reading,
        Some(Overlay::Welcome) => Welcome,
        None => beneath(model),
    }
}

/// Where the keys go when nothing lies over the panes.
#[must_use]
pub fn beneath(model: &Model) -> Context {
    match model.screen {
        Screen::Lessons(_) => Lessons,
        Screen::Opened if model.editing.is_some() && model.focus == Pane::Source => Editor,
        Screen::Opened => Lesson,
    }
}

/// What a key asks for now, if it works now.
#[must_use]
pub fn action(model: &Model, key: KeyEvent) -> Option<Action> {
    let context = context(model);
    // Shift is part of the character already.
    let modifiers = match key.code {
        KeyCode::Char(_) => key.modifiers - KeyModifiers::SHIFT,
        _ => key.modifiers,
    };
    BINDINGS
        .iter()
        .filter(|binding| binding.context == context && (binding.works)(model))
        .find(|binding| binding.keys.contains(&(key.code, modifiers)))
        .map(|binding| binding.action)
}

/// The keys that work now and belong into the footer.
pub fn footer(model: &Model) -> impl Iterator<Item = &'static Binding> + '_ {
    let context = context(model);
    BINDINGS.iter().filter(move |binding| {
        binding.context == context && binding.in_footer && (binding.works)(model)
    })
}

fn always(_: &Model) -> bool {
    true
}

fn serves(model: &Model) -> bool {
    model.server.url.is_some()
}

fn has_endable(model: &Model) -> bool {
    answers::endable(model).is_some()
}

fn has_form(model: &Model) -> bool {
    model
        .teaching()
        .is_some_and(|lesson| !lesson.form.is_empty())
        && model.recording().is_none()
}

fn has_fields(model: &Model) -> bool {
    matches!(&model.overlay, Some(Overlay::Form(form)) if form.fields.len() > 1)
}

fn is_on_page_with_form(model: &Model) -> bool {
    page::in_focus(model).is_some_and(|page| page.form.is_some())
}

fn is_on_page_with_links(model: &Model) -> bool {
    page::in_focus(model).is_some_and(|page| !page.links.is_empty())
}

fn is_on_page_of_links(model: &Model) -> bool {
    is_on_page_with_links(model) && !is_on_page_with_form(model)
}

fn is_on_group(model: &Model) -> bool {
    model.focus == Pane::Environ && super::view::environ_group(model).is_some()
}

fn is_held(model: &Model) -> bool {
    model.chosen.is_some()
}

fn has_events(model: &Model) -> bool {
    model.exchange().is_some()
}

fn has_mistake(model: &Model) -> bool {
    !model.mistakes().is_empty()
}

fn has_traceback(model: &Model) -> bool {
    model.traceback().is_some()
}

fn is_on_response(model: &Model) -> bool {
    model.focus == Pane::Response && has_events(model)
}

fn is_stepping(model: &Model) -> bool {
    model.playback.is_some()
}

fn is_only_zoomed(model: &Model) -> bool {
    model.zoomed && !is_held(model)
}

fn help_scrolls(model: &Model) -> bool {
    super::view::help_extent(model) > 0
}

fn has_lesson(model: &Model) -> bool {
    model.opened.is_some()
}

fn is_lesson(model: &Model) -> bool {
    model.teaching().is_some()
}

fn is_live_lesson(model: &Model) -> bool {
    place(model).is_some()
}

/// Comparing takes two.
fn is_on_requests(model: &Model) -> bool {
    model.focus == Pane::Requests && model.history.len() > 1
}

fn can_resend(model: &Model) -> bool {
    serves(model) && has_events(model)
}

/// A recording is a file already.
fn can_save(model: &Model) -> bool {
    has_events(model) && model.recording().is_none()
}

fn is_own(model: &Model) -> bool {
    model.target().is_some() && serves(model)
}

fn has_file(model: &Model) -> bool {
    let opened = model.opened.as_ref();
    opened.is_some_and(|opened| opened.file.is_some() && opened.recording().is_none())
}

fn place(model: &Model) -> Option<usize> {
    model.opened.as_ref()?.place()
}

/// After the last step stands the lesson's end, and after that the next lesson.
fn has_next(model: &Model) -> bool {
    let lessons = model.catalogue.lessons.len();
    place(model).is_some_and(|place| place + 1 < lessons) || step(model).is_some()
}

fn has_previous(model: &Model) -> bool {
    place(model).is_some_and(|place| place > 0) || model.course().is_some_and(|it| it.step > 0)
}

/// The step that is open.
fn step(model: &Model) -> Option<&lesson::Step> {
    model.course()?.step_of(model.teaching()?)
}

fn has_hint(model: &Model) -> bool {
    let shown = model.course().map_or(0, |course| course.hints);
    step(model).is_some_and(|step| shown < step.hints.len())
}

fn has_question(model: &Model) -> bool {
    // It asks what the file does that the step begins with.
    let asks = step(model).is_some_and(|step| step.question.is_some());
    serves(model) && asks && !model.is_step_done()
}

fn has_solution(model: &Model) -> bool {
    step(model).is_some_and(|step| step.solution.is_some())
}

fn has_exercise(model: &Model) -> bool {
    serves(model) && !is_broken(model) && step(model).is_some_and(lesson::Step::is_exercise)
}

fn has_mistakes(model: &Model) -> bool {
    let lesson = model.teaching().filter(|_| model.course().is_some());
    serves(model) && lesson.is_some_and(|lesson| !lesson.mistakes.is_empty())
}

fn is_broken(model: &Model) -> bool {
    model.course().is_some_and(|course| course.broken)
}

fn can_take_over(model: &Model) -> bool {
    let solution = step(model).and_then(|step| step.solution.as_ref());
    let source = model.opened.as_ref().map(|opened| &opened.source);
    !is_broken(model) && solution != source
}

fn has_colours(model: &Model) -> bool {
    model.theme != super::theme::Theme::Mono
}
