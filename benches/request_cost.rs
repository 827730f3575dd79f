//! What a request costs: with the record and the lines that ran, without the lines, and with the same
//! app under bare `wsgiref.simple_server`, in one run. `cargo bench --bench request_cost`

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a bench that cannot go on ends"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const REQUESTS: usize = 400;

const APP: &str = "\
def application(environ, start_response):
    name = environ['PATH_INFO'].strip('/') or 'world'
    text = f'Hello, {name}!\\n'
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [text.encode()]
";

/// Says its port on a line, as the tutor does.
const WSGIREF: &str = "\
from wsgiref.simple_server import WSGIRequestHandler, make_server
from app import application

class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass

server = make_server('127.0.0.1', 0, application, handler_class=Quiet)
print(f'http://127.0.0.1:{server.server_port}', flush=True)
server.serve_forever()
";

fn main() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("app.py"), APP).unwrap();
    let mut wsgiref = Command::new("python3");
    wsgiref.args(["-c", WSGIREF]);
    let bare = measure(&mut wsgiref, folder.path());
    let mut out = std::io::stdout();
    writeln!(out, "wsgiref, bare             {bare:>8.1?}").unwrap();
    for (name, options) in [
        ("CPython, record and lines", &["--python", "python3"][..]),
        (
            "CPython, record           ",
            &["--python", "python3", "--no-trace"],
        ),
        ("embedded, record and lines", &[]),
        ("embedded, record          ", &["--no-trace"]),
    ] {
        let mut tutor = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"));
        tutor.args(["run", "app.py", "--json", "--port", "0"]);
        let ours = measure(tutor.args(options), folder.path());
        let ratio = ours.as_secs_f64() / bare.as_secs_f64();
        writeln!(out, "{name:<26}{ours:>8.1?}   ratio {ratio:.2}").unwrap();
    }
}

/// The median time of a request on a new connection.
fn measure(server: &mut Command, folder: &Path) -> Duration {
    let child = server
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    let address = first.split("http://").nth(1).unwrap();
    let end = address.find(|next: char| !next.is_ascii_digit() && next != '.' && next != ':');
    let address: SocketAddr = address[..end.unwrap()].parse().unwrap();
    // What it tells must go somewhere.
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    let mut times: Vec<Duration> = (0..REQUESTS).map(|_| ask(address)).collect();
    // The first ones load the app and warm everything up.
    times.drain(..REQUESTS / 4);
    times.sort();
    times[times.len() / 2]
}

fn ask(address: SocketAddr) -> Duration {
    let begun = Instant::now();
    let mut client = TcpStream::connect(address).unwrap();
    client
        .write_all(b"GET /ada HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("Hello, ada!\n"), "{answer}");
    begun.elapsed()
}

/// A server that ends with the measurement.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
