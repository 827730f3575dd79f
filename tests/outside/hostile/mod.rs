//! Hostile and odd requests: what is refused, how, and that a good request works afterwards. The
//! wire refuses without Python, so one engine is enough.

/// A request with this in place of its only header line.
macro_rules! headed {
    ($headers:literal) => {
        concat!("POST / HTTP/1.1\r\nHost: t\r\n", $headers, "\r\n\r\n").as_bytes()
    };
}

/// A chunked request with this body.
macro_rules! chunked {
    ($body:literal) => {
        concat!(
            "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n",
            $body
        )
        .as_bytes()
    };
}

mod headers;
mod lengths;
mod limits;
mod lines;

use crate::support::{Answer, Tutor};

/// Refused requests: the bytes, the status, the reason's stable name, and the bytes that are
/// blamed (in part).
struct Row(&'static [u8], &'static str, &'static str, &'static str);

/// Asserts that each row is refused, that it is told live with its reason, and that the next client
/// is served.
fn refused(rows: &[Row]) {
    let tutor = Tutor::lesson(1).start();
    for Row(request, status, reason, blamed) in rows {
        let shown = String::from_utf8_lossy(&request[..request.len().min(200)]);
        check(&tutor, request, status, reason, blamed, &shown);
    }
}

fn check(tutor: &Tutor, request: &[u8], status: &str, reason: &str, blamed: &str, shown: &str) {
    let mut client = tutor.connect();
    client.send(request);
    let answer = Answer::read(&client.rest(), false);
    assert!(answer.status.starts_with(status), "{shown:?}: {answer:?}");
    assert!(answer.whole, "{shown:?}");
    assert_eq!(answer.header("Connection"), Some("close"), "{shown:?}");
    let told = tutor.told("refused");
    assert_eq!(told["status"].to_string(), status, "{shown:?}");
    assert_eq!(told["reason"], reason, "{shown:?}");
    let detail = told["detail"].as_str().unwrap();
    assert!(answer.text().contains(detail), "{shown:?}: {detail}");
    let bytes = &told["bytes"];
    assert!(
        bytes["text"]
            .as_str()
            .is_none_or(|text| text.contains(blamed)),
        "{shown:?}: {bytes}"
    );
    assert!(bytes["length"].is_u64(), "{shown:?}");
    assert_eq!(tutor.get("/").status, "200 OK", "after {shown:?}");
}
