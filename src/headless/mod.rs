//! The same session without a screen: told in sentences, or as JSON lines.

mod fold;
mod json;
mod lesson;
mod pace;
mod plain;

use std::collections::{HashSet, VecDeque};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::diagnosis::{Analyzer, Diagnosis, Sources};
use crate::exchange::{
    EventKind, Exchange, ExchangeId, History, NoRoom, Phase, Raised, visible_text,
};
use crate::lesson::{Lesson, Workspace};
use crate::python::{About, Code, Target};
use crate::recording::Recording;
use crate::session::mailbox::{Inbox, Outbox, Urgency, Urgent, mailbox};
use crate::session::{self, Options, Session, SessionEvent};
pub use lesson::{Settings as LessonSettings, has_commands, run as teach};

/// How long the program may take for its last words after a signal.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How long of it the exchanges that go on may take to be told.
const LAST_EXCHANGES: Duration = Duration::from_secs(1);

/// How often to look whether they are over.
const GLANCE: Duration = Duration::from_millis(20);

/// What is said when a diagnosis would have been too much work, once for each time the code is
/// loaded.
const UNFINISHED: &str =
    "some of this application's source could not be analysed; mistakes may have been missed";

/// How a session is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Readable sentences.
    Plain,
    /// One JSON object a line.
    Json,
}

/// What runs.
#[derive(Debug, Clone)]
pub enum Subject<'a> {
    /// A lesson, with the learner's files in this folder.
    Lesson(&'a Lesson, &'a Path),
    /// An application of one's own.
    App(Target),
}

/// What is told, once each.
enum News<'a> {
    Serving {
        url: &'a str,
        /// The path that the application is mounted at: `/shop`, or nothing.
        mount: &'a str,
        /// `None` for an application of one's own.
        lesson: Option<&'a Lesson>,
        /// Where it is: a file, or a module with its callable.
        app: &'a str,
        python: &'a About,
        /// The port that was asked for and is taken.
        taken: Option<u16>,
        /// Whether other machines can reach the server.
        public: bool,
    },
    Exchange(&'a Exchange, &'a [Diagnosis]),
    /// A request waits for its turn, behind these.
    Waiting {
        waits: &'a Exchange,
        behind: Vec<(ExchangeId, Option<&'a Exchange>)>,
    },
    Reloaded {
        code: &'a Code,
        raised: Option<&'a Raised>,
        /// The mistake because of which it could not be loaded.
        found: &'a [Diagnosis],
    },
    WorkerDied {
        reason: &'a str,
    },
    Trouble(&'a str),
    Stopped,
}

/// What wakes the teller.
enum Message {
    Session(SessionEvent),
    /// What a lesson with commands waits for.
    Lesson(lesson::Happened),
    Stop,
}

impl Urgent for Message {
    /// Nothing is told of an exchange before it has finished, but that it waits.
    fn urgency(&self) -> Urgency {
        match self {
            Self::Session(SessionEvent::Exchange(_, event)) => match event.kind {
                EventKind::Finished | EventKind::Waiting { .. } => Urgency::Soon,
                _ => Urgency::Whenever,
            },
            _ => Urgency::Soon,
        }
    }
}

/// Runs an application until a signal comes, or until nobody reads any more.
///
/// # Errors
/// When the server or Python cannot start; the error says what to do.
pub fn run(options: &Options, subject: &Subject<'_>, style: Style) -> anyhow::Result<()> {
    let (outbox, inbox) = mailbox();
    let session = open(options, outbox)?;
    let (lesson, app) = match subject {
        Subject::Lesson(lesson, workspace) => {
            let app = Workspace::new(workspace).open(lesson)?;
            session.teach(lesson, &app);
            (Some(*lesson), app.to_string_lossy().into_owned())
        }
        Subject::App(target) => {
            session.run(target.clone());
            (None, target.label())
        }
    };
    let mut teller = Teller::new(style, lesson, app, &session, options);
    let told = teller.tell_all(&inbox);
    session.close();
    let told = told.and_then(|rest| teller.tell_last(&inbox, rest));
    told.or_else(Ended::into)
}

/// Starts the session, and a thread that waits for a signal.
fn open(options: &Options, outbox: Outbox<Message>) -> anyhow::Result<Arc<Session>> {
    let signals = outbox.clone();
    let stop = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let pace = pace::Pace::new(outbox);
    let listener = Arc::new(move |event| pace.take(event));
    let session = Arc::new(Session::open(options, listener)?);
    let closing = Arc::downgrade(&session);
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || stop_at(stop, &signals, &closing))?;
    Ok(session)
}

/// Waits for a signal that asks for the end.
fn stop_at(mut signals: Signals, outbox: &Outbox<Message>, session: &Weak<Session>) {
    if signals.forever().next().is_none() {
        return;
    }
    // Nobody left to tell means that the program is ending already.
    let _ = outbox.send(Message::Stop);
    // Whoever reads may have stopped reading and not gone; then the last words are never written.
    std::thread::sleep(LAST_WORDS);
    if let Some(session) = session.upgrade() {
        session.abandon();
        std::process::exit(0);
    }
}

/// Tells what was recorded, as a live run would have told it.
///
/// # Errors
/// When it cannot be written.
pub fn show(recording: &Recording, style: Style) -> anyhow::Result<()> {
    let sources = recording.sources();
    let analyzer = Analyzer::start()?;
    for exchange in recording.exchanges() {
        let found = analyzer.diagnose(&exchange, &sources);
        let news = News::Exchange(&exchange, &found.diagnoses);
        let told = tell(style, &news, &sources).and_then(|()| {
            if found.unfinished {
                tell(style, &News::Trouble(UNFINISHED), &sources)
            } else {
                Ok(())
            }
        });
        match told.map_err(Ended::from) {
            Ok(()) => {}
            Err(ended) => return ended.into(),
        }
    }
    Ok(())
}

/// Whether nobody reads what is written any more: a pipe or a terminal that was closed.
pub fn is_unread(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
        || error.raw_os_error() == Some(Errno::IO.raw_os_error())
}

/// Says that something could not be written for another reason.
pub fn unwritten(error: &io::Error) -> String {
    format!("the output cannot be written: {error}")
}

/// Why telling ended early.
enum Ended {
    Unread,
    Failed(String),
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        if is_unread(&error) {
            Self::Unread
        } else {
            Self::Failed(unwritten(&error))
        }
    }
}

impl From<Ended> for anyhow::Result<()> {
    fn from(ended: Ended) -> Self {
        match ended {
            // A reader that has gone, as in `| head`, is a normal end.
            Ended::Unread => Ok(()),
            Ended::Failed(reason) => Err(anyhow::anyhow!(reason)),
        }
    }
}

struct Teller<'a> {
    style: Style,
    lesson: Option<&'a Lesson>,
    app: String,
    taken: Option<u16>,
    public: bool,
    url: String,
    mount: String,
    python: Option<About>,
    /// The files of the application, as it was loaded last.
    sources: Sources,
    analyzer: Analyzer,
    /// Whether it was said that a diagnosis is not complete.
    said_unfinished: bool,
    /// Exchanges that are not finished.
    open: History,
    /// Those of them that are told in short.
    abridged: HashSet<ExchangeId>,
}

impl<'a> Teller<'a> {
    fn new(
        style: Style,
        lesson: Option<&'a Lesson>,
        app: String,
        session: &Session,
        options: &Options,
    ) -> Self {
        Self {
            style,
            lesson,
            app,
            taken: session.taken(options.port),
            public: session.is_public(),
            url: String::new(),
            mount: String::new(),
            python: None,
            sources: Sources::default(),
            analyzer: session.analyzer().clone(),
            said_unfinished: false,
            open: History::default(),
            abridged: HashSet::new(),
        }
    }

    /// Tells what comes until a signal does; gives what came after that.
    fn tell_all(&mut self, inbox: &Inbox<Message>) -> Result<VecDeque<Message>, Ended> {
        loop {
            let mut messages = inbox.recv();
            while let Some(message) = messages.pop_front() {
                match message {
                    Message::Session(event) => self.take(event)?,
                    // There are no commands here.
                    Message::Lesson(_) => {}
                    Message::Stop => return Ok(messages),
                }
            }
        }
    }

    /// Tells the exchanges whose requests were read before the workers were ended. What else
    /// happens then is our own doing.
    fn tell_last(
        &mut self,
        inbox: &Inbox<Message>,
        mut messages: VecDeque<Message>,
    ) -> Result<(), Ended> {
        let deadline = Instant::now() + LAST_EXCHANGES;
        loop {
            for message in messages {
                if let Message::Session(event @ SessionEvent::Exchange(..)) = message {
                    self.take(event)?;
                }
            }
            let open = (0..self.open.len()).filter_map(|place| self.open.at(place));
            let open = open.filter(|exchange| exchange.now().phase >= Phase::Read);
            let open: Vec<ExchangeId> = open.map(|exchange| exchange.id).collect();
            if open.is_empty() || Instant::now() >= deadline {
                // Some clients take longer to read what they were sent.
                for id in open {
                    self.tell_exchange(id)?;
                }
                return Ok(self.tell(&News::Stopped)?);
            }
            messages = inbox.recv_until(deadline.min(Instant::now() + GLANCE));
        }
    }

    fn take(&mut self, event: SessionEvent) -> Result<(), Ended> {
        match event {
            SessionEvent::Serving { url, mount, .. } => (self.url, self.mount) = (url, mount),
            SessionEvent::Python(about) => {
                self.tell(&News::Serving {
                    url: &self.url,
                    mount: &self.mount,
                    lesson: self.lesson,
                    app: &self.app,
                    python: &about,
                    taken: self.taken,
                    public: self.public,
                })?;
                self.python = Some(about);
            }
            SessionEvent::Exchange(id, event) => {
                let finished = event.kind == EventKind::Finished;
                let waits = matches!(event.kind, EventKind::Waiting { .. });
                for no_room in self.open.record_or_abridge(id, event) {
                    self.tell_no_room(no_room)?;
                }
                if waits {
                    self.tell_waiting(id)?;
                }
                if finished {
                    self.tell_exchange(id)?;
                }
            }
            SessionEvent::Loaded(code) => {
                self.said_unfinished = false;
                self.sources = session::sources(&code);
                self.tell(&News::Reloaded {
                    code: &code,
                    raised: None,
                    found: &[],
                })?;
            }
            SessionEvent::LoadFailed(code, raised) => {
                self.sources = session::sources(&code);
                self.tell(&News::Reloaded {
                    code: &code,
                    raised: Some(&raised),
                    found: &self
                        .analyzer
                        .diagnose_load(&raised, &self.sources)
                        .diagnoses,
                })?;
            }
            SessionEvent::WorkerDied { reason } if self.python.is_none() => {
                return Err(Ended::Failed(reason));
            }
            SessionEvent::WorkerDied { reason } => {
                self.tell(&News::WorkerDied { reason: &reason })?;
            }
            SessionEvent::Trouble(trouble) => self.tell(&News::Trouble(&trouble))?,
        }
        Ok(())
    }

    fn tell_exchange(&mut self, id: ExchangeId) -> io::Result<()> {
        let Some(exchange) = self.open.take(id) else {
            return Ok(());
        };
        if self.abridged.remove(&id) {
            // What is missing would look like mistakes.
            return self.tell(&News::Exchange(&exchange, &[]));
        }
        let found = self.analyzer.diagnose(&exchange, &self.sources);
        self.tell(&News::Exchange(&exchange, &found.diagnoses))?;
        if found.unfinished && !std::mem::replace(&mut self.said_unfinished, true) {
            self.tell(&News::Trouble(UNFINISHED))?;
        }
        Ok(())
    }

    /// Says that memory must stay within bounds.
    fn tell_no_room(&mut self, no_room: NoRoom) -> io::Result<()> {
        const WHY: &str = "the unfinished ones hold too much";
        let told = match no_room {
            NoRoom::Abridged(id) if !self.abridged.insert(id) => return Ok(()),
            NoRoom::Abridged(id) => {
                format!("exchange {id} is shown without bytes, lines and diagnoses: {WHY}")
            }
            NoRoom::Forgotten(id) => {
                self.abridged.remove(&id);
                format!("exchange {id} is not shown: {WHY}")
            }
        };
        self.tell(&News::Trouble(&told))
    }

    fn tell_waiting(&self, id: ExchangeId) -> io::Result<()> {
        let Some(waits) = self.open.get(id) else {
            return Ok(());
        };
        let behind = waits.now().behind.iter();
        let behind = behind.map(|id| (*id, self.open.get(*id))).collect();
        self.tell(&News::Waiting { waits, behind })
    }

    fn tell(&self, news: &News<'_>) -> io::Result<()> {
        tell(self.style, news, &self.sources)
    }
}

fn tell(style: Style, news: &News<'_>, sources: &Sources) -> io::Result<()> {
    write(&match style {
        Style::Plain => visible_text(&plain::tell(news, sources)),
        Style::Json => json::tell(news),
    })
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
