//! The real program in a temporary workspace, telling JSON lines.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use wsgi_tutor::lesson::Catalogue;

use super::http::{Answer, Client};
use super::{Engine, PATIENCE, SYSTEM, write_files};

/// How to start a tutor.
pub struct Plan {
    work: Work,
    engine: Engine,
    app: Option<String>,
    port: u16,
    environment: Vec<(OsString, OsString)>,
}

/// What a tutor is started for.
enum Work {
    Lesson(u32),
    /// This application, in a folder with these files.
    Run {
        target: String,
        files: Vec<(String, String)>,
        options: Vec<String>,
    },
}

/// A running tutor. Dropping it kills the process.
pub struct Tutor {
    child: RefCell<Child>,
    lines: Receiver<Result<Value, String>>,
    /// Lines that came and that no test has asked for yet.
    backlog: RefCell<VecDeque<Value>>,
    errors: RefCell<Option<JoinHandle<String>>>,
    app: PathBuf,
    address: SocketAddr,
    /// The line that began the run.
    pub serving: Value,
    _workspace: TempDir,
}

/// Lessons that stay as they are, whatever those for learners become.
pub const COURSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/course");

/// The same, read.
pub fn course() -> Catalogue {
    Catalogue::read(Path::new(COURSE)).expect("the lessons can be read")
}

/// What is left of a tutor that ended.
pub struct Ended {
    pub status: ExitStatus,
    /// The lines no test had asked for.
    pub lines: Vec<Value>,
    pub stderr: String,
}

impl Tutor {
    /// A tutor for this lesson, with the system's Python unless another engine is asked for.
    pub fn lesson(lesson: u32) -> Plan {
        Plan {
            work: Work::Lesson(lesson),
            engine: SYSTEM,
            app: None,
            port: 0,
            environment: Vec::new(),
        }
    }

    /// A tutor that runs an application of one's own, from a folder with these files; without a
    /// target the one that is found there.
    pub fn run(target: &str, files: &[(&str, &str)]) -> Plan {
        let own = |&(path, text): &(&str, &str)| (path.to_owned(), text.to_owned());
        Plan {
            work: Work::Run {
                target: target.to_owned(),
                files: files.iter().map(own).collect(),
                options: Vec::new(),
            },
            ..Self::lesson(1)
        }
    }

    /// The next line that fits; lines of other kinds stay for later.
    pub fn wait_for(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut backlog = self.backlog.borrow_mut();
        if let Some(place) = backlog.iter().position(&fits) {
            return backlog.remove(place).expect("the place was just found");
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(Ok(line)) if fits(&line) => return line,
                Ok(Ok(line)) => backlog.push_back(line),
                Ok(Err(line)) => panic!("standard output holds something else than JSON: {line}"),
                Err(RecvTimeoutError::Timeout) => panic!("no {what} came; there is {backlog:#?}"),
                Err(RecvTimeoutError::Disconnected) => {
                    let (said, status) = self.last_words();
                    panic!(
                        "the tutor ended ({status}) and told no {what}; there is {backlog:#?}, and it said {said:?}"
                    )
                }
            }
        }
    }

    /// What one that ended by itself wrote to standard error, and how it ended.
    fn last_words(&self) -> (String, ExitStatus) {
        let errors = self.errors.borrow_mut().take();
        let said = errors.map(|errors| errors.join().expect("the reader of stderr ended well"));
        let ended = self.child.borrow_mut().wait();
        (
            said.unwrap_or_default(),
            ended.expect("the tutor is our child"),
        )
    }

    /// The next line of this type.
    pub fn told(&self, kind: &str) -> Value {
        self.wait_for(kind, |line| line["type"] == kind)
    }

    /// The next finished exchange.
    pub fn exchange(&self) -> Value {
        self.told("exchange")
    }

    pub fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// Sends a request and reads to the end of the connection.
    pub fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let request = request.as_ref();
        let mut client = self.connect();
        client.send(request);
        Answer::read(&client.rest(), request.starts_with(b"HEAD "))
    }

    pub fn get(&self, target: &str) -> Answer {
        self.ask(super::get(target))
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn id(&self) -> Pid {
        Pid::from_child(&self.child.borrow())
    }

    /// Replaces the lesson's app as many editors do: a new file, renamed over the old one.
    pub fn save(&self, app: &str) {
        replace(&self.app, app);
    }

    /// The same with any file of the project of one's own; its folder is made.
    pub fn save_file(&self, path: &str, text: &str) {
        let path = self.project().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        replace(&path, text);
    }

    /// The folder of the project of one's own.
    pub fn project(&self) -> &Path {
        self.app.parent().expect("it lies in a folder")
    }

    /// The learner's copy of the app.
    pub fn app(&self) -> &Path {
        &self.app
    }

    /// Sends a signal and waits for the end.
    pub fn stop(self, signal: Signal) -> Ended {
        kill_process(self.id(), signal).expect("the tutor runs");
        let mut lines = Vec::from(self.backlog.take());
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => lines.push(line.expect("standard output holds JSON only")),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the tutor goes on after {signal:?}"),
            }
        }
        let (stderr, status) = self.last_words();
        Ended {
            status,
            lines,
            stderr,
        }
    }
}

fn replace(path: &Path, text: &str) {
    let new = path.with_extension("new");
    fs::write(&new, text).expect("the workspace can be written");
    fs::rename(&new, path).expect("the file can be replaced");
}

impl Drop for Tutor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let child = self.child.get_mut();
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Plan {
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// Puts this app in the place of the lesson's own.
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.app = Some(app.into());
        self
    }

    /// The lesson's own app with a change.
    pub fn changed(self, change: impl Fn(&str) -> String) -> Self {
        let app = change(&self.original());
        self.app(app)
    }

    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// One more option of `run`, and its value.
    pub fn option(mut self, name: &str, value: &str) -> Self {
        if let Work::Run { options, .. } = &mut self.work {
            options.extend([name.to_owned(), value.to_owned()]);
        }
        self
    }

    /// One more option of `run` that stands alone.
    pub fn flag(mut self, name: &str) -> Self {
        if let Work::Run { options, .. } = &mut self.work {
            options.push(name.to_owned());
        }
        self
    }

    /// Starts it and waits until the app was loaded, for better or worse. The line about the first
    /// loading stays to be asked for with `told("reloaded")`.
    pub fn start(self) -> Tutor {
        let workspace = tempfile::tempdir().expect("a temporary folder can be made");
        let (files, folder) = match &self.work {
            Work::Lesson(_) => {
                let app = self.app.clone().map(|app| ("app.py".to_owned(), app));
                (app.into_iter().collect(), self.folder())
            }
            Work::Run { files, .. } => (files.clone(), "project"),
        };
        let folder = match &self.work {
            // The folder of a course of one's own lies within the workspace.
            Work::Lesson(_) => course().workspace(workspace.path()).join(folder),
            Work::Run { .. } => workspace.path().join(folder),
        };
        if let Work::Run { .. } = self.work {
            fs::create_dir_all(&folder).expect("the workspace can be written");
        }
        write_files(&folder, &files);
        let app = folder.join("app.py");
        let mut command = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"));
        match &self.work {
            Work::Lesson(number) => command
                .args([
                    "lesson",
                    &number.to_string(),
                    "--lessons",
                    COURSE,
                    "--workspace",
                ])
                .arg(workspace.path()),
            Work::Run {
                target, options, ..
            } => command
                .arg("run")
                .args(Some(target).filter(|target| !target.is_empty()))
                .args(options)
                .current_dir(&folder),
        };
        let mut child = command
            .args(["--json", "--python", self.engine, "--port"])
            .arg(self.port.to_string())
            // What a killed tutor leaves behind goes with the workspace.
            .env("TMPDIR", workspace.path())
            .env("XDG_STATE_HOME", workspace.path().join("state"))
            .envs(self.environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tutor starts");
        let stdout = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut stderr = child.stderr.take().expect("it was piped");
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in stdout.split(b'\n').map_while(Result::ok) {
                let line = serde_json::from_slice(&line)
                    .map_err(|_| String::from_utf8_lossy(&line).into_owned());
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let errors = thread::spawn(move || {
            let mut text = String::new();
            // What is no UTF-8 fails a test that looks at it.
            let _ = stderr.read_to_string(&mut text);
            text
        });
        let mut tutor = Tutor {
            child: RefCell::new(child),
            lines,
            backlog: RefCell::default(),
            errors: RefCell::new(Some(errors)),
            app,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            serving: Value::Null,
            _workspace: workspace,
        };
        tutor.serving = tutor.told("serving");
        tutor.address = tutor.serving["url"]
            .as_str()
            .and_then(|url| url.strip_prefix("http://")?.parse().ok())
            .expect("the URL is http://ADDRESS:PORT");
        let loaded = tutor.told("reloaded");
        tutor.backlog.borrow_mut().push_front(loaded);
        tutor
    }

    fn folder(&self) -> &'static str {
        match self.work {
            Work::Lesson(1) => "01-basic-response",
            Work::Lesson(2) => "02-form-post",
            _ => panic!("the tests know no such lesson"),
        }
    }

    fn original(&self) -> String {
        fs::read_to_string(format!("{COURSE}/{}/app.py", self.folder())).expect("it is there")
    }
}
