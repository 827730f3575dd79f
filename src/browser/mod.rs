//! The tutor's own client. It is a client like any other: it connects to the server's address and
//! speaks HTTP, and what comes of it is seen in the record. It shows pages as text, with their links
//! and forms.

mod address;
mod dom;
mod fields;
mod page;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

pub use address::Origin;
pub use fields::{Field, PageForm};
pub use page::{Look, Page, THREAD as PAGE_THREAD};

/// Longer than the application may take, so that the server's own answer comes first.
const PATIENCE: Duration = Duration::from_mins(1);

const USER_AGENT: &str = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"));

/// A request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// Path and query, beginning with `/`.
    pub path: String,
    /// The fields of a form, sent as the body.
    pub form: Option<Vec<(String, String)>>,
}

/// The body a browser sends for a form (`application/x-www-form-urlencoded`).
///
/// # Errors
/// When the fields cannot be encoded.
pub fn encode_form(fields: &[(String, String)]) -> anyhow::Result<String> {
    Ok(serde_urlencoded::to_string(fields)?)
}

/// Sends a request to the server at `address` and waits for the answer's end.
///
/// # Errors
/// When there was no answer.
pub fn send(address: SocketAddr, request: &Request) -> anyhow::Result<()> {
    let mut server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.write_all(bytes(address, request)?.as_bytes())?;
    // The answer is read and thrown away: what it was stands in the record.
    let length = io::copy(&mut server, &mut io::sink())?;
    anyhow::ensure!(length > 0, "the server closed the connection");
    Ok(())
}

/// The request as it goes out. The order of its headers is always the same, so that two requests
/// can be compared at a glance.
fn bytes(address: SocketAddr, request: &Request) -> anyhow::Result<String> {
    let mut text = format!(
        "{} {} HTTP/1.1\r\nHost: {address}\r\nUser-Agent: {USER_AGENT}\r\nAccept: */*\r\n",
        request.method, request.path
    );
    let body = request.form.as_deref().map(encode_form).transpose()?;
    if let Some(body) = &body {
        write!(
            text,
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            body.len()
        )?;
    }
    text.push_str("Connection: close\r\n\r\n");
    text.push_str(&body.unwrap_or_default());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Request, bytes, encode_form};

    #[test]
    fn a_form_goes_out_as_from_a_browser() {
        let request = Request {
            method: "POST".to_owned(),
            path: "/x".to_owned(),
            form: Some(vec![("name".to_owned(), "Ada".to_owned())]),
        };
        let sent = bytes("127.0.0.1:80".parse().unwrap(), &request).unwrap();
        assert!(sent.starts_with("POST /x HTTP/1.1\r\nHost: 127.0.0.1:80\r\n"));
        assert!(sent.ends_with("Content-Length: 8\r\nConnection: close\r\n\r\nname=Ada"));
    }

    #[test]
    fn forms_are_encoded_as_browsers_do() {
        let fields = [("name".to_owned(), "Zoë & <b> 李".to_owned())];
        assert_eq!(
            encode_form(&fields).unwrap(),
            "name=Zo%C3%AB+%26+%3Cb%3E+%E6%9D%8E"
        );
    }
}
