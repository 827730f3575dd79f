//! Everything the screen shows. Changed by `update` alone.

use std::collections::HashSet;

use super::choice::Choice;
use super::form::Form;
use super::panes::{BodyView, Pane};
use super::session::SessionState;
use crate::exchange::ExchangeId;
use crate::lesson::{Catalogue, Progress};
use crate::python::About;
use crate::tui::theme::Theme;

/// The whole state of the screen.
#[derive(Debug, Clone)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub theme: Theme,
    pub catalogue: Catalogue,
    pub screen: Screen,
    /// What is open, with all that belongs to it.
    pub session: SessionState,
    pub server: Server,
    /// Which of requests and timeline is shown where there is room for one.
    pub lower: Pane,
    pub zoomed: bool,
    /// The groups of environ whose keys are not shown.
    pub folded: HashSet<&'static str>,
    /// Whether the list of requests has a row for each check of the tutor's.
    pub unfolded: bool,
    /// How the response is to be shown, where it can be.
    pub body: BodyView,
    pub overlay: Option<Overlay>,
    /// Something the learner should read, until the next key.
    pub notice: Option<String>,
    /// How far the learner has come, over all lessons.
    pub progress: Progress,
}

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list of lessons, and which one is selected.
    Lessons(usize),
    /// What is open.
    Opened,
}

/// What is known of the server and of Python.
#[derive(Debug, Clone, Default)]
pub struct Server {
    pub url: Option<String>,
    /// The path that the application is mounted at: `/shop`, or nothing.
    pub mount: String,
    /// Whether other machines can reach it.
    pub public: bool,
    pub python: Option<About>,
}

/// What lies over the panes and takes the keys.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// All keys, scrolled by so many lines.
    Help(usize),
    Form(Form),
    Compare(Comparison),
    Choice(Choice),
    /// The step's solution, scrolled by so many lines.
    Solution(usize),
    /// The long texts about the mistakes that are shown, scrolled by so many lines.
    Explained(usize),
    /// What the links of the step lead to, scrolled by so many lines.
    Links(usize),
    /// The text of the step, while the file is edited, scrolled by so many lines.
    Step(usize),
    /// The traceback as Python wrote it, scrolled by so many lines.
    Traceback(usize),
    /// The first words.
    Welcome,
}

impl Overlay {
    /// The lines scrolled, where it is there to be read.
    pub fn scroll(&mut self) -> Option<&mut usize> {
        match self {
            Self::Help(scroll)
            | Self::Solution(scroll)
            | Self::Explained(scroll)
            | Self::Links(scroll)
            | Self::Step(scroll)
            | Self::Traceback(scroll) => Some(scroll),
            Self::Compare(comparison) => Some(&mut comparison.scroll),
            Self::Form(_) | Self::Choice(_) | Self::Welcome => None,
        }
    }
}

/// Two exchanges side by side, scrolled by so many lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    pub left: ExchangeId,
    pub right: ExchangeId,
    pub scroll: usize,
}

impl Model {
    pub fn new(catalogue: Catalogue, theme: Theme, size: (u16, u16)) -> Self {
        Self {
            size,
            theme,
            catalogue,
            screen: Screen::Lessons(0),
            session: SessionState::nothing(),
            server: Server::default(),
            lower: Pane::Requests,
            zoomed: false,
            folded: HashSet::new(),
            unfolded: false,
            body: BodyView::Text,
            overlay: None,
            notice: None,
            progress: Progress::default(),
        }
    }
}
