//! The program in a pseudo-terminal, and an emulator that shows what a person would see.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use wsgi_tutor::lesson::{Catalogue, Change, ProgressFile};

/// Generous: only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often to look where nothing tells.
const GLANCE: Duration = Duration::from_millis(10);

/// Lessons that stay as they are, whatever those for learners become.
pub const COURSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/course");

/// A file of the learner's, in a workspace.
pub fn file(workspace: &TempDir, path: &str) -> PathBuf {
    let course = Catalogue::read(COURSE.as_ref()).unwrap();
    course.workspace(workspace.path()).join(path)
}

/// What a frame begins and ends with (synchronized output).
const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

pub struct Terminal {
    pub workspace: TempDir,
    pub child: Box<dyn Child + Send + Sync>,
    /// Closing it, and the other ends of it, closes the window.
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    /// Ends the reader after what it reads next.
    closing: Arc<AtomicBool>,
    screen: vt100::Parser,
    /// Everything the program wrote, escape sequences and all.
    pub raw: Vec<u8>,
}

impl Terminal {
    /// Starts `wsgi-tutor` with these arguments at 130×40, with `environment` added to its own.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let workspace = tempfile::tempdir().unwrap();
        let folder = workspace.path().to_str().unwrap().to_owned();
        let more = ["--workspace", &folder, "--lessons", COURSE, "--port", "0"];
        let arguments = [arguments, &more].concat();
        Self::spawn(workspace, &arguments, environment)
    }

    /// Starts `wsgi-tutor` in a folder of somebody who has never used it, with the lessons it comes
    /// with.
    pub fn first() -> Self {
        Self::again(tempfile::tempdir().unwrap(), &["lesson", "1"])
    }

    /// Starts it with files that are there already, after it has ended or was killed.
    pub fn again(workspace: TempDir, arguments: &[&str]) -> Self {
        let state = workspace.path().join("state");
        std::fs::create_dir_all(state).unwrap();
        let folder = workspace.path().to_str().unwrap().to_owned();
        let arguments = [arguments, &["--workspace", &folder, "--port", "0"]].concat();
        Self::spawn(workspace, &arguments, &[])
    }

    /// Kills it at once and gives its folder to the next one.
    pub fn kill(mut self) -> TempDir {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::mem::replace(&mut self.workspace, tempfile::tempdir().unwrap())
    }

    /// Starts `wsgi-tutor run` with an app of one's own, in a folder with these files.
    pub fn run(app: &str, files: &[(&str, &str)]) -> Self {
        let workspace = tempfile::tempdir().unwrap();
        for (path, text) in files {
            std::fs::write(workspace.path().join(path), text).unwrap();
        }
        Self::spawn(workspace, &["run", app, "--port", "0"], &[])
    }

    /// Starts `wsgi-tutor show` with a file of this folder.
    pub fn show(workspace: TempDir, file: &str) -> Self {
        Self::spawn(workspace, &["show", file], &[])
    }

    /// Ends it and gives its folder, and everything it wrote.
    pub fn give_back(mut self) -> (TempDir, Vec<u8>) {
        self.press("q");
        assert!(self.end().success());
        let raw = std::mem::take(&mut self.raw);
        let workspace = std::mem::replace(&mut self.workspace, tempfile::tempdir().unwrap());
        (workspace, raw)
    }

    /// Ends it and gives its folder to the next one.
    pub fn leave(self) -> TempDir {
        self.give_back().0
    }

    /// Starts `wsgi-tutor` with these arguments alone, in this folder.
    pub fn spawn(workspace: TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let program = env!("CARGO_BIN_EXE_wsgi-tutor");
        Self::spawn_program(program, workspace, arguments, environment)
    }

    /// The same with another program.
    pub fn spawn_program(
        program: &str,
        workspace: TempDir,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let (rows, cols) = (40, 130);
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(workspace.path());
        command.env("TERM", "xterm-256color");
        // What a killed program leaves behind goes with the workspace.
        command.env("TMPDIR", workspace.path());
        let state = workspace.path().join("state");
        command.env("XDG_STATE_HOME", &state);
        if !state.exists() {
            // The first words were read already.
            let (mut file, _) = ProgressFile::open(&state.join("wsgi-tutor")).unwrap();
            file.record(&[Change::Welcomed]).unwrap();
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        let closing = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&closing);
        let reader = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(got @ 1..) = reader.read(&mut bytes) {
                if stop.load(Ordering::Acquire) || sender.send(bytes[..got].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            workspace,
            child,
            keyboard: Some(pty.master.take_writer().unwrap()),
            master: Some(pty.master),
            output,
            reader: Some(reader),
            closing,
            screen: vt100::Parser::new(rows, cols, 0),
            raw: Vec::new(),
        }
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the screen no longer shows a text.
    pub fn wait_for_end_of(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen| !screen.contains(text))
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
        self
    }

    /// Makes the window another size.
    pub fn resize(&mut self, rows: u16, cols: u16) -> &mut Self {
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self
    }

    /// A file of the learner's, in the workspace.
    pub fn file(&self, path: &str) -> PathBuf {
        file(&self.workspace, path)
    }

    /// Forgets what the screen shows, as a terminal may while it is resized.
    pub fn forget(&mut self) -> &mut Self {
        let (rows, cols) = self.screen.screen().size();
        self.screen = vt100::Parser::new(rows, cols, 0);
        self
    }

    /// Closes the window: every end of it but the program's own. The reader waits for output, so
    /// `last` is a key that causes some.
    pub fn close_window(&mut self, last: &str) {
        self.closing.store(true, Ordering::Release);
        self.press(last);
        let reader = self.reader.take().unwrap();
        let deadline = Instant::now() + PATIENCE;
        while !reader.is_finished() {
            assert!(Instant::now() < deadline, "nothing was written any more");
            thread::sleep(GLANCE);
        }
        self.keyboard = None;
        self.master = None;
    }

    /// Waits for the program's end without reading.
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the program goes on");
            thread::sleep(GLANCE);
        }
    }

    /// Waits for something that is not seen on the screen.
    pub fn wait_on(happened: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !happened() {
            assert!(Instant::now() < deadline, "it did not happen");
            thread::sleep(GLANCE);
        }
    }

    /// The server's address, as the first line shows it.
    pub fn address(&self) -> String {
        let text = self.text();
        let address = text.split("http://").nth(1).unwrap();
        address.split_whitespace().next().unwrap().to_owned()
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits for the program's end and reads what it wrote last.
    pub fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        while self.read(deadline) {}
        self.ended()
    }

    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    fn wait_until(&mut self, what: &str, seen: impl Fn(&str) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while self.is_drawing() || !seen(&self.text()) {
            assert!(
                self.read(deadline),
                "waited for {what:?}; the screen is\n{}",
                self.text()
            );
        }
        self
    }

    /// Whether a frame has begun and not ended: a terminal shows each of them whole.
    fn is_drawing(&self) -> bool {
        let last = |mark: &[u8]| self.raw.windows(mark.len()).rposition(|it| it == mark);
        last(FRAME_BEGINS) > last(FRAME_ENDS)
    }

    /// Reads some output; false when there is no more.
    fn read(&mut self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.output.recv_timeout(left) {
            Ok(bytes) => {
                self.raw.extend(&bytes);
                self.screen.process(&bytes);
                true
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
