//! The only part of the screen that does anything: it owns the terminal, the session and the
//! threads, draws, and performs effects.

mod diagnosing;
mod editor_files;
mod external_editor;
mod handover;
mod lesson;
mod terminal;
mod threads;
mod worker;

use std::io::{self, Write as _};
use std::mem::{self, ManuallyDrop};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use tracing::{debug, trace};

use super::draw::draw;
use super::effect::Effect;
use super::message::Message;
use super::recording::messages as recording_messages;
use super::state::model::Model;
use super::state::session::Subject;
use super::theme::Theme;
use super::update::update;
use crate::diagnosis::Analyzer;
use crate::lesson::{Catalogue, Change, ProgressFile};
use crate::log;
use crate::ordinary_file;
use crate::python::Target;
use crate::recording::{self, Recording};
use crate::session::mailbox::{Inbox, Outbox, mailbox};
use crate::session::{Options, Session, resources};
use diagnosing::Waiting;
use editor_files::FileDraft;
use external_editor::{ExternalEditor, open_quietly};
use terminal::TerminalGuard;
use threads::Every;
use worker::Worker;

/// Bytes of a source that are shown.
const MAX_SOURCE: u64 = 1024 * 1024;

/// The shortest time between two frames. More could not be seen.
const FRAME_INTERVAL: Duration = Duration::from_millis(16);

/// How to show a session.
#[derive(Debug, Clone)]
pub struct Settings {
    pub options: Options,
    pub open: Open,
    /// Where the learner's copies of the lessons' apps lie.
    pub workspace: PathBuf,
    /// What the learner's progress is kept in, if it can be kept.
    pub progress: Option<ProgressFile>,
    /// Where what is not saved is kept, if it can be kept.
    pub state: Option<PathBuf>,
    /// Something to be said at first.
    pub notice: Option<String>,
    pub mouse: bool,
    pub theme: Theme,
}

/// What to open at first.
#[derive(Debug, Clone)]
pub enum Open {
    /// The list of lessons.
    List,
    /// The lesson at this place in the catalogue; at the step at this place, or where it was left.
    Lesson { lesson: usize, step: Option<usize> },
    /// An application of the user's own.
    App(Target),
    /// A recording, and the file it is in.
    Recording(Box<Recording>, PathBuf),
}

type Screen = Terminal<CrosstermBackend<io::Stdout>>;

/// Shows a session until the learner quits.
///
/// # Errors
/// When the terminal cannot be used, or the server cannot start; the terminal is given back first.
pub fn run(settings: Settings, catalogue: Catalogue) -> anyhow::Result<()> {
    // The session looks again; here the threads of the screen are not there yet, and nothing was
    // drawn.
    resources::check(settings.options.pool_size)?;
    let guard = TerminalGuard::enter(settings.mouse)
        .context("this terminal cannot be used; try --plain")?;
    terminal::restore_on_panic(settings.mouse);
    let result = Runtime::start(settings, catalogue).and_then(|mut runtime| runtime.serve());
    drop(guard);
    let result = match result {
        Err(_) if terminal::has_gone() => Ok(()),
        result => result,
    };
    // Said whatever happened, as long as somebody is there to hear it.
    let _ = writeln!(io::stdout(), "Goodbye.");
    result
}

/// An application of the user's own, with what is known of it before it runs.
fn opened(target: Target) -> Message {
    let file = target.file();
    let bytes = file
        .as_ref()
        .and_then(|file| ordinary_file::read(file).ok());
    Message::Opened {
        broken: false,
        subject: Subject::App(target),
        file,
        source: String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned(),
    }
}

struct Runtime {
    settings: Settings,
    /// Never dropped: its own drop shows the cursor, which the guard does already, and prints an
    /// error where it cannot. In a window that was closed printing it would panic.
    terminal: ManuallyDrop<Screen>,
    /// The next frame draws every cell: what stands on the terminal is not known.
    draws_all: bool,
    /// The shell has the terminal.
    suspended: bool,
    model: Model,
    session: Option<Session>,
    /// What finds mistakes, once it was asked for.
    analyzer: Option<Analyzer>,
    waiting: Waiting,
    inbox: Inbox<Message>,
    outbox: Outbox<Message>,
    highlight: Sender<String>,
    /// The same for the text that is edited, started with the first one.
    highlight_edited: Option<Sender<String>>,
    recorder: Worker<Vec<Change>>,
    drafts: Worker<FileDraft>,
    /// Lets the next key or mouse event be read.
    read_on: SyncSender<()>,
    /// The editor that has the terminal now.
    editor: Option<ExternalEditor>,
    /// The same, for the thread of the signals.
    editor_runs: Arc<AtomicBool>,
}

impl Runtime {
    fn start(settings: Settings, catalogue: Catalogue) -> anyhow::Result<Self> {
        let terminal = ManuallyDrop::new(Terminal::new(CrosstermBackend::new(io::stdout()))?);
        let size = terminal.size()?;
        let mut model = Model::new(catalogue, settings.theme, (size.width, size.height));
        if let Some(file) = &settings.progress {
            model.progress = file.progress().clone();
        }
        model.notice.clone_from(&settings.notice);
        let (outbox, inbox) = mailbox();
        let editor_runs = Arc::new(AtomicBool::new(false));
        let read_on = threads::read_events(outbox.clone())?;
        threads::listen_for_signals(outbox.clone(), Arc::clone(&editor_runs))?;
        let highlight = threads::start_highlighter(outbox.clone(), Every::Source)?;
        let drafts = editor_files::start_draft_keeper(settings.state.as_deref(), outbox.clone());
        let recorder = lesson::start_recorder(settings.progress.clone(), outbox.clone());
        Ok(Self {
            settings,
            terminal,
            draws_all: false,
            suspended: false,
            model,
            session: None,
            analyzer: None,
            waiting: Waiting::default(),
            inbox,
            outbox,
            highlight,
            highlight_edited: None,
            recorder,
            drafts,
            read_on,
            editor: None,
            editor_runs,
        })
    }

    fn serve(&mut self) -> anyhow::Result<()> {
        // The learner's file is read before the first frame; the server and Python start after it.
        let messages = match &self.settings.open {
            Open::List => Vec::new(),
            Open::Lesson { lesson, step } => {
                let message = self.prepare(*lesson)?;
                if let Some(change) = step.and_then(|step| self.model.catalogue.at(*lesson, step)) {
                    self.model.progress.apply(&change, "");
                }
                vec![message]
            }
            Open::App(target) => vec![opened(target.clone())],
            Open::Recording(recording, path) => recording_messages(&self.model, recording, path),
        };
        let effects: Vec<Effect> = messages
            .into_iter()
            .flat_map(|message| update(&mut self.model, message))
            .collect();
        self.draw()?;
        for effect in effects {
            self.perform(effect)?;
        }
        if !matches!(self.settings.open, Open::Recording(..)) {
            self.open_session()?;
        }
        loop {
            let drawn = Instant::now();
            let mut messages = self.inbox.recv();
            loop {
                for message in messages {
                    if self.take(message)? {
                        return Ok(());
                    }
                }
                if drawn.elapsed() >= FRAME_INTERVAL {
                    break;
                }
                messages = self.inbox.recv_until(drawn + FRAME_INTERVAL);
            }
            self.draw()?;
        }
    }

    /// Takes a message and performs its effects; whether the program is to end.
    fn take(&mut self, message: Message) -> anyhow::Result<bool> {
        let from_reader = matches!(
            message,
            Message::Key(_) | Message::Mouse(_) | Message::Paste(_)
        );
        trace!(kind = log::variant(&message), "message");
        match message {
            // While an editor has the terminal it is the editor's.
            Message::Resize(..) if self.editor.is_none() => self.draws_all = true,
            Message::Edited => self.take_back()?,
            Message::Diagnosed { .. } => self.diagnose_next(),
            Message::Continued if self.editor.is_none() => self.enter_again()?,
            _ => {}
        }
        for effect in update(&mut self.model, message) {
            if effect == Effect::Quit {
                debug!(kind = "Quit", "effect");
                if let Some(editor) = &mut self.editor {
                    editor.end();
                }
                return Ok(true);
            }
            self.perform(effect)?;
        }
        // While an editor runs the keys are its own.
        if from_reader && self.editor.is_none() {
            // The reader has ended only when the terminal has, and then a signal comes.
            let _ = self.read_on.send(());
        }
        Ok(false)
    }

    fn perform(&mut self, effect: Effect) -> anyhow::Result<()> {
        debug!(kind = log::variant(&effect), "effect");
        match effect {
            Effect::Open(place) => match self.prepare(place) {
                Ok(message) => {
                    let effects = update(&mut self.model, message);
                    for effect in effects {
                        self.perform(effect)?;
                    }
                    self.teach();
                }
                Err(error) => self.notice(&format!("{error:#}")),
            },
            Effect::Send(request) => {
                if let Some(session) = &self.session {
                    session.send(request);
                }
            }
            Effect::Diagnose(id) => self.diagnose(id),
            Effect::DiagnoseLoad => self.diagnose_load(),
            Effect::Resend(bytes) => {
                if let Some(session) = &self.session {
                    session.resend(bytes);
                }
            }
            Effect::EndAnswer(id) => {
                if let Some(session) = &self.session {
                    session.end_answer(id);
                }
            }
            Effect::Copy(bytes) => terminal::copy(&bytes)?,
            Effect::Save(recording) => self.save(&recording),
            Effect::Edit(file) => self.edit(&file)?,
            Effect::Browse(url) => self.browse(url),
            Effect::BeginEditing(file) => self.begin_editing(file),
            Effect::SaveText {
                file,
                text,
                base,
                over,
            } => self.save_text(&file, text, &base, over),
            Effect::KeepDraft { file, draft } => self.drafts.send((file, draft)),
            Effect::KeepText {
                file,
                text,
                leaves,
                quits,
            } => self.keep_text(&file, &text, leaves, quits),
            Effect::ReadAgain(file) => self.read_again(&file),
            Effect::Check { number, checks } => self.check(number, &checks),
            Effect::Ask { number, request } => self.ask(number, request),
            Effect::Break { mistake, lends } => self.break_on_purpose(mistake, lends),
            Effect::PutBack => self.put_back(),
            Effect::TakeOver(source) => self.take_over(&source),
            Effect::KeepPassed { step, source } => self.keep_passed(&step, &source),
            Effect::Record(changes) => self.recorder.send(changes),
            Effect::Read(file) => self.read(file),
            Effect::Highlight(source) => {
                // Without the thread the source stays plain.
                let _ = self.highlight.send(source);
            }
            Effect::HighlightEdited(text) => self.highlight_edited(text),
            Effect::LayOut {
                source,
                html,
                width,
            } => threads::lay_out(&self.outbox, source, html, width),
            Effect::Suspend { job } => self.suspend(job)?,
            Effect::Quit => {}
        }
        Ok(())
    }

    /// The learner's file of a lesson, and what stands in it.
    fn prepare(&self, place: usize) -> anyhow::Result<Message> {
        let lesson = self
            .model
            .catalogue
            .lessons
            .get(place)
            .context("there is no such lesson")?;
        let workspace = crate::lesson::Workspace::new(&self.settings.workspace);
        let file = workspace.open(lesson)?;
        let bytes = ordinary_file::read(&file).with_context(|| format!("{}", file.display()))?;
        Ok(Message::Opened {
            broken: workspace.is_broken(lesson),
            subject: Subject::Lesson(place),
            file: Some(file),
            source: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    fn open_session(&mut self) -> anyhow::Result<()> {
        let outbox = self.outbox.clone();
        let listener = move |event| {
            // The screen is closing when nobody listens any more.
            let _ = outbox.send(Message::Session(event));
        };
        let session = Session::open(&self.settings.options, Arc::new(listener))?;
        if let Some(port) = session.taken(self.settings.options.port) {
            self.notice(&format!(
                "Port {port} is taken; serving at {}",
                session.url()
            ));
        }
        if session.is_public() {
            self.notice(&format!("other machines can reach {}", session.url()));
        }
        self.session = Some(session);
        self.teach();
        Ok(())
    }

    /// Has the application of what is open run.
    fn teach(&self) {
        let (Some(session), Some(opened)) = (&self.session, &self.model.session.opened) else {
            return;
        };
        match (&opened.subject, self.model.lesson(), &opened.file) {
            (Subject::App(target), ..) => session.run(target.clone()),
            (Subject::Lesson(_), Some(lesson), Some(file)) => session.teach(lesson, file),
            (Subject::Lesson(_) | Subject::Recording(_), ..) => {}
        }
    }

    fn notice(&self, text: &str) {
        // The inbox lives as long as this.
        let _ = self.outbox.send(Message::Notice(text.to_owned()));
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.editor.is_some() || self.suspended {
            return Ok(());
        }
        execute!(io::stdout(), BeginSynchronizedUpdate)?;
        if mem::take(&mut self.draws_all) {
            let size = self.terminal.size()?;
            // Empties the screen, which nobody sees: the frame follows in the same update.
            self.terminal
                .resize(Rect::new(0, 0, size.width, size.height))?;
        }
        let model = &self.model;
        self.terminal.draw(|frame| draw(model, frame))?;
        execute!(io::stdout(), EndSynchronizedUpdate)
    }

    /// Reads a file of the project in the background; one that cannot be read is not shown.
    fn read(&self, file: PathBuf) {
        let outbox = self.outbox.clone();
        let work = move || {
            if let Ok(bytes) = ordinary_file::read_up_to(&file, MAX_SOURCE) {
                let _ = outbox.send(Message::FileRead {
                    file: file.to_string_lossy().into_owned(),
                    source: String::from_utf8_lossy(&bytes).into_owned(),
                });
            }
        };
        // Without a thread the application's own file stays on the screen.
        let _ = thread::Builder::new().name("read".into()).spawn(work);
    }

    /// Saves in the folder of the lessons, or in the current one.
    fn save(&self, recording: &Recording) {
        let current = Path::new(".");
        let folder = match recording.lesson {
            Some(_) => &self.settings.workspace,
            None => current,
        };
        match recording::save(recording, folder) {
            Ok(path) => self.notice(&format!("saved as {}", path.display())),
            Err(error) => self.notice(&format!("{error:#}")),
        }
    }

    fn browse(&self, url: String) {
        let outbox = self.outbox.clone();
        // Some openers wait for the browser.
        let spawned = thread::Builder::new().name("opener".into()).spawn(move || {
            let notice = match open_quietly(&url) {
                Ok(()) => format!("opened {url} in your browser"),
                Err(error) => format!("no browser could be opened ({error}); open {url} yourself"),
            };
            let _ = outbox.send(Message::Notice(notice));
        });
        if let Err(error) = spawned {
            self.notice(&format!("no browser could be opened: {error}"));
        }
    }
}
