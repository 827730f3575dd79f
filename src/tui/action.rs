//! What a key asks for.

use super::state::panes::Pane;
use super::state::playback::Seek;

/// What a key asks for, by the part of `update` that does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Request(RequestAction),
    Export(ExportAction),
    Pane(PaneAction),
    Move(Move),
    History(HistoryAction),
    Playback(Seek),
    Lesson(LessonAction),
    Choice(ChoiceAction),
    Editor(EditorAction),
    Overlay(OverlayAction),
    Screen(ScreenAction),
    /// Gives the terminal to the shell until it wants the program back.
    Suspend,
    Quit,
}

/// Requests, and the forms they are filled in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestAction {
    /// Send what the lesson suggests.
    Send,
    OpenForm,
    /// Fill in a request of any kind.
    OpenRequest,
    /// Send what the redirect that is shown asks for.
    FollowRedirect,
    OpenPageForm,
    OpenLinks,
    SendForm,
    NextField,
    PreviousField,
    /// End the answer that others wait for.
    EndAnswer,
    /// Open the browser.
    Browse,
}

/// What leaves the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportAction {
    Copy,
    CopyCurl,
    /// Send the request that is shown once more.
    Resend,
    Save,
}

/// Which pane is shown, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneAction {
    Next,
    Previous,
    Focus(Pane),
    Zoom,
    BodyView,
    Fold,
}

/// A move in the pane with the focus, or in the text over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
}

/// Which exchange is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryAction {
    Compare,
    FollowLatest,
    /// One row for checks that follow one another, or one for each.
    Fold,
}

/// A lesson.
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
    /// The first words were read.
    Begin,
    /// They were read, and all keys are to be shown.
    BeginWithKeys,
}

/// Something to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceAction {
    /// Take the selected option.
    Choose,
    /// Take the option of this number, counted from 1.
    Option(usize),
    Next,
    Previous,
}

/// The editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorAction {
    /// Edit the file here.
    Begin,
    /// Edit it in the learner's own editor.
    OpenExternal,
    Save,
    Undo,
    Redo,
    SelectAll,
    /// Copy what is selected.
    Copy,
    Leave,
}

/// A text over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlayAction {
    /// The long text about the mistakes that are shown.
    Explain,
    /// What the links of the step lead to.
    Links,
    /// The text of the step, while the file is edited.
    Step,
    Traceback,
    Help,
    Close,
}

/// The list of lessons, and how all screens look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenAction {
    Lessons,
    OpenLesson,
    /// Choose a step of the selected lesson.
    Steps,
    Back,
    Theme,
}
