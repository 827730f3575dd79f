//! What the system lets a program have.

use std::fs::{self, Permissions};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rstest::rstest;

use crate::program::{Home, Serving, run};
use crate::support::SYSTEM;
use crate::table::{Section, assert_row};

/// Runs a program that may have so much of something. Root may have as many threads as it likes.
const WITHIN: &str = "
import os, resource, sys
kind, most, *command = sys.argv[1:]
resource.setrlimit(getattr(resource, kind), (int(most), int(most)))
if kind == 'RLIMIT_NPROC' and os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
os.execv(command[0], command)
";
/// Generous: only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(20);
const APP: &str = "
def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']
";

/// An app of one's own, in sentences, by a program of which each process may have so much of
/// something.
fn within(home: &Home, (kind, most): (&str, u64), engine: &str) -> Command {
    // Others may look into the folder too.
    let folder = home.folder.path();
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    let (app, program) = (folder.join("app.py"), folder.join("wsgi-tutor"));
    fs::write(&app, APP).unwrap();
    let command = home.program([
        Path::new("run"),
        &app,
        "--plain".as_ref(),
        "--port=0".as_ref(),
        "--python".as_ref(),
        engine.as_ref(),
    ]);
    fs::copy(command.get_program(), &program).unwrap();
    let mut limited = Command::new(SYSTEM);
    limited
        .args(["-c", WITHIN, kind, &most.to_string()])
        .arg(program)
        .args(command.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    limited
}

#[rstest]
#[case::files(("RLIMIT_NOFILE", 63), &["63 files", "'ulimit -Hn' is higher"])]
#[case::memory(("RLIMIT_AS", 100 << 20), &["100 MiB", "'ulimit -v' is higher"])]
#[case::threads(("RLIMIT_NPROC", 20), &["more threads", "'ulimit -u' is higher"])]
fn too_little_of_something(#[case] limit: (&str, u64), #[case] words: &[&str]) {
    let home = Home::new();
    run(&mut within(&home, limit, SYSTEM)).assert_says(1, words);
    assert_row(
        Section::Surroundings,
        "the system lets a program have fewer than 64 files, 128 MiB of memory or 32 threads",
        "it ends with a line that says what there is too little of, and which limit to raise",
    );
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(crate::support::EMBEDDED))]
#[case::system(SYSTEM)]
fn little_memory(#[case] engine: &str, #[values(128, 256, 512)] mebibytes: u64) {
    let home = Home::new();
    let limit = ("RLIMIT_AS", mebibytes << 20);
    let serving = Serving::start(&mut within(&home, limit, engine));
    let clients: Vec<TcpStream> = (0..8)
        .map(|_| TcpStream::connect(("127.0.0.1", serving.port())).unwrap())
        .collect();
    for mut client in clients {
        // Without enough memory nobody may answer it.
        client.set_read_timeout(Some(PATIENCE)).unwrap();
        client
            .write_all(b"GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("\r\n\r\nHello"), "{answer}");
    }
    assert_eq!(serving.stop().code, Some(0));
    assert_row(
        Section::Surroundings,
        "the system lets a program have 128 MiB of memory",
        "it takes fewer addresses for its threads, and answers as before",
    );
}
