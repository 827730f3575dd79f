//! One run of the tutor: a gateway, the workers behind it, a watch on the project, and one
//! stream of reports about all of them. The server stays the same from lesson to lesson, so that a
//! browser's open connection keeps working.
//!
//! It knows no screen.

mod bridge;
mod examine;
pub mod mailbox;
mod private;
pub mod resources;
mod watch;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use parking_lot::Mutex;

use crate::browser::{self, Probe, Request};
use crate::diagnosis::{Analyzer, Sources};
use crate::exchange::{Event, Exchange, ExchangeId, Raised};
use crate::gateway::{Application, Deadlines, Gateway, Mount};
use crate::lesson::Lesson;
use crate::python::{
    About, App, Code, DEFAULT_TIMEOUT, EngineChoice, PoolSize, Reason, Supervisor, SupervisorEvent,
    Target,
};

pub use examine::ExamineError;
pub use private::PrivateFolder;

/// Who is told what happens, from any thread.
pub type Listener = Arc<dyn Fn(SessionEvent) + Send + Sync>;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    pub host: String,
    /// 0: any free one.
    pub port: u16,
    /// The Python that runs the application.
    pub python: EngineChoice,
    /// How many may call the application at once.
    pub pool_size: PoolSize,
    /// Whether the lines of the application are recorded as they run.
    pub trace: bool,
    /// How long the application may keep control.
    pub timeout: Duration,
    /// The path that the application is mounted at.
    pub mount: Mount,
}

/// On this machine alone, at any port.
impl Default for Options {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.to_string(),
            port: 0,
            python: EngineChoice::default(),
            pool_size: PoolSize::default(),
            trace: true,
            timeout: DEFAULT_TIMEOUT,
            mount: Mount::default(),
        }
    }
}

/// What a face is told while a session runs.
#[derive(Debug, Clone)]
pub enum SessionEvent {
    /// The server listens at this address: `http://127.0.0.1:8080`.
    Serving {
        url: String,
        /// The path that the application is mounted at: `/shop`, or nothing.
        mount: String,
        /// Whether other machines can reach it.
        public: bool,
    },
    /// A Python runs.
    Python(About),
    /// The application was loaded, at first or anew.
    Loaded(Code),
    /// The application could not be loaded.
    LoadFailed(Code, Box<Raised>),
    /// The Python process ended.
    WorkerDied { reason: String },
    /// Something happened in an exchange.
    Exchange(ExchangeId, Event),
    /// The tutor's own request got no answer, or a file could not be watched.
    Trouble(String),
}

/// A running session. Dropping it ends the worker and removes the private folder.
pub struct Session {
    address: SocketAddr,
    url: String,
    public: bool,
    supervisor: Supervisor,
    watcher: Mutex<Option<watch::Watcher>>,
    examiner: Arc<examine::Examiner>,
    analyzer: Analyzer,
    gateway: Gateway,
    listener: Listener,
    folder: PrivateFolder,
    timeout: Duration,
}

impl Session {
    /// Starts the server and, in the background, Python.
    ///
    /// # Errors
    /// When the system gives too little of something, no port is free or no private folder can be
    /// made; the error says what to do.
    pub fn open(options: &Options, listener: Listener) -> anyhow::Result<Self> {
        resources::check(options.pool_size)?;
        let folder = PrivateFolder::make()?;
        let program = std::env::current_exe().context("this program's own file was not found")?;
        let notices = Arc::clone(&listener);
        let known = bridge::Known::default();
        let learns = Arc::clone(&known);
        let reason = options.python.reason.clone();
        let supervisor = Supervisor::start(
            program,
            options.python.engine.clone(),
            options.pool_size,
            options.trace,
            options.timeout,
            folder.path().to_owned(),
            move |event| {
                if let SupervisorEvent::Loaded(code) | SupervisorEvent::LoadFailed(code, _) = &event
                {
                    *learns.lock() = sources(code);
                }
                notices(session_event(event, reason.as_ref()));
            },
        )
        .with_context(|| {
            let folder = folder.path().display();
            format!("the files Python needs cannot be created in {folder}")
        })?;
        let analyzer = Analyzer::start().context("the system allows no more threads")?;
        let bridge = bridge::Bridge::new(
            supervisor.clone(),
            options.pool_size,
            known,
            analyzer.clone(),
        );
        let application: Arc<dyn Application> = Arc::new(bridge);
        let events = Arc::clone(&listener);
        let examiner = Arc::new(examine::Examiner::new(options.timeout));
        let hears = Arc::clone(&examiner);
        let gateway = Gateway::open(
            &options.host,
            options.port,
            folder.path(),
            &application,
            Deadlines::default(),
            options.mount.clone(),
            Arc::new(move |id, event| {
                hears.hear(id, &event);
                events(SessionEvent::Exchange(id, event));
            }),
        )
        .with_context(|| {
            format!(
                "the server cannot listen on {} port {}; choose another with --host or --port",
                options.host, options.port
            )
        })?;
        let address = reachable(gateway.address());
        let url = format!("http://{address}");
        let public = !gateway.address().ip().is_loopback();
        let serving = url.clone();
        listener(SessionEvent::Serving {
            url: serving,
            mount: options.mount.as_str().to_owned(),
            public,
        });
        // Nobody waits for it, and the next tutor may do it as well.
        let _ = thread::Builder::new()
            .name("tidy".into())
            .spawn(private::tidy);
        Ok(Self {
            address,
            url,
            public,
            supervisor,
            watcher: Mutex::new(None),
            examiner,
            analyzer,
            gateway,
            listener,
            folder,
            timeout: options.timeout,
        })
    }

    /// The address it serves at: `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What finds the mistakes in exchanges, on a thread of its own.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// The port that was asked for, when it was taken and the server has another one.
    pub fn taken(&self, asked: u16) -> Option<u16> {
        (asked != 0 && self.address.port() != asked).then_some(asked)
    }

    /// Whether other machines can reach the server.
    pub fn is_public(&self) -> bool {
        self.public
    }

    /// Runs a lesson's application from now on, from the learner's copy of its file.
    pub fn teach(&self, lesson: &Lesson, app: &Path) {
        self.run(Target {
            folder: app.parent().unwrap_or(app).to_owned(),
            app: App::File(app.to_owned()),
            callable: Some(lesson.callable.clone()),
        });
    }

    /// Runs this application from now on. It is loaded in the background.
    pub fn run(&self, target: Target) {
        self.watch(&target.folder);
        self.supervisor.want(target);
        let supervisor = self.supervisor.clone();
        self.spawn("load", move || supervisor.refresh(&[]));
    }

    /// Sends a request from the tutor's own client, in the background.
    pub fn send(&self, request: Request) {
        let timeout = self.timeout;
        self.ask(move |address| browser::send(address, timeout, &request));
    }

    /// Sends requests for a check, one after the other, in the background, and gives the finished
    /// exchange of each, or why there is none. They are reported as all others are.
    pub fn examine(
        &self,
        requests: Vec<Request>,
        done: impl FnOnce(Vec<Result<Exchange, ExamineError>>) + Send + 'static,
    ) {
        let (address, examiner) = (self.address, Arc::clone(&self.examiner));
        self.spawn("examine", move || {
            done(examiner.examine(address, requests, |connection, request| {
                connection.send(&request.for_check())
            }));
        });
    }

    /// Sends a request from the tutor's own client, in the background, and gives its finished
    /// exchange, or why there is none.
    pub fn send_and_record(
        &self,
        request: Request,
        done: impl FnOnce(Result<Exchange, ExamineError>) + Send + 'static,
    ) {
        let (address, examiner) = (self.address, Arc::clone(&self.examiner));
        self.spawn("browser", move || {
            let came = examiner.examine(address, vec![request], |connection, request| {
                connection.send(&request)
            });
            if let Some(exchange) = came.into_iter().next() {
                done(exchange);
            }
        });
    }

    /// Sends a probe, in the background, and gives its finished exchange, or why there is none.
    pub fn probe(
        &self,
        probe: Probe,
        done: impl FnOnce(Result<Exchange, ExamineError>) + Send + 'static,
    ) {
        let (address, examiner) = (self.address, Arc::clone(&self.examiner));
        self.spawn("probe", move || {
            let came = examiner.examine(address, vec![probe], |connection, probe| {
                connection.probe(&probe)
            });
            if let Some(exchange) = came.into_iter().next() {
                done(exchange);
            }
        });
    }

    /// Sends bytes that were sent before, in the background.
    pub fn resend(&self, bytes: Vec<u8>) {
        let timeout = self.timeout;
        self.ask(move |address| browser::resend(address, timeout, &bytes));
    }

    fn ask(&self, send: impl FnOnce(SocketAddr) -> anyhow::Result<()> + Send + 'static) {
        let address = self.address;
        let listener = Arc::clone(&self.listener);
        self.spawn("browser", move || {
            if let Err(error) = send(address) {
                listener(SessionEvent::Trouble(format!(
                    "the tutor's own request got no complete answer: {error}"
                )));
            }
        });
    }

    /// Ends the answer of an exchange, if it still goes on, so that others get theirs.
    pub fn end_answer(&self, id: ExchangeId) {
        self.gateway.end_answer(id);
    }

    /// Ends the worker at once, whatever it is doing.
    pub fn close(&self) {
        self.supervisor.stop();
    }

    /// The same when there is no time for anything else: the private folder goes too.
    pub fn abandon(&self) {
        self.close();
        // What stays the next tutor removes.
        let _ = std::fs::remove_dir_all(self.folder.path());
    }

    fn watch(&self, folder: &Path) {
        let supervisor = self.supervisor.clone();
        let watcher = watch::Watcher::start(folder, move |saved| supervisor.refresh(saved));
        let watcher = match watcher {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                // Not fatal: a changed file is noticed at the next request.
                let trouble = format!("{} cannot be watched: {error}", folder.display());
                (self.listener)(SessionEvent::Trouble(trouble));
                None
            }
        };
        *self.watcher.lock() = watcher;
    }

    fn spawn(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        let spawned = thread::Builder::new().name(name.to_owned()).spawn(work);
        if let Err(error) = spawned {
            let trouble = format!("the system allows no more threads: {error}");
            (self.listener)(SessionEvent::Trouble(trouble));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

/// Where a client on this machine finds a server that listens on this address: one that listens on
/// all of them (`0.0.0.0`) is reached on this one.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
    } else {
        address
    }
}

/// The files of an application, for what is said of its mistakes.
pub fn sources(code: &Code) -> Sources {
    let mut sources = match &code.file {
        Some(file) => Sources::of(file.to_string_lossy(), code.source.clone()),
        None => Sources::default(),
    };
    for (path, text) in &code.others {
        sources.insert(path.to_string_lossy(), text.clone());
    }
    sources.set_python(&code.python);
    sources
}

/// The same for a face; `reason` says why this Python was chosen.
fn session_event(event: SupervisorEvent, reason: Option<&Reason>) -> SessionEvent {
    match event {
        SupervisorEvent::Ready(about) => SessionEvent::Python(About {
            reason: reason.cloned(),
            ..about
        }),
        SupervisorEvent::Loaded(code) => SessionEvent::Loaded(code),
        SupervisorEvent::LoadFailed(code, raised) => SessionEvent::LoadFailed(code, raised),
        SupervisorEvent::WorkerDied { reason } => SessionEvent::WorkerDied { reason },
    }
}
