//! The only part of the screen that does anything: it owns the terminal, the session and the
//! threads, draws, and performs effects.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::{Backend as _, CrosstermBackend};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::highlight::Highlighter;
use super::message::{Effect, Message};
use super::model::Model;
use super::theme::Theme;
use super::update::update;
use super::view::view;
use crate::lesson::Catalogue;
use crate::session::{Options, Session};

/// The shortest time between two frames. More could not be seen.
const FRAME: Duration = Duration::from_millis(16);

/// How to show a session.
#[derive(Debug, Clone)]
pub struct Settings {
    pub options: Options,
    /// The lesson to open, by its place in the catalogue; `None` shows the list.
    pub lesson: Option<usize>,
    pub mouse: bool,
    pub theme: Theme,
}

type Screen = Terminal<CrosstermBackend<io::Stdout>>;

/// Shows a session until the learner quits.
///
/// # Errors
/// When the terminal cannot be used, or the server cannot start; the terminal is given back first.
pub fn run(settings: Settings, catalogue: Catalogue) -> anyhow::Result<()> {
    let guard = TerminalGuard::enter(settings.mouse)
        .context("this terminal cannot be used; try --plain")?;
    restore_on_panic(settings.mouse);
    let result = Runtime::start(settings, catalogue).and_then(|mut runtime| runtime.serve());
    drop(guard);
    // Said whatever happened, as long as somebody is there to hear it.
    let _ = writeln!(io::stdout(), "Goodbye.");
    result
}

struct Runtime {
    settings: Settings,
    terminal: Screen,
    model: Model,
    session: Option<Session>,
    inbox: Receiver<Message>,
    outbox: Sender<Message>,
    highlight: Sender<String>,
    /// Lets the next key or mouse event be read.
    read_on: SyncSender<()>,
    editing: Arc<AtomicBool>,
}

impl Runtime {
    fn start(settings: Settings, catalogue: Catalogue) -> anyhow::Result<Self> {
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        let size = terminal.size()?;
        let model = Model::new(catalogue, settings.theme, (size.width, size.height));
        let (outbox, inbox) = channel();
        let editing = Arc::new(AtomicBool::new(false));
        let read_on = read_events(outbox.clone())?;
        listen_for_signals(outbox.clone(), Arc::clone(&editing))?;
        let highlight = start_highlighter(outbox.clone())?;
        Ok(Self {
            settings,
            terminal,
            model,
            session: None,
            inbox,
            outbox,
            highlight,
            read_on,
            editing,
        })
    }

    fn serve(&mut self) -> anyhow::Result<()> {
        // The learner's file is read before the first frame; the server and Python start after it.
        let opened = self.settings.lesson.map(|place| self.prepare(place));
        if let Some(message) = opened.transpose()? {
            update(&mut self.model, message);
        }
        self.draw()?;
        self.open_session()?;
        loop {
            let drawn = Instant::now();
            let Ok(first) = self.inbox.recv() else {
                return Ok(());
            };
            if self.take(first)? {
                return Ok(());
            }
            loop {
                let left = FRAME.saturating_sub(drawn.elapsed());
                match self.inbox.recv_timeout(left) {
                    Ok(message) => {
                        if self.take(message)? {
                            return Ok(());
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
                if drawn.elapsed() >= FRAME {
                    break;
                }
            }
            self.draw()?;
        }
    }

    /// Takes a message and performs its effects; whether the program is to end.
    fn take(&mut self, message: Message) -> anyhow::Result<bool> {
        let from_reader = matches!(
            message,
            Message::Key(_) | Message::Mouse(_) | Message::Paste(_) | Message::Resize(..)
        );
        for effect in update(&mut self.model, message) {
            if effect == Effect::Quit {
                return Ok(true);
            }
            self.perform(effect)?;
        }
        if from_reader {
            // The reader has ended only when the terminal has, and then a signal comes.
            let _ = self.read_on.send(());
        }
        Ok(false)
    }

    fn perform(&mut self, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::Open(place) => match self.prepare(place) {
                Ok(message) => {
                    let effects = update(&mut self.model, message);
                    for effect in effects {
                        self.perform(effect)?;
                    }
                    self.teach(place);
                }
                Err(error) => self.notice(&format!("{error:#}")),
            },
            Effect::Send(request) => {
                if let Some(session) = &self.session {
                    session.send(request);
                }
            }
            Effect::Edit(file) => {
                let edited = self.edit(&file)?;
                if let Err(error) = edited {
                    self.notice(&format!("{error:#}"));
                }
            }
            Effect::Browse(url) => self.browse(url),
            Effect::Highlight(source) => {
                // Without the thread the source stays plain.
                let _ = self.highlight.send(source);
            }
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
        let workspace = crate::lesson::Workspace::new(&self.settings.options.workspace);
        let app = workspace.open(lesson)?;
        let bytes = std::fs::read(&app).with_context(|| format!("{}", app.display()))?;
        Ok(Message::Opened {
            lesson: place,
            app,
            source: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    fn open_session(&mut self) -> anyhow::Result<()> {
        let outbox = Mutex::new(self.outbox.clone());
        let listener = move |report| {
            if let Ok(outbox) = outbox.lock() {
                // The screen is closing when nobody listens any more.
                let _ = outbox.send(Message::Report(report));
            }
        };
        let session = Session::open(&self.settings.options, Arc::new(listener))?;
        if let Some(port) = session.taken(self.settings.options.port) {
            self.notice(&format!(
                "Port {port} is taken; serving at {}",
                session.url()
            ));
        }
        self.session = Some(session);
        if let Some(opened) = &self.model.lesson {
            let source = opened.source.clone();
            let place = opened.place;
            self.perform(Effect::Highlight(source))?;
            self.teach(place);
        }
        Ok(())
    }

    fn teach(&self, place: usize) {
        let lesson = self.model.catalogue.lessons.get(place);
        if let (Some(session), Some(lesson)) = (&self.session, lesson)
            && let Err(error) = session.teach(lesson)
        {
            self.notice(&format!("{error:#}"));
        }
    }

    fn notice(&self, text: &str) {
        // The inbox lives as long as this.
        let _ = self.outbox.send(Message::Notice(text.to_owned()));
    }

    fn draw(&mut self) -> io::Result<()> {
        execute!(io::stdout(), BeginSynchronizedUpdate)?;
        let model = &self.model;
        self.terminal.draw(|frame| view(model, frame))?;
        execute!(io::stdout(), EndSynchronizedUpdate)
    }

    /// Gives the terminal to the learner's editor and takes it back. The outer error is the
    /// terminal's, the inner one the editor's.
    fn edit(&mut self, file: &Path) -> io::Result<anyhow::Result<()>> {
        let guard = self.settings.mouse;
        self.editing.store(true, Ordering::Release);
        leave(guard);
        let edited = run_editor(file);
        enter(guard)?;
        self.editing.store(false, Ordering::Release);
        // What the editor left is not known; a terminal made anew draws every cell.
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        self.terminal.backend_mut().clear()?;
        Ok(edited)
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

fn open_quietly(url: &str) -> io::Result<()> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for mut command in open::commands(url) {
        // What an opener says would be written over the screen.
        let status = command
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status();
        match status {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => last = io::Error::other(status.to_string()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Runs `$VISUAL`, `$EDITOR` or `vi` on a file and waits for its end.
fn run_editor(file: &Path) -> anyhow::Result<()> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .unwrap_or_else(|| "vi".to_owned());
    let hint = || {
        format!(
            "the editor '{editor}' did not work; set EDITOR to another one, or edit {} in a window of its own",
            file.display()
        )
    };
    let words = shell_words::split(&editor).with_context(hint)?;
    let (program, arguments) = words.split_first().with_context(hint)?;
    let status = Command::new(program)
        .args(arguments)
        .arg(file)
        .status()
        .with_context(hint)?;
    anyhow::ensure!(status.success(), hint());
    Ok(())
}

/// Reads keys, one at a time: the next one only after the last was taken, so that nothing is read
/// from the terminal while an editor has it.
fn read_events(outbox: Sender<Message>) -> io::Result<SyncSender<()>> {
    let (read_on, wait) = sync_channel(1);
    thread::Builder::new().name("keys".into()).spawn(move || {
        loop {
            let message = match event::read() {
                Ok(event::Event::Key(key)) => Message::Key(key),
                Ok(event::Event::Mouse(mouse)) => Message::Mouse(mouse),
                Ok(event::Event::Paste(text)) => Message::Paste(text),
                Ok(event::Event::Resize(columns, rows)) => Message::Resize(columns, rows),
                Ok(_) => continue,
                // The terminal has gone.
                Err(_) => Message::Quit,
            };
            if outbox.send(message).is_err() || wait.recv().is_err() {
                return;
            }
        }
    })?;
    Ok(read_on)
}

fn listen_for_signals(outbox: Sender<Message>, editing: Arc<AtomicBool>) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                // Ctrl-C while an editor runs is the editor's.
                let editors = signal == SIGINT && editing.load(Ordering::Acquire);
                if !editors && outbox.send(Message::Quit).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

fn start_highlighter(outbox: Sender<Message>) -> io::Result<Sender<String>> {
    let (orders, incoming) = channel::<String>();
    thread::Builder::new()
        .name("highlight".into())
        .spawn(move || {
            let highlighter = Highlighter::new();
            for source in incoming {
                let tokens = highlighter.tokens(&source);
                if outbox
                    .send(Message::Highlighted { source, tokens })
                    .is_err()
                {
                    return;
                }
            }
        })?;
    Ok(orders)
}

/// Gives the terminal back when dropped.
struct TerminalGuard {
    mouse: bool,
}

impl TerminalGuard {
    fn enter(mouse: bool) -> io::Result<Self> {
        let guard = Self { mouse };
        enter(mouse)?;
        Ok(guard)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        leave(self.mouse);
    }
}

fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// A terminal that has gone cannot be given back, and needs not be.
fn leave(mouse: bool) {
    if mouse {
        let _ = execute!(io::stdout(), DisableMouseCapture);
    }
    let _ = execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        crossterm::cursor::Show
    );
    let _ = disable_raw_mode();
}

/// A bug in any thread ends the program, with the terminal given back and the bug named.
fn restore_on_panic(mouse: bool) {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        leave(mouse);
        report(panic);
        let _ = writeln!(
            io::stderr(),
            "This is a bug in wsgi-tutor; please report it with the lines above.\nGoodbye."
        );
        std::process::exit(101);
    }));
}
