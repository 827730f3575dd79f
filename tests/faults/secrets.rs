//! What must not come out: secrets of the learner's, the server to other machines, the conversation
//! with the worker to the application's children; and nothing is left lying about.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::program::{Home, Serving, run};
use crate::support::{Answer, Client, SYSTEM, Tutor, get, routed};
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

const NAME: &str = "WSGI_TUTOR_SECRET_TEST";
const SECRET: &str = "hunter2-like-a-password";

const APPS: &str = "
import os, subprocess, sys

def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [repr(sorted(environ.items())).encode()]

def raises(environ, start_response):
    raise ValueError('no')

def child(environ, start_response):
    script = 'import os; print({n: os.readlink(f\"/proc/self/fd/{n}\") for n in sorted(os.listdir(\"/proc/self/fd\"), key=int) if os.path.exists(f\"/proc/self/fd/{n}\")})'
    said = subprocess.run([sys.executable, '-c', script], capture_output=False, stdout=subprocess.PIPE)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [said.stdout, repr({n: os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')}).encode()]
";

#[test]
fn the_learners_environment_stays_at_home() {
    let tutor = Tutor::lesson(1).app(routed(APPS)).env(NAME, SECRET).start();
    let page = tutor.get("/raises");
    assert_eq!(page.status, "500 Internal Server Error");
    let told = [
        tutor.get("/hello").text(),
        page.text(),
        tutor.serving.to_string(),
        tutor.told("reloaded").to_string(),
        tutor.exchange().to_string(),
        tutor.exchange().to_string(),
    ];
    let home = Home::new();
    let doctor = run(home
        .program(["doctor", "--python", SYSTEM])
        .env(NAME, SECRET));
    let json = run(home
        .program(["doctor", "--json", "--python", SYSTEM])
        .env(NAME, SECRET));
    assert!(doctor.out.contains("terminal") && json.out.contains("terminal"));
    let mut terminal = Terminal::start(&["lesson", "1", "--python", SYSTEM], &[(NAME, SECRET)]);
    terminal.wait_for("runs function hello").press(" ");
    terminal
        .wait_for("#1")
        .wait_for("sent, ")
        .press("s")
        .wait_for("saved as /");
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    let workspace = terminal.leave();
    let recording = files(workspace.path())
        .into_iter()
        .find(|path| path.ends_with("exchange-1.json"))
        .expect("it was saved");
    let recording = fs::read_to_string(workspace.path().join(recording)).unwrap();
    for text in told
        .iter()
        .chain([&doctor.out, &json.out, &raw, &recording])
    {
        assert!(!text.contains(SECRET) && !text.contains(NAME), "{text}");
    }
    assert_row(
        Section::Secrets,
        "the learner's environment variables",
        "stand neither in environ, nor in JSON, on a page of status 500, in a recording, on the screen, or in what doctor says",
    );
}

#[test]
fn only_this_machine_reaches_the_server() {
    let home = Home::new();
    let local = Serving::start(&mut home.lesson());
    assert_eq!(addresses(local.port()), ["0100007F"]);
    let told = local.stop().out;
    assert!(!told.contains("Other machines"), "{told}");
    let open = Serving::start(home.lesson().args(["--host", "0.0.0.0"]));
    assert_eq!(addresses(open.port()), ["00000000"]);
    let told = open.stop().out;
    assert!(told.contains(" Other machines can reach it."), "{told}");
    let mut json = home.program(["lesson", "1", "--json", "--port", "0", "--python", SYSTEM]);
    let json = Serving::start_at(json.args(["--host", "0.0.0.0"]), "\"serving\"");
    let line: Value = serde_json::from_str(&json.told).unwrap();
    assert_eq!(line["public"], true);
    let arguments = ["lesson", "1", "--python", SYSTEM, "--host", "0.0.0.0"];
    let mut terminal = Terminal::start(&arguments, &[]);
    terminal.wait_for("open to others");
    terminal.leave();
    assert_row(
        Section::Secrets,
        "the server, to other machines",
        "it listens on 127.0.0.1 alone; with --host 0.0.0.0 the screen, --plain and --json say that others can reach it",
    );
}

#[test]
fn what_an_exception_says_stays_on_this_machine() {
    // Without a network there is nobody else to ask.
    let Some(address) = other_address() else {
        return;
    };
    let tutor = Tutor::run("app.py", &[("app.py", RAISES)])
        .option("--host", "0.0.0.0")
        .start();
    for (path, status, secret) in [
        ("/raises", "500", "ValueError: key hunter2"),
        ("/exits", "502", "exit code 3"),
    ] {
        let ask = |host: IpAddr| {
            let mut client = Client::connect((host, tutor.port()).into());
            Answer::read(&client.send(get(path)).rest(), false)
        };
        let (page, public) = (ask(LOCALHOST), ask(address));
        assert!(page.status.starts_with(status), "{page:?}");
        assert_eq!(page.status, public.status);
        assert!(page.text().contains(secret), "{}", page.text());
        let words = ["app.py", "ValueError", "hunter2", "exit", "line "];
        let said = words.iter().find(|it| public.text().contains(**it));
        assert_eq!(said, None, "{}", public.text());
    }
    assert_row(
        Section::Secrets,
        "the message of an exception and the lines of the source, to other machines",
        "only a client on this machine gets them on the page of a status 5xx; others get the status, whatever --host is",
    );
}

const RAISES: &str = "
import os

def application(environ, start_response):
    if environ['PATH_INFO'] == '/exits':
        os._exit(3)
    raise ValueError('key hunter2')
";

const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// An address of this machine that is not one of the loopback interface.
fn other_address() -> Option<IpAddr> {
    let table = fs::read_to_string("/proc/net/fib_trie").ok()?;
    let lines: Vec<&str> = table.lines().collect();
    let own = lines
        .windows(2)
        .filter(|pair| pair[1].contains("/32 host LOCAL"));
    own.filter_map(|pair| pair[0].trim_start_matches([' ', '|', '-']).parse().ok())
        .find(|address: &IpAddr| !address.is_loopback())
}

/// The addresses at which somebody listens on this port, as the system writes them.
fn addresses(port: u16) -> Vec<String> {
    let listening = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        let (address, its) = words.next()?.split_once(':')?;
        let state = words.nth(1)?;
        (its == format!("{port:04X}") && state == "0A").then(|| address.to_owned())
    };
    ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .flat_map(|table| {
            fs::read_to_string(table)
                .unwrap_or_default()
                .lines()
                .filter_map(listening)
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn the_private_folder_is_private() {
    let home = Home::new();
    let serving = Serving::start(&mut home.lesson());
    let private: Vec<_> = fs::read_dir(home.folder.path().join("tmp"))
        .unwrap()
        .flatten()
        .filter(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with("wsgi-tutor-")
        })
        .collect();
    assert_eq!(private.len(), 1);
    let mode = private[0].metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    drop(serving);
    assert_row(
        Section::Secrets,
        "the folder with the sockets and the worker's program",
        "only its owner can look into it (0700)",
    );
}

#[test]
fn a_recording_is_for_its_owner() {
    let mut terminal = Terminal::start(&["lesson", "1", "--python", SYSTEM], &[]);
    terminal.wait_for("runs function hello").press(" ");
    terminal
        .wait_for("sent, ")
        .press("s")
        .wait_for("saved as /");
    let workspace = terminal.leave();
    let recording = files(workspace.path())
        .into_iter()
        .find(|path| path.ends_with("exchange-1.json"))
        .expect("it was saved");
    let about = fs::metadata(workspace.path().join(recording)).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    assert_row(
        Section::Secrets,
        "cookies, passwords and variables in an exchange that was saved",
        "only its owner can read the file (0600)",
    );
}

#[test]
fn the_applications_children_hear_nothing_of_the_conversation() {
    let tutor = Tutor::lesson(1).app(routed(APPS)).start();
    let answer = tutor.get("/child").text();
    let (child, worker) = answer.split_once('\n').expect("two lines");
    let child: Vec<&str> = child.split('\'').skip(1).step_by(2).collect();
    let numbers: Vec<&str> = child.iter().step_by(2).copied().collect();
    assert!(numbers.starts_with(&["0", "1", "2"]), "{answer}");
    assert_eq!(numbers.len(), 3, "{answer}");
    // Standard input is nobody's, standard error is told as what the process writes.
    assert_eq!(child[1], "/dev/null", "{answer}");
    let conversation: Vec<&str> = worker
        .split('\'')
        .filter(|word| word.starts_with("pipe:") && *word != child[5])
        .collect();
    assert!(!conversation.is_empty(), "{answer}");
    for pipe in conversation {
        assert!(!child.contains(&pipe), "{answer}");
    }
    assert_row(
        Section::Secrets,
        "the conversation with the worker, to processes the application starts",
        "they get nothing but descriptors 0, 1 and 2, and none of these leads to it",
    );
}

#[test]
fn files_are_written_in_two_places_only() {
    let home = Home::new();
    let folder = home.folder.path();
    let mut serving = Serving::start(&mut home.lesson());
    let mut client = Client::connect(([127, 0, 0, 1], serving.port()).into());
    client.send(get("/")).rest();
    serving.until("finished", "finished");
    let ran = serving.stop();
    assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""));
    assert_eq!(
        run(&mut home.program(["check", "1", "--python", SYSTEM])).code,
        Some(1)
    );
    assert_eq!(run(&mut home.program(["list"])).code, Some(0));
    assert_eq!(run(&mut home.program(["reset", "1"])).code, Some(0));
    let left = files(folder);
    let allowed = [
        "home/.local/share/wsgi-tutor/workspace/",
        "home/.local/state/wsgi-tutor/",
    ];
    assert!(
        left.iter().any(|path| path.starts_with(allowed[0])),
        "{left:?}"
    );
    assert!(
        left.iter().any(|path| path.starts_with(allowed[1])),
        "{left:?}"
    );
    for path in &left {
        assert!(
            allowed.iter().any(|place| path.starts_with(place)),
            "{left:?}"
        );
    }
    assert_row(
        Section::Secrets,
        "files",
        "they are written in the workspace and in the state folder; nothing is left in the temporary folder",
    );
}

/// The files below a folder.
fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                let path = path.strip_prefix(root).unwrap();
                found.insert(path.to_string_lossy().into_owned());
            }
        }
    }
    found
}
