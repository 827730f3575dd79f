//! The requests that `wsgi-tutor check app.py` sends: what visitors and their programs send one day.

use crate::browser::{Probe, Request};

/// A text with markup: it stands in a page as it came only where nobody escapes it.
const MARKUP: &str = "<i>\"&";
/// Bytes of a body that is large for an application, and not for the server.
const LARGE: usize = 128 * 1024;

/// The requests, in order, each with what is odd about it; nothing where that is plain to see.
pub fn probes() -> Vec<(&'static str, Probe)> {
    let fields = [("name", "Zo\u{eb} & co"), ("text", MARKUP), ("empty", "")];
    let query = format!(
        "/?name=Ada+Lovelace&text={}&empty=&flag&q=salt%26pepper",
        "%3Ci%3E%22%26"
    );
    let form = "name=Ada+Lovelace&text=%3Ci%3E%22%26&empty=";
    let urlencoded = "application/x-www-form-urlencoded";
    let posted_fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let in_chunks = Probe {
        chunked: true,
        ..with_body("POST", urlencoded, form.as_bytes().to_vec())
    };
    let leaving = Probe {
        leaves: true,
        ..get("/")
    };
    let large = vec![b'x'; LARGE];
    vec![
        ("", get("/")),
        ("", asked("HEAD", "/")),
        ("", get(&query)),
        ("a form", posted(posted_fields.to_vec())),
        ("an empty form", with_body("POST", urlencoded, Vec::new())),
        ("", get("/no/such/page")),
        ("", get("/caf%C3%A9/%E2%98%95")),
        (
            "a large body",
            with_body("POST", "application/octet-stream", large),
        ),
        ("in chunks", in_chunks),
        // Nothing may be used up by now.
        ("once more", get("/")),
        ("the client leaves", leaving),
    ]
}

fn get(path: &str) -> Probe {
    asked("GET", path)
}

fn asked(method: &str, path: &str) -> Probe {
    Probe {
        request: Request {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Request::default()
        }
        .for_check(),
        ..Probe::default()
    }
}

fn posted(fields: Vec<(String, String)>) -> Probe {
    let mut probe = asked("POST", "/");
    probe.request.form = Some(fields);
    probe
}

fn with_body(method: &str, kind: &str, body: Vec<u8>) -> Probe {
    Probe {
        body: Some((kind.to_owned(), body)),
        ..asked(method, "/")
    }
}
