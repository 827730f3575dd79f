//! What a key asks for.

use super::state::panes::Pane;
use super::state::playback::Seek;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Send,
    OpenForm,
    OpenPageForm,
    OpenLinks,
    SendForm,
    Resend,
    EndAnswer,
    /// Something in the editor.
    Editor(EditorAction),
    Copy,
    CopyCurl,
    Save,
    Compare,
    NextField,
    PreviousField,
    Browse,
    Edit,
    NextPane,
    PreviousPane,
    Focus(Pane),
    Zoom,
    BodyView,
    Fold,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    Live,
    Playback(Seek),
    /// Something in the lesson.
    Lesson(LessonAction),
    Lessons,
    OpenLesson,
    Back,
    Theme,
    /// The long text about the mistake that is shown.
    Explain,
    Traceback,
    Help,
    Close,
    /// Gives the terminal to the shell until it wants the program back.
    Suspend,
    Quit,
}

/// What a key asks for in a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonAction {
    Next,
    Previous,
    Check,
    Hint,
    Solution,
    TakeOver,
    Guess,
    Mistake,
    /// Take the selected option of a choice.
    Choose,
    /// Take the option of this number, counted from 1.
    Option(usize),
    NextOption,
    PreviousOption,
    /// The first words were read.
    Begin,
}

/// What a key asks for in the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorAction {
    /// Edit the file here.
    Begin,
    /// From the editor here to the learner's own.
    Outside,
    Save,
    Undo,
    Redo,
    SelectAll,
    Leave,
}
