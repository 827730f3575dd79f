//! The command line, and `--plain` under a pipe.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, Stdio};

use assert_cmd::assert::OutputAssertExt as _;
use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::{Client, SYSTEM, Tutor, get};

const PROGRAM: &str = env!("CARGO_BIN_EXE_wsgi-tutor");

/// Standard output and standard error of a run that ends by itself with this exit code.
fn run(arguments: &[&str], code: i32) -> (String, String) {
    let assert = Command::new(PROGRAM).args(arguments).assert().code(code);
    let output = assert.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

#[rstest]
#[case(&["lesson", "9"], "there is no lesson '9'; the lessons are 1 (basic-response), 2 (form-post)")]
#[case(&["lesson", "nonesuch"], "1 (basic-response), 2 (form-post)")]
#[case(&["explain", "PATH_IFNO"], "no entry for 'PATH_IFNO'; did you mean PATH_INFO?")]
#[case(&["explain", "xyzzy"], "no entry for 'xyzzy'; 'wsgi-tutor explain' lists what is")]
fn a_mistake_is_one_line_and_exit_code_2(#[case] arguments: &[&str], #[case] message: &str) {
    let (stdout, stderr) = run(arguments, 2);
    assert_eq!(stdout, "");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(
        stderr.starts_with("wsgi-tutor: ") && stderr.contains(message),
        "{stderr}"
    );
}

#[rstest]
#[case(&["lesson"], "<LESSON>")]
#[case(&["lesson", "1", "--prot", "1"], "--port")]
#[case(&["lesson", "1", "--port", "99999"], "99999")]
#[case(&["lesson", "1", "--port", "-1"], "-1")]
#[case(&["lesson", "1", "--python", "/no/such/python"], "give 'embedded', the path of an interpreter or a virtual environment, or a name on PATH")]
#[case(&["lesson", "1", "--plain", "--json"], "cannot be used with")]
#[case(&["nonesuch"], "unrecognized subcommand")]
#[case(&["doctor", "cookie"], "unexpected argument")]
fn a_wrong_command_line_is_exit_code_2(#[case] arguments: &[&str], #[case] message: &str) {
    let (stdout, stderr) = run(arguments, 2);
    assert_eq!(stdout, "");
    assert!(
        stderr.starts_with("error: ") && stderr.contains(message),
        "{stderr}"
    );
}

#[test]
fn control_characters_of_a_mistake_never_reach_the_terminal() {
    for arguments in [
        ["lesson", "\u{1b}[2J"],
        ["\u{1b}[2J", "1"],
        ["lesson", "--\u{1b}[2J"],
        ["explain", "\u{1b}[2J"],
    ] {
        let (_, stderr) = run(&arguments, 2);
        assert!(!stderr.contains('\u{1b}'), "{stderr:?}");
    }
}

#[test]
fn help_names_commands_and_options() {
    let (help, stderr) = run(&["--help"], 0);
    for word in [
        "lesson",
        "list",
        "--help",
        "--version",
        "wsgi-tutor lesson 1",
    ] {
        assert!(help.contains(word), "{word} is not in {help}");
    }
    assert_eq!(stderr, "");
    let (help, _) = run(&["lesson", "--help"], 0);
    for option in [
        "--port",
        "--host",
        "--python",
        "--workspace",
        "--plain",
        "--json",
        "--no-mouse",
    ] {
        assert!(help.contains(option), "{option} is not in {help}");
    }
    assert!(!help.contains("__worker"));
}

#[test]
fn version_is_the_packages() {
    let first_line = concat!("wsgi-tutor ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(run(&["-V"], 0).0, first_line);
    let (version, _) = run(&["--version"], 0);
    assert!(version.starts_with(first_line), "{version}");
    let python = if cfg!(feature = "embedded-python") {
        "python: RustPython 3."
    } else {
        "python: none inside\n"
    };
    for line in ["\ncommit: ", python, "\ntarget: "] {
        assert!(version.contains(line), "{line} is not in {version}");
    }
}

#[rstest]
#[case("PATH_INFO", "PATH_INFO\n", "RFC 3875, section 4.1.5")]
#[case("path_info", "PATH_INFO\n", "$_SERVER['PATH_INFO']")]
#[case("cookie", "cookie\n", "HTTP_COOKIE")]
#[case("user-agent", "HTTP_USER_AGENT\n", "RFC 9110")]
#[case(
    "generator",
    "generator\n",
    "    def lines():\n        yield b'first\\n'\n"
)]
#[case("header", "header\n", "header list")]
#[case("header()", "header()\n", "PHP's function")]
#[case("_POST", "$_POST\n", "parse_qs")]
#[case("post", "POST\n", "303")]
#[case("input", "wsgi.input\n", "php://input")]
#[case(
    "HTTP_X_ANY",
    "HTTP_X_ANY, like every HTTP_*\n",
    "RFC 3875, section 4.1.18"
)]
#[case(
    "body-is-str",
    "body-is-str\n",
    "    return ['Hello\\n'.encode('utf-8')]\n"
)]
fn explain_prints_what_is_known(#[case] word: &str, #[case] start: &str, #[case] part: &str) {
    let (text, error) = run(&["explain", word], 0);
    assert!(text.starts_with(start) && text.contains(part), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert_eq!(error, "");
}

#[test]
fn explain_takes_the_words_of_a_term_without_quotes() {
    let (text, error) = run(&["explain", "Query", "string"], 0);
    assert!(text.starts_with("query string\n"), "{text}");
    assert_eq!(error, "");
}

#[test]
fn explain_alone_lists_terms_keys_and_mistakes() {
    let (text, error) = run(&["explain"], 0);
    for name in [
        "start_response",
        "$_POST",
        "REQUEST_METHOD",
        "HTTP_COOKIE",
        "wsgi.errors",
        "RAW_URI",
        "body-is-str",
    ] {
        assert!(text.contains(name), "{name} is not in {text}");
    }
    assert_eq!(error, "");
}

/// A tutor that tells sentences. Dropping it kills the process.
struct Plain {
    child: Child,
    stdout: BufReader<ChildStdout>,
    serving: String,
    _workspace: TempDir,
}

impl Plain {
    fn start(options: &[&str]) -> Self {
        let workspace = tempfile::tempdir().unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["lesson", "1", "--python", SYSTEM, "--workspace"])
            .arg(workspace.path())
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut serving = String::new();
        stdout.read_line(&mut serving).unwrap();
        Self {
            child,
            stdout,
            serving,
            _workspace: workspace,
        }
    }

    fn address(&self) -> SocketAddr {
        let url = self
            .serving
            .split("http://")
            .nth(1)
            .expect("it names the URL");
        url.split(' ').next().unwrap().parse().unwrap()
    }

    /// Reads lines up to one with this text.
    fn until(&mut self, text: &str) -> String {
        let mut told = String::new();
        while !told.contains(text) {
            let got = self.stdout.read_line(&mut told).unwrap();
            assert!(got > 0, "{text} is not in {told}");
        }
        told
    }

    fn stop(mut self) -> (Option<i32>, String, String) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.end()
    }

    /// Exit code, the rest of standard output, and standard error.
    fn end(&mut self) -> (Option<i32>, String, String) {
        let (mut out, mut error) = (String::new(), String::new());
        self.stdout.read_to_string(&mut out).unwrap();
        let stderr = self.child.stderr.as_mut().unwrap();
        stderr.read_to_string(&mut error).unwrap();
        (self.child.wait().unwrap().code(), out, error)
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[rstest]
#[case(&["--port", "0", "--plain"])]
#[case(&["--port", "0"])]
fn without_a_terminal_it_tells_sentences(#[case] options: &[&str]) {
    let mut tutor = Plain::start(options);
    assert!(
        tutor
            .serving
            .starts_with("Serving lesson 1 (A basic response) at http://127.0.0.1:")
    );
    let mut client = Client::connect(tutor.address());
    client.send(get("/path")).rest();
    let told = tutor.until("finished");
    for text in [
        "#1 GET /path: 200 OK",
        "the app called start_response('200 OK'",
        "environ",
    ] {
        assert!(told.contains(text), "{text} is not in {told}");
    }
    let (code, rest, error) = tutor.stop();
    assert_eq!((code, error.as_str()), (Some(0), ""));
    assert!(rest.ends_with("Goodbye.\n"), "{rest}");
}

#[test]
fn control_characters_of_a_client_never_reach_the_terminal() {
    let mut tutor = Plain::start(&["--port", "0", "--plain"]);
    let mut client = Client::connect(tutor.address());
    client
        .send("GET /\u{9b}2J HTTP/1.1\r\nHost: t\r\nX: \u{1b}[2J\r\n\r\n")
        .rest();
    let told = tutor.until("finished");
    assert!(
        !told.chars().any(|c| c.is_control() && c != '\n'),
        "{told:?}"
    );
}

#[rstest]
#[case("--plain")]
#[case("--json")]
fn it_ends_quietly_when_nobody_reads_any_more(#[case] style: &str) {
    let mut tutor = Plain::start(&["--port", "0", style]);
    let text = tutor.serving.replace('"', " ");
    let url = text.split("http://").nth(1).unwrap();
    let address = url.split(' ').next().unwrap().parse().unwrap();
    // What `| head -1` does.
    let nobody = std::fs::File::open("/dev/null").unwrap();
    drop(std::mem::replace(
        &mut tutor.stdout,
        BufReader::new(into_stdout(nobody)),
    ));
    let mut client = Client::connect(address);
    client.send(get("/"));
    let (code, _, error) = tutor.end();
    assert_eq!((code, error.as_str()), (Some(0), ""));
}

fn into_stdout(file: std::fs::File) -> ChildStdout {
    ChildStdout::from(std::os::fd::OwnedFd::from(file))
}

#[test]
fn a_taken_port_gives_way_to_the_next_free_one_and_says_so() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let tutor = Plain::start(&["--port", &port.to_string(), "--plain"]);
    let start = format!("Port {port} is taken by another program. Serving ");
    assert!(tutor.serving.starts_with(&start), "{}", tutor.serving);
    assert!((port..=port.saturating_add(100)).contains(&tutor.address().port()));
    assert_ne!(tutor.address().port(), port);
    let told = Tutor::lesson(1).port(port).start();
    assert_ne!(told.port(), port);
    assert_eq!(told.get("/").status, "200 OK");
}

#[test]
fn a_lesson_has_a_name_too() {
    let workspace = tempfile::tempdir().unwrap();
    let folder = workspace.path().to_str().unwrap();
    // Nobody reads, so it ends as soon as it tells something.
    let mut child = Command::new(PROGRAM)
        .args([
            "lesson",
            "form-post",
            "--port",
            "0",
            "--python",
            SYSTEM,
            "--workspace",
            folder,
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.starts_with("Serving lesson 2 "), "{line}");
    assert!(workspace.path().join("02-form-post/app.py").is_file());
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
