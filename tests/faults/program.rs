//! The program started in surroundings of a test's own.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::SYSTEM;

const PROGRAM: &str = env!("CARGO_BIN_EXE_wsgi-tutor");

/// What came of a run that ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub errors: String,
}

impl Ran {
    /// Asserts that it failed in one line, which holds these words.
    pub fn assert_says(&self, code: i32, words: &[&str]) {
        assert_eq!(
            (self.code, self.errors.lines().count()),
            (Some(code), 1),
            "{self:?}"
        );
        assert!(self.errors.starts_with("wsgi-tutor: "), "{self:?}");
        for word in words {
            assert!(self.errors.contains(word), "{word} is not in {self:?}");
        }
    }
}

/// A folder that takes the place of a home, and the program with it.
pub struct Home {
    pub folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        std::fs::create_dir(folder.path().join("tmp")).expect("it can be written");
        std::fs::create_dir(folder.path().join("home")).expect("it can be written");
        Self { folder }
    }

    /// The program with these arguments, and with nothing of this machine's folders.
    pub fn program<T: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = T>) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .env("HOME", self.folder.path().join("home"))
            .env("TMPDIR", self.folder.path().join("tmp"))
            .env_remove("XDG_STATE_HOME")
            .env_remove("XDG_DATA_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// The first lesson in sentences, at any port.
    pub fn lesson(&self) -> Command {
        self.lesson_at("0")
    }

    pub fn lesson_at(&self, port: &str) -> Command {
        self.program(["lesson", "1", "--plain", "--python", SYSTEM, "--port", port])
    }
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
    Ran {
        code: output.status.code(),
        out: text(output.stdout),
        errors: text(output.stderr),
    }
}

/// The program as it serves a lesson. Dropping it kills the process.
pub struct Serving {
    pub child: Child,
    out: Option<BufReader<ChildStdout>>,
    /// All that it has told.
    pub told: String,
}

impl Serving {
    /// Starts it and waits until the application was loaded.
    pub fn start(command: &mut Command) -> Self {
        let mut serving = Self::begin(command);
        serving.until("could not be loaded: ", "was loaded: ");
        serving
    }

    /// Starts it and waits for a line with this text.
    pub fn start_at(command: &mut Command, text: &str) -> Self {
        let mut serving = Self::begin(command);
        serving.until(text, text);
        serving
    }

    /// Starts it.
    pub fn begin(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("it was piped"));
        Self {
            child,
            out: Some(out),
            told: String::new(),
        }
    }

    /// Reads lines until one holds either text.
    pub fn until(&mut self, one: &str, other: &str) -> String {
        loop {
            let mut line = String::new();
            let out = self.out.as_mut().expect("it is read");
            let got = out.read_line(&mut line).expect("it is UTF-8");
            assert!(
                got > 0,
                "it ended before {one:?} or {other:?}: {}",
                self.told
            );
            self.told.push_str(&line);
            if line.contains(one) || line.contains(other) {
                return line;
            }
        }
    }

    pub fn port(&self) -> u16 {
        let address = self
            .told
            .split("http://")
            .nth(1)
            .expect("it names the address");
        let (_, port) = address.split_once(':').expect("the port is named");
        let port: String = port.chars().take_while(char::is_ascii_digit).collect();
        port.parse().expect("it is a number")
    }

    /// Reads no more, and lets the program see that.
    pub fn close(&mut self) {
        self.out = None;
    }

    pub fn id(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Ends it with a signal, and gives what it said.
    pub fn stop(mut self) -> Ran {
        kill_process(self.id(), Signal::TERM).expect("it runs");
        let (mut out, mut errors) = (std::mem::take(&mut self.told), String::new());
        if let Some(stdout) = &mut self.out {
            stdout.read_to_string(&mut out).expect("it is UTF-8");
        }
        if let Some(stderr) = &mut self.child.stderr {
            stderr.read_to_string(&mut errors).expect("it is UTF-8");
        }
        let code = self.child.wait().expect("it is our child").code();
        Ran { code, out, errors }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
