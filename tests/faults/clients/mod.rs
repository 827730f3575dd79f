//! Clients in numbers, and clients that are slow, deaf or gone: each other client is served all the
//! same, and nothing is left of them.

mod crowds;
mod floods;
mod sluggish;
mod streams;
mod uploads;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::support::{PATIENCE, Plan, Tutor, routed};

const APPS: &str = "
PLAIN = [('Content-Type', 'text/plain')]

def hello(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'Hello']

def large(environ, start_response):
    start_response('200 OK', PLAIN)
    for number in range(16):
        yield bytes(1 << 20)

def length(environ, start_response):
    size = len(environ['wsgi.input'].read())
    start_response('200 OK', PLAIN)
    return [str(size).encode()]
";

/// Another client may have to wait so long on a machine that is busy with everything else; where it
/// waits for the clients of the test it waits for ever.
const MEANWHILE: Duration = Duration::from_secs(15);

fn plan() -> Plan {
    Tutor::lesson(1).app(routed(APPS))
}

/// Asserts that another client is answered at this moment.
fn assert_others_are_served(tutor: &Tutor) {
    let asked = Instant::now();
    assert_eq!(tutor.get("/hello").text(), "Hello");
    assert!(asked.elapsed() < MEANWHILE, "{:?}", asked.elapsed());
}

/// A connection on which this was sent.
fn sent(tutor: &Tutor, bytes: impl AsRef<[u8]>) -> TcpStream {
    sent_to(tutor.port(), bytes)
}

fn sent_to(port: u16, bytes: impl AsRef<[u8]>) -> TcpStream {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stream = TcpStream::connect(address).expect("the server accepts");
    let deadline = stream.set_read_timeout(Some(PATIENCE));
    deadline.expect("a deadline can be set");
    // The server may have closed it to make room.
    let _ = stream.write_all(bytes.as_ref());
    stream
}

/// What comes until the end of the connection; nothing where it breaks off at once.
fn answer(mut stream: &TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::ConnectionReset => {
            panic!("no answer and no end: {error}")
        }
        _ => bytes,
    }
}
