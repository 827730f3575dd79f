//! Everything the screen shows. Changed by `update` alone.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use super::choice::Choice;
use super::course::Course;
use super::editor::{EditorState, Leaving};
use super::form::Form;
use super::page::{self, Pages};
use super::playback::Playback;
use super::recording::RecordingInfo;
use crate::browser::Request;
use crate::diagnosis::{Diagnosis, Sources};
use crate::exchange::{Exchange, ExchangeId, History, Moment, Raised, Traceback};
use crate::lesson::{Catalogue, Lesson, Progress};
use crate::python::{About, Target};
use crate::tui::highlight::Tokens;
use crate::tui::theme::Theme;

/// The whole state of the screen.
#[derive(Debug, Clone)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub theme: Theme,
    pub catalogue: Catalogue,
    pub screen: Screen,
    pub opened: Option<Opened>,
    pub server: Server,
    pub history: History,
    /// The mistakes of each finished exchange in the history that has some.
    pub found: BTreeMap<ExchangeId, Vec<Diagnosis>>,
    /// Whether it was said that not all mistakes may have been found.
    pub said_unfinished: bool,
    /// The exchange that is shown; `None` follows the latest.
    pub chosen: Option<ExchangeId>,
    /// The position in its events that is shown; `None` follows what happens.
    pub playback: Option<Playback>,
    pub focus: Pane,
    /// Which of the two panes of the upper half is shown when there is room for one.
    pub upper: Pane,
    /// Which of requests and timeline is shown where there is room for one.
    pub lower: Pane,
    pub zoomed: bool,
    /// Lines scrolled in each pane.
    pub scroll: Scroll,
    /// The selected row of environ.
    pub environ_row: usize,
    /// The groups of environ whose keys are not shown.
    pub folded: HashSet<&'static str>,
    /// How the response is to be shown, where it can be.
    pub body: BodyView,
    pub pages: Pages,
    /// The exchange another one is to be compared with.
    pub marked: Option<ExchangeId>,
    pub overlay: Option<Overlay>,
    /// Something the learner should read, until the next key.
    pub notice: Option<String>,
    /// How far the learner has come, over all lessons.
    pub progress: Progress,
    /// The application's file, while it is edited here.
    pub editing: Option<EditorState>,
    /// What follows once the text is saved.
    pub leaving: Option<Leaving>,
}

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list of lessons, and which one is selected.
    Lessons(usize),
    /// What is open.
    Opened,
}

/// What the screen shows at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The lesson at this place in the catalogue.
    Lesson(usize),
    /// An application of the user's own.
    App(Target),
    /// What was saved in a file; nothing runs.
    Recording(RecordingInfo),
}

/// An open lesson, or an application of the user's own.
#[derive(Debug, Clone)]
pub struct Opened {
    pub subject: Subject,
    /// The file the application is in; unknown for a module nobody has found yet.
    pub file: Option<PathBuf>,
    /// What stands in the file, as far as it is known.
    pub source: String,
    /// The colours of `source`, once they are ready.
    pub tokens: Option<Tokens>,
    /// The application's files as they were loaded, for what is said of its mistakes.
    pub sources: Sources,
    pub loaded: Load,
    /// The mistake because of which it could not be loaded.
    pub unloaded: Vec<Diagnosis>,
    /// What the file printed while it was loaded.
    pub printed: String,
    /// The learner's place in the lesson, where one is open.
    pub course: Option<Course>,
    /// What was last sent with the form.
    pub sent: Option<Request>,
    /// Other files of the project that a step or an error led to, by their paths; nothing yet where
    /// one was only asked for.
    pub others: BTreeMap<String, Option<OtherFile>>,
}

/// A file of the project other than the application's own.
#[derive(Debug, Clone)]
pub struct OtherFile {
    pub source: String,
    pub tokens: Option<Tokens>,
}

impl Opened {
    /// The place of the lesson in the catalogue, if it is one.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        match self.subject {
            Subject::Lesson(place) => Some(place),
            Subject::App(_) | Subject::Recording(_) => None,
        }
    }

    /// The application of the user's own, if it is one.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match &self.subject {
            Subject::Lesson(_) | Subject::Recording(_) => None,
            Subject::App(target) => Some(target),
        }
    }

    /// The recording, if it is one.
    #[must_use]
    pub fn recording(&self) -> Option<&RecordingInfo> {
        match &self.subject {
            Subject::Lesson(_) | Subject::App(_) => None,
            Subject::Recording(shown) => Some(shown),
        }
    }
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
    /// Whether other machines can reach it.
    pub public: bool,
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
    Timeline,
}

impl Pane {
    pub const ALL: [Self; 6] = [
        Self::Lesson,
        Self::Source,
        Self::Environ,
        Self::Response,
        Self::Requests,
        Self::Timeline,
    ];

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Source => "source",
            Self::Environ => "environ",
            Self::Response => "response",
            Self::Requests => "requests",
            Self::Timeline => "timeline",
        }
    }
}

/// Lines scrolled, for each pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll([usize; 6]);

impl Scroll {
    #[must_use]
    pub fn of(&self, pane: Pane) -> usize {
        self.0[pane as usize]
    }

    pub fn set(&mut self, pane: Pane, lines: usize) {
        self.0[pane as usize] = lines;
    }
}

/// How a response is shown, in the order the key goes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyView {
    /// Status, headers, and the body as text.
    Text,
    /// The body as a browser would show it.
    Page,
    /// The body's bytes.
    Hex,
    /// All bytes of the exchange, in both directions.
    Wire,
}

impl BodyView {
    /// What the pane is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Text => "response",
            Self::Page => "response: page",
            Self::Hex => "response: hex",
            Self::Wire => "response: wire",
        }
    }
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
    #[must_use]
    pub fn new(catalogue: Catalogue, theme: Theme, size: (u16, u16)) -> Self {
        Self {
            size,
            theme,
            catalogue,
            screen: Screen::Lessons(0),
            opened: None,
            server: Server::default(),
            history: History::default(),
            found: BTreeMap::new(),
            said_unfinished: false,
            chosen: None,
            playback: None,
            focus: Pane::Lesson,
            upper: Pane::Lesson,
            lower: Pane::Requests,
            zoomed: false,
            scroll: Scroll::default(),
            environ_row: 0,
            folded: HashSet::new(),
            body: BodyView::Text,
            pages: Pages::default(),
            marked: None,
            overlay: None,
            notice: None,
            progress: Progress::default(),
            editing: None,
            leaving: None,
        }
    }

    /// The open lesson's text and suggestions.
    #[must_use]
    pub fn teaching(&self) -> Option<&Lesson> {
        let opened = self.opened.as_ref()?;
        let recorded = || opened.recording()?.lesson;
        let place = opened.place().or_else(recorded)?;
        self.catalogue.lessons.get(place)
    }

    /// The learner's place in the lesson that is open.
    #[must_use]
    pub fn course(&self) -> Option<&Course> {
        self.opened.as_ref()?.course.as_ref()
    }

    /// What the open lesson is called in the learner's progress.
    #[must_use]
    pub fn lesson_key(&self) -> Option<String> {
        let place = self.opened.as_ref()?.place()?;
        let lesson = self.catalogue.lessons.get(place)?;
        Some(self.catalogue.key(lesson))
    }

    /// Whether the step that is open was done once.
    #[must_use]
    pub fn is_step_done(&self) -> bool {
        let Some(course) = self.course() else {
            return false;
        };
        let step = self.teaching().and_then(|lesson| course.step_of(lesson));
        let key = self.lesson_key();
        step.zip(key)
            .is_some_and(|(step, key)| self.progress.is_done(&key, &step.id))
    }

    /// The recording that is shown.
    #[must_use]
    pub fn recording(&self) -> Option<&RecordingInfo> {
        self.opened.as_ref()?.recording()
    }

    /// The application of the user's own that is open.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        self.opened.as_ref()?.target()
    }

    /// The panes there are: an application of one's own has no lesson's text.
    #[must_use]
    pub fn panes(&self) -> &'static [Pane] {
        match self.teaching() {
            None if self.opened.is_some() => &Pane::ALL[1..],
            _ => &Pane::ALL,
        }
    }

    /// The pane so many places after the one with the focus, around the end.
    #[must_use]
    pub fn pane_after(&self, by: usize) -> Pane {
        let panes = self.panes();
        let at = panes.iter().position(|&pane| pane == self.focus);
        panes[(at.unwrap_or(0) + by) % panes.len()]
    }

    /// The exchange that is shown.
    #[must_use]
    pub fn exchange(&self) -> Option<&Exchange> {
        match self.chosen {
            Some(id) => self.history.get(id).or_else(|| self.history.latest()),
            None => self.history.latest(),
        }
    }

    /// The mistakes of the exchange that is shown; what it comes to is known at its end.
    #[must_use]
    pub fn mistakes(&self) -> &[Diagnosis] {
        if self.exchange().is_none() {
            return self.unloaded();
        }
        let shown = self.exchange().filter(|_| self.is_now());
        let found = shown.and_then(|exchange| self.found.get(&exchange.id));
        found.map_or(&[], Vec::as_slice)
    }

    /// The mistake because of which the file cannot be loaded.
    #[must_use]
    pub fn unloaded(&self) -> &[Diagnosis] {
        let opened = self.opened.as_ref();
        opened.map_or(&[], |opened| opened.unloaded.as_slice())
    }

    /// The exception of the moment that is shown, or before the first request that of loading.
    #[must_use]
    pub fn raised(&self) -> Option<&Raised> {
        if self.exchange().is_some() {
            return self.moment().error.as_deref();
        }
        match &self.opened.as_ref()?.loaded {
            Load::Failed(raised) => Some(raised),
            Load::Pending | Load::Ready(_) => None,
        }
    }

    /// The traceback of that exception, or one that a framework wrote into the log.
    #[must_use]
    pub fn traceback(&self) -> Option<&str> {
        if let Some(raised) = self.raised() {
            // Without a frame it says no more than the message: the server itself raised it.
            return raised.has_frames().then_some(raised.traceback.as_str());
        }
        self.exchange()?;
        let moment = self.moment();
        let logs = [&moment.logged, &moment.printed];
        logs.into_iter()
            .find_map(|log| log.get(log.find(Traceback::BEGINNING)?..))
    }

    /// What is true at the moment of the exchange that is shown; nothing yet when there is none.
    #[must_use]
    pub fn moment(&self) -> &Moment {
        static NOTHING: LazyLock<Moment> = LazyLock::new(Moment::default);
        match &self.playback {
            Some(playback) => &playback.moment,
            None => self.exchange().map_or(&NOTHING, Exchange::now),
        }
    }

    /// How the response is shown: as it was asked for, or as text where that says nothing.
    #[must_use]
    pub fn body_view(&self) -> BodyView {
        if self.can_show(self.body) {
            self.body
        } else {
            BodyView::Text
        }
    }

    /// The next way to show the response.
    #[must_use]
    pub fn next_view(&self) -> BodyView {
        let ways = match self.body_view() {
            BodyView::Text => &[BodyView::Page, BodyView::Hex, BodyView::Wire][..],
            BodyView::Page => &[BodyView::Hex, BodyView::Wire],
            BodyView::Hex => &[BodyView::Wire],
            BodyView::Wire => &[],
        };
        let next = ways.iter().find(|&&way| self.can_show(way));
        next.copied().unwrap_or(BodyView::Text)
    }

    fn can_show(&self, view: BodyView) -> bool {
        let moment = self.moment();
        match view {
            BodyView::Text => true,
            BodyView::Page => moment.refused.is_none() && page::is_page(moment),
            BodyView::Hex => moment.refused.is_none() && moment.body.length > 0,
            BodyView::Wire => self.exchange().is_some(),
        }
    }

    /// Whether what is shown is all that has happened so far.
    #[must_use]
    pub fn is_now(&self) -> bool {
        self.playback.is_none()
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
