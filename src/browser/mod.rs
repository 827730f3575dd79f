//! The tutor's own client. It is a client like any other: it connects to the server's address and
//! speaks HTTP, and what comes of it is seen in the record. It shows pages as text, with their
//! links and forms.

mod address;
mod curl;
mod dom;
mod error;
mod fields;
mod multipart;
mod navigation;
mod page;
mod probe;
pub mod redirect;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use crate::exchange::{Exchange, Phase, RequestRead, header};
pub use address::{Origin, typed_target};
pub use curl::curl;
pub use error::{CurlError, FormError, PageError, RedirectError, ResendError};
pub use fields::{Field, PageForm};
pub use multipart::{Part, multipart};
pub use navigation::Navigation;
pub use page::{Look, Page, THREAD as PAGE_THREAD};
pub use probe::Probe;

/// How much longer than the application may take this client waits, so that the server's own answer
/// comes first: others may be before it.
const PATIENCE: Duration = Duration::from_secs(50);

const USER_AGENT: &str = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"));

/// What a request calls itself that is sent for a check, and not because the learner sent it.
const CHECK_AGENT: &str = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"), " check");

/// The Content-Type of a form that is sent as a body.
pub const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// A request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// Path and query, beginning with `/`.
    pub path: String,
    /// The fields of a form, sent as the body.
    pub form: Option<Vec<(String, String)>>,
    /// What is sent as the body where there is no form; the headers say what it is.
    pub body: Option<Vec<u8>>,
    /// Further headers: names and values. A User-Agent takes the place of the client's own.
    pub headers: Vec<(String, String)>,
    /// All bytes of the request, in place of what the other fields say. They need not be HTTP.
    pub raw: Option<Vec<u8>>,
}

impl Request {
    /// The same, sent for a check. Raw bytes get the header that says so behind their first line.
    pub fn for_check(mut self) -> Self {
        if let Some(raw) = &mut self.raw {
            if let Some(end) = raw.windows(2).position(|two| two == b"\r\n") {
                let agent = format!("User-Agent: {CHECK_AGENT}\r\n");
                raw.splice(end + 2..end + 2, agent.into_bytes());
            }
            return self;
        }
        let agent = ("User-Agent".to_owned(), CHECK_AGENT.to_owned());
        self.headers.push(agent);
        self
    }
}

/// Whether a request was sent for a check, and not because the learner sent it.
pub fn is_for_check(request: &RequestRead) -> bool {
    let mut headers = request.headers.iter();
    headers.any(|(name, value)| name == "User-Agent" && value == CHECK_AGENT)
}

/// What a browser asks for first.
impl Default for Request {
    fn default() -> Self {
        Self {
            method: "GET".to_owned(),
            path: "/".to_owned(),
            form: None,
            body: None,
            headers: Vec::new(),
            raw: None,
        }
    }
}

/// The body a browser sends for a form (`application/x-www-form-urlencoded`).
///
/// # Errors
/// When the fields cannot be encoded.
pub fn encode_form(fields: &[(String, String)]) -> Result<String, serde_urlencoded::ser::Error> {
    serde_urlencoded::to_string(fields)
}

/// Sends a request to the server at `address` and waits for the answer's end. `timeout` is how long
/// the application may take for one block.
///
/// # Errors
/// When there was no answer.
pub fn send(address: SocketAddr, timeout: Duration, request: &Request) -> anyhow::Result<()> {
    Connection::open(address, timeout)?.send(request)
}

/// A connection to the server on which nothing was sent yet.
pub struct Connection {
    server: TcpStream,
    address: SocketAddr,
    /// How long the application may take for one block.
    timeout: Duration,
}

impl Connection {
    /// Connects to the server at `address`. `timeout` is how long the application may take for one
    /// block.
    ///
    /// # Errors
    /// When nothing listens there.
    pub fn open(address: SocketAddr, timeout: Duration) -> io::Result<Self> {
        let server = TcpStream::connect(address)?;
        server.set_read_timeout(Some(timeout + PATIENCE))?;
        Ok(Self {
            server,
            address,
            timeout,
        })
    }

    /// Who the server says is connected: the address and port of this end.
    ///
    /// # Errors
    /// When the system does not know.
    pub fn peer(&self) -> io::Result<String> {
        Ok(self.server.local_addr()?.to_string())
    }

    /// Sends a request and waits for the answer's end.
    ///
    /// # Errors
    /// When there was no answer.
    pub fn send(mut self, request: &Request) -> anyhow::Result<()> {
        if let Some(raw) = &request.raw {
            return send_all(self.server, raw);
        }
        self.server.write_all(&bytes(self.address, request)?)?;
        // The answer is read and thrown away: what it was stands in the record.
        let length = io::copy(&mut self.server, &mut io::sink())?;
        anyhow::ensure!(length > 0, "the server closed the connection");
        Ok(())
    }
}

/// Sends bytes that were sent before, over a new connection, and waits for the answer's end.
/// `timeout` is as for [`send`].
///
/// # Errors
/// When there was no answer.
pub fn resend(address: SocketAddr, timeout: Duration, bytes: &[u8]) -> anyhow::Result<()> {
    let server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(timeout + PATIENCE))?;
    server.set_write_timeout(Some(timeout + PATIENCE))?;
    send_all(server, bytes)
}

/// Sends bytes, says that nothing more comes, and waits for the answer's end.
fn send_all(mut server: TcpStream, bytes: &[u8]) -> anyhow::Result<()> {
    // A server that refuses it may not read it all; its answer counts.
    let written = server.write_all(bytes);
    // A connection that is kept open ends when nothing more can come.
    let _ = server.shutdown(Shutdown::Write);
    let mut read = Counted(0);
    let end = io::copy(&mut server, &mut read);
    if read.0 == 0 {
        written?;
        end?;
        anyhow::bail!("the server closed the connection");
    }
    Ok(())
}

/// Throws away what is written and counts it: an answer that breaks off was one all the same.
struct Counted(usize);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes of a request as they came, to be sent again.
///
/// # Errors
/// When the record does not have all of them.
pub fn as_received(exchange: &Exchange) -> Result<&[u8], ResendError> {
    let moment = exchange.now();
    let bytes = &moment.bytes_in;
    if moment.phase == Phase::Arriving && moment.refused.is_none() {
        return Err(ResendError::Incomplete);
    }
    if !bytes.is_whole() {
        return Err(ResendError::NotKept {
            kept: bytes.kept.len(),
            length: bytes.length,
        });
    }
    if bytes.kept.is_empty() {
        return Err(ResendError::Empty);
    }
    Ok(&bytes.kept[..end(exchange).unwrap_or(bytes.kept.len())])
}

/// Where a request with a Content-Length ends: the next one may have come with it.
fn end(exchange: &Exchange) -> Option<usize> {
    let moment = exchange.now();
    let request = moment.request.as_ref()?;
    if header(&request.headers, "Transfer-Encoding").is_some() {
        return None;
    }
    let bytes = &moment.bytes_in.kept;
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let end = head.checked_add(usize::try_from(request.body.length).ok()?)?;
    (end <= bytes.len()).then_some(end)
}

/// The request as it goes out. The order of its headers is always the same, so that two requests
/// can be compared at a glance.
fn bytes(address: SocketAddr, request: &Request) -> anyhow::Result<Vec<u8>> {
    let (agents, others): (Vec<_>, Vec<_>) = request
        .headers
        .iter()
        .partition(|(name, _)| name.eq_ignore_ascii_case("User-Agent"));
    let agent = agents.last().map_or(USER_AGENT, |(_, value)| value);
    let mut text = format!(
        "{} {} HTTP/1.1\r\nHost: {address}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n",
        request.method, request.path
    );
    let form = request.form.as_deref().map(encode_form).transpose()?;
    if form.is_some() {
        write!(text, "Content-Type: {FORM_TYPE}\r\n")?;
    }
    let body = form.map(String::into_bytes).or(request.body.clone());
    if let Some(body) = &body
        && header(&request.headers, "Content-Length").is_none()
    {
        write!(text, "Content-Length: {}\r\n", body.len())?;
    }
    for (name, value) in others {
        write!(text, "{name}: {value}\r\n")?;
    }
    text.push_str("Connection: close\r\n\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend(body.unwrap_or_default());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::{Request, as_received, bytes, encode_form, resend};
    use crate::exchange::{Event, EventKind, Excerpt, Exchange, RequestRead};

    fn exchange(bytes: Excerpt, body: &[u8]) -> Exchange {
        let mut exchange = Exchange::new(1);
        for kind in [
            EventKind::BytesReceived { bytes },
            EventKind::RequestRead(
                RequestRead {
                    method: "POST".into(),
                    target: "/".into(),
                    version: "HTTP/1.1".into(),
                    headers: Vec::new(),
                    body: Excerpt::new(body, 99),
                }
                .into(),
            ),
        ] {
            exchange.record(Event { at_us: 0, kind });
        }
        exchange
    }

    #[test]
    fn a_request_is_sent_again_without_the_next_one() {
        let both = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGET /next HTTP/1.1\r\n\r\n";
        let exchange = exchange(Excerpt::new(both, 999), b"ab");
        let sent = as_received(&exchange).unwrap();
        assert!(sent.ends_with(b"\r\n\r\nab"), "{sent:?}");
    }

    #[test]
    fn what_was_not_kept_cannot_be_sent_again() {
        let half = exchange(Excerpt::new(b"POST / HTTP/1.1\r\n\r\n", 9), b"");
        let why = as_received(&half).unwrap_err();
        assert_eq!(why.to_string(), "only 9 of its 19 bytes were kept");
        let why = as_received(&Exchange::new(1)).unwrap_err();
        assert_eq!(why.to_string(), "it has not arrived completely");
    }

    #[test]
    fn a_connection_that_is_kept_open_ends_with_the_answer() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = server.local_addr().unwrap();
        let serving = std::thread::spawn(move || {
            let (mut client, _) = server.accept().unwrap();
            let mut all = Vec::new();
            // It ends only when the client says that nothing more comes.
            client.read_to_end(&mut all).unwrap();
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            all
        });
        resend(
            address,
            super::PATIENCE,
            b"GET / HTTP/1.1\r\nHost: t\r\n\r\n",
        )
        .unwrap();
        let all = serving.join().unwrap();
        assert_eq!(all, b"GET / HTTP/1.1\r\nHost: t\r\n\r\n");
    }

    #[test]
    fn a_form_goes_out_as_from_a_browser() {
        let request = Request {
            method: "POST".to_owned(),
            path: "/x".to_owned(),
            form: Some(vec![("name".to_owned(), "Ada".to_owned())]),
            headers: vec![("Cookie".to_owned(), "a=1".to_owned())],
            ..Request::default()
        };
        let sent = sent(&request);
        assert!(sent.starts_with("POST /x HTTP/1.1\r\nHost: 127.0.0.1:80\r\n"));
        assert!(
            sent.ends_with("Content-Length: 8\r\nCookie: a=1\r\nConnection: close\r\n\r\nname=Ada")
        );
    }

    fn sent(request: &Request) -> String {
        let sent = bytes("127.0.0.1:80".parse().unwrap(), request).unwrap();
        String::from_utf8(sent).unwrap()
    }

    #[test]
    fn another_body_has_the_length_that_is_named() {
        let mut request = Request {
            method: "POST".to_owned(),
            body: Some(b"[1]".to_vec()),
            ..Request::default()
        };
        assert!(sent(&request).ends_with("Content-Length: 3\r\nConnection: close\r\n\r\n[1]"));
        let length = ("content-length".to_owned(), "9".to_owned());
        request.headers.push(length);
        assert!(sent(&request).ends_with("content-length: 9\r\nConnection: close\r\n\r\n[1]"));
        assert!(!sent(&request).contains("Content-Length"));
    }

    #[test]
    fn raw_bytes_for_a_check_say_so_and_are_else_as_they_were() {
        let raw = |bytes: &[u8]| {
            let request = Request {
                raw: Some(bytes.to_vec()),
                ..Request::default()
            };
            String::from_utf8(request.for_check().raw.unwrap()).unwrap()
        };
        assert_eq!(
            raw(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            format!(
                "GET / HTTP/1.1\r\nUser-Agent: {}\r\nHost: a\r\n\r\n",
                super::CHECK_AGENT
            )
        );
        assert_eq!(raw(b"\n"), "\n");
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
