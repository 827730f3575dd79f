//! Which Python runs an application of one's own when nobody names one.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use assert_cmd::assert::OutputAssertExt as _;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, Client, SYSTEM, get, write_files};

const PROGRAM: &str = env!("CARGO_BIN_EXE_wsgi-tutor");

/// Says which Python runs it, and what it got from another module.
const APP: &str = "\
import sys
import kitten

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [f'{sys.prefix} {kitten.SAYS}'.encode()]
";

/// A virtual environment of the system's Python with a module `kitten`, as `python3 -m venv` makes
/// it.
fn environment(folder: &Path) {
    let facts = "import sys; print(sys.executable, '%d.%d' % sys.version_info[:2])";
    let asked = Command::new(SYSTEM).args(["-c", facts]).output().unwrap();
    let told = String::from_utf8(asked.stdout).unwrap();
    let (python, version) = told.trim().split_once(' ').unwrap();
    let home = Path::new(python).parent().unwrap().display();
    let config = format!("home = {home}\nversion = {version}.0\n");
    let module = format!("lib/python{version}/site-packages/kitten.py");
    let files = [
        ("pyvenv.cfg", config.as_str()),
        (&module, "SAYS = 'meow'\n"),
    ];
    write_files(folder, &files);
    fs::create_dir_all(folder.join("bin")).unwrap();
    symlink(python, folder.join("bin/python")).unwrap();
}

/// A running program. Dropping it kills the process.
struct Running(Child);

impl Running {
    /// Starts it in a folder, and gives its first line too.
    fn start(
        program: &Path,
        folder: &Path,
        active: Option<&Path>,
        options: &[&str],
    ) -> (Self, String) {
        let mut command = Command::new(program);
        match active {
            Some(active) => command.env("VIRTUAL_ENV", active),
            None => command.env_remove("VIRTUAL_ENV"),
        };
        let child = command
            .args(options)
            .args(["--port", "0"])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut running = Self(child);
        let mut line = String::new();
        let out = running.0.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        (running, line)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How `run app.py --json` begins in a folder.
fn serving(program: &Path, folder: &Path, active: Option<&Path>) -> (Running, Value) {
    let (running, line) = Running::start(program, folder, active, &["run", "app.py", "--json"]);
    (running, serde_json::from_str(&line).unwrap())
}

fn answer(serving: &Value) -> String {
    let url = serving["url"].as_str().unwrap();
    let address = url.strip_prefix("http://").unwrap().parse().unwrap();
    let mut client = Client::connect(address);
    client.send(get("/"));
    Answer::read(&client.rest(), false).text()
}

/// A folder with the app, and an environment in `place`.
fn project(place: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    write_files(root.path(), &[("shop/app.py", APP)]);
    environment(&root.path().join(place));
    root
}

#[test]
fn the_environment_beside_the_app_runs_it_and_is_named() {
    let root = project("shop/.venv");
    let shop = root.path().join("shop");
    let (_running, line) = serving(Path::new(PROGRAM), &shop, None);
    assert_eq!(line["python"]["chosen"], "from .venv");
    assert_eq!(line["python"]["engine"], "system");
    let prefix = shop.join(".venv");
    assert_eq!(answer(&line), format!("{} meow", prefix.display()));

    let options = ["run", "app.py", "--plain"];
    let (_running, line) = Running::start(Path::new(PROGRAM), &shop, None, &options);
    let python = " at ".to_owned() + &shop.join(".venv/bin/python").to_string_lossy();
    assert!(line.contains(&python), "{line}");
    assert!(line.contains(", from .venv. Ctrl-C"), "{line}");
}

#[test]
fn the_active_environment_runs_what_needs_it() {
    let root = project("env");
    let (env, shop) = (root.path().join("env"), root.path().join("shop"));
    let (_running, line) = serving(Path::new(PROGRAM), &shop, Some(&env));
    let expected = format!(
        "from the active environment {}, which has kitten",
        env.display()
    );
    assert_eq!(line["python"]["chosen"], expected);
    assert_eq!(answer(&line), format!("{} meow", env.display()));
}

#[test]
fn the_environment_of_the_program_runs_what_needs_it() {
    let root = project("env");
    let (env, shop) = (root.path().join("env"), root.path().join("shop"));
    let program = env.join("bin/wsgi-tutor");
    // Another file system may hold the temporary folder.
    if fs::hard_link(PROGRAM, &program).is_err() {
        fs::copy(PROGRAM, &program).unwrap();
    }
    let (_running, line) = serving(&program, &shop, None);
    let expected = format!(
        "from {}, where wsgi-tutor is installed, which has kitten",
        env.display()
    );
    assert_eq!(line["python"]["chosen"], expected);
    assert_eq!(answer(&line), format!("{} meow", env.display()));
}

#[rstest]
#[case::no_environment(false, "as there is no .venv beside the app")]
#[case::not_needed(
    true,
    "as there is no .venv beside the app, and it imports nothing that only ENV has"
)]
fn without_one_the_default_runs_it(#[case] is_active: bool, #[case] expected: &str) {
    let root = project("env");
    let (env, shop) = (root.path().join("env"), root.path().join("shop"));
    write_files(
        &shop,
        &[(
            "app.py",
            &APP.replace("kitten", "json").replace("json.SAYS", "1"),
        )],
    );
    let (_running, line) = serving(Path::new(PROGRAM), &shop, is_active.then_some(&env));
    let expected = expected.replace("ENV", &env.to_string_lossy());
    assert_eq!(line["python"]["chosen"], expected);
    let engine = if cfg!(feature = "embedded-python") {
        "embedded"
    } else {
        "system"
    };
    assert_eq!(line["python"]["engine"], engine);
}

#[test]
fn what_a_person_names_is_not_chosen_and_neither_is_a_lessons_python() {
    let root = project("shop/.venv");
    let shop = root.path().join("shop");
    let lesson = ["lesson", "1", "--json", "--workspace", "."];
    let named = ["run", "app.py", "--json", "--python", SYSTEM];
    for options in [&lesson, &named] {
        let (_running, line) = Running::start(
            Path::new(PROGRAM),
            &shop,
            Some(&shop.join(".venv")),
            options,
        );
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["python"]["chosen"], Value::Null, "{options:?}");
    }
}

#[test]
fn check_chooses_and_tells_as_run_does() {
    let root = project("shop/.venv");
    let shop = root.path().join("shop");
    let check = |options: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(["check", "app.py"]).args(options);
        let assert = command
            .current_dir(&shop)
            .env_remove("VIRTUAL_ENV")
            .assert();
        String::from_utf8(assert.success().get_output().stdout.clone()).unwrap()
    };
    let report: Value = serde_json::from_str(&check(&["--json"])).unwrap();
    assert_eq!(report["python"]["chosen"], "from .venv");
    assert_eq!(report["diagnoses"], json!([]));
    let path = &report["python"]["path"];
    let path = path.as_str().unwrap();
    assert!(path.contains("/shop/.venv/bin/python"), "{path}");
    assert!(check(&[]).contains(&format!(" at {path}, from .venv)")));
}

#[test]
fn the_doctor_tells_what_run_would_choose() {
    let root = project("shop/.venv");
    let shop = root.path().join("shop");
    let examine = || {
        let mut command = Command::new(PROGRAM);
        command.args(["doctor", "--json", "--port", "0", "--workspace", "."]);
        command.env_remove("VIRTUAL_ENV").current_dir(&shop);
        let output = command.output().unwrap();
        let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        findings.into_iter().find(|it| it["name"] == "app")
    };
    let finding = examine().unwrap();
    let found = finding["found"].as_str().unwrap();
    assert!(
        found.starts_with("application of app.py runs with CPython "),
        "{found}"
    );
    assert!(found.contains("/shop/.venv/bin/python"), "{found}");
    assert!(found.ends_with(", from .venv"), "{found}");
    fs::remove_file(shop.join(".venv/bin/python")).unwrap();
    let finding = examine().unwrap();
    assert_eq!(finding["state"], "warning");
    let broken = "the virtual environment .venv cannot run the app: it has no bin/python";
    assert_eq!(finding["found"], broken);
    fs::remove_file(shop.join("app.py")).unwrap();
    assert_eq!(examine(), None);
}

#[test]
fn two_applications_are_named_and_none_is_run() {
    let root = tempfile::tempdir().unwrap();
    write_files(
        root.path(),
        &[("wsgi.py", "app = 1\n"), ("app.py", "app = 2\n")],
    );
    for arguments in [&["run"][..], &["run", "."], &["check", "."]] {
        let mut command = Command::new(PROGRAM);
        let assert = command.args(arguments).current_dir(root.path()).assert();
        let told = String::from_utf8(assert.code(2).get_output().stderr.clone()).unwrap();
        let expected = "app of wsgi.py, app of app.py; choose one, as in 'wsgi-tutor run app.py'\n";
        assert!(told.ends_with(expected), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[rstest]
#[case::run(&["run", "app.py", "--plain"], 1)]
#[case::check(&["check", "app.py"], 2)]
fn a_broken_environment_is_one_sentence_and_the_embedded_python_goes_on(
    #[case] arguments: &[&str],
    #[case] code: i32,
) {
    let root = project("env");
    let shop = root.path().join("shop");
    fs::create_dir_all(shop.join(".venv/bin")).unwrap();
    symlink("/no/such/python3.9", shop.join(".venv/bin/python")).unwrap();
    let mut command = Command::new(PROGRAM);
    let assert = command
        .args(arguments)
        .current_dir(&shop)
        .assert()
        .code(code);
    let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    let other = if cfg!(feature = "embedded-python") {
        "embedded"
    } else {
        "python3"
    };
    assert_eq!(
        told,
        format!(
            "wsgi-tutor: the virtual environment .venv cannot run the app: its bin/python leads to \
             /no/such/python3.9, which does not exist; create it again with 'python3 -m venv --clear .venv' and \
             install the app's packages, or choose another Python with --python {other}\n"
        )
    );
    write_files(&shop, &[("kitten.py", "SAYS = 'purr'\n")]);
    let named = ["run", "app.py", "--json", "--python", other];
    let (_running, line) = Running::start(Path::new(PROGRAM), &shop, None, &named);
    let line = serde_json::from_str(&line).unwrap();
    assert!(answer(&line).ends_with(" purr"));
}
