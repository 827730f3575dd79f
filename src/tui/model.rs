//! Everything the screen shows. Changed by `update` alone.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use ratatui::style::Style;
use ratatui_textarea::TextArea;

use super::highlight::Tokens;
use super::theme::Theme;
use crate::exchange::{Exchange, ExchangeId, History, Moment, Raised};
use crate::lesson::{Catalogue, Lesson};
use crate::python::About;

/// The whole state of the screen.
#[derive(Debug, Clone)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub theme: Theme,
    pub catalogue: Catalogue,
    pub screen: Screen,
    pub lesson: Option<Opened>,
    pub server: Server,
    pub history: History,
    /// The exchange that is shown; `None` follows the latest.
    pub chosen: Option<ExchangeId>,
    pub focus: Pane,
    /// Which of the two panes of the upper half is shown when there is room for one.
    pub upper: Pane,
    pub zoomed: bool,
    /// Lines scrolled in each pane.
    pub scroll: Scroll,
    /// The selected row of environ.
    pub environ_row: usize,
    pub body: BodyView,
    pub overlay: Option<Overlay>,
    /// Something the learner should read, until the next key.
    pub notice: Option<String>,
}

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list of lessons, and which one is selected.
    Lessons(usize),
    /// An open lesson.
    Lesson,
}

/// An open lesson.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its place in the catalogue.
    pub place: usize,
    /// The learner's file.
    pub app: PathBuf,
    /// What stands in the file, as far as it is known.
    pub source: String,
    /// The colours of `source`, once they are ready.
    pub tokens: Option<Tokens>,
    pub loaded: Load,
    /// What the file printed while it was loaded.
    pub printed: String,
    /// What was last sent with the form.
    pub sent: Option<Vec<(String, String)>>,
}

/// What became of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Load {
    Pending,
    /// It runs; this is what will be called.
    Ready(String),
    Failed(Raised),
}

/// What is known of the server and of Python.
#[derive(Debug, Clone, Default)]
pub struct Server {
    pub url: Option<String>,
    pub python: Option<About>,
}

/// The panes of a lesson, in the order Tab goes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    Lesson,
    Source,
    Environ,
    Response,
    Requests,
}

impl Pane {
    pub const ALL: [Self; 5] = [
        Self::Lesson,
        Self::Source,
        Self::Environ,
        Self::Response,
        Self::Requests,
    ];

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Source => "source",
            Self::Environ => "environ",
            Self::Response => "response",
            Self::Requests => "requests",
        }
    }

    /// The pane so many places further, around the end.
    #[must_use]
    pub fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// Lines scrolled, for each pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll([usize; 5]);

impl Scroll {
    #[must_use]
    pub fn of(&self, pane: Pane) -> usize {
        self.0[pane as usize]
    }

    pub fn set(&mut self, pane: Pane, lines: usize) {
        self.0[pane as usize] = lines;
    }
}

/// How a body is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyView {
    Text,
    Hex,
}

/// What lies over the panes and takes the keys.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// All keys, scrolled by so many lines.
    Help(usize),
    Form(Form),
}

/// The form of a lesson while it is filled in.
#[derive(Debug, Clone)]
pub struct Form {
    pub fields: Vec<(String, TextArea<'static>)>,
    /// The field the keys go to.
    pub at: usize,
}

impl Form {
    /// A lesson's form, filled in with what was sent last, or with its suggestions.
    #[must_use]
    pub fn of(lesson: &Lesson, sent: Option<&[(String, String)]>) -> Self {
        let fields = lesson.form.iter().map(|field| {
            let last = sent
                .into_iter()
                .flatten()
                .find(|(name, _)| *name == field.name)
                .map_or(&field.value, |(_, value)| value);
            let mut text = TextArea::new(vec![last.clone()]);
            // Typing replaces what stands there.
            text.select_all();
            text.set_selection_style(Style::new().reversed());
            text.set_cursor_line_style(Style::new());
            (field.name.clone(), text)
        });
        Self {
            fields: fields.collect(),
            at: 0,
        }
    }

    /// The fields as they would be sent.
    #[must_use]
    pub fn values(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .map(|(name, text)| (name.clone(), text.lines().concat()))
            .collect()
    }
}

impl Model {
    #[must_use]
    pub fn new(catalogue: Catalogue, theme: Theme, size: (u16, u16)) -> Self {
        Self {
            size,
            theme,
            catalogue,
            screen: Screen::Lessons(0),
            lesson: None,
            server: Server::default(),
            history: History::default(),
            chosen: None,
            focus: Pane::Lesson,
            upper: Pane::Lesson,
            zoomed: false,
            scroll: Scroll::default(),
            environ_row: 0,
            body: BodyView::Text,
            overlay: None,
            notice: None,
        }
    }

    /// The open lesson's text and suggestions.
    #[must_use]
    pub fn teaching(&self) -> Option<&Lesson> {
        let opened = self.lesson.as_ref()?;
        self.catalogue.lessons.get(opened.place)
    }

    /// The exchange that is shown.
    #[must_use]
    pub fn exchange(&self) -> Option<&Exchange> {
        match self.chosen {
            Some(id) => self.history.get(id).or_else(|| self.history.latest()),
            None => self.history.latest(),
        }
    }

    /// What is true in the exchange that is shown; nothing yet when there is none.
    #[must_use]
    pub fn moment(&self) -> &Moment {
        static NOTHING: LazyLock<Moment> = LazyLock::new(Moment::default);
        self.exchange().map_or(&NOTHING, Exchange::now)
    }

    /// Keys of environ that are new or other than in the last exchange before that had an environ.
    #[must_use]
    pub fn fresh_keys(&self) -> HashSet<String> {
        let Some(place) = self
            .exchange()
            .and_then(|exchange| self.history.index_of(exchange.id))
        else {
            return HashSet::new();
        };
        let before = (0..place)
            .rev()
            .filter_map(|place| self.history.at(place))
            .map(|exchange| &exchange.now().environ)
            .find(|environ| !environ.is_empty());
        let Some(before) = before else {
            return HashSet::new();
        };
        self.moment()
            .environ
            .iter()
            // Each call has objects and a port of its own; that is no news.
            .filter(|entry| !entry.key.starts_with("wsgi.") && entry.key != "REMOTE_PORT")
            .filter(|entry| {
                !before
                    .iter()
                    .any(|old| old.key == entry.key && old.repr == entry.repr)
            })
            .map(|entry| entry.key.clone())
            .collect()
    }
}
