//! The events an exchange is made of, in the order they happened.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Excerpt, ExchangeId};

/// Something that happened, and when: microseconds since the exchange began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at_us: u64,
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened. The names are those of PEP 3333 wherever it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum EventKind {
    /// A client connected, or sent another request on a connection it had. `peer` is its address
    /// and port.
    ConnectionOpened { peer: String, reused: bool },
    /// Bytes came from the client, as they were.
    BytesReceived { bytes: Excerpt },
    /// The request was read whole and is well-formed.
    RequestRead(Shared<RequestRead>),
    /// The server refused the request; no application was called.
    Refused(Refused),
    /// The request waits for its turn: the application is still answering these exchanges, and
    /// takes no more at once.
    Waiting { behind: Vec<ExchangeId> },
    /// The dictionary the application is called with.
    EnvironBuilt { environ: Entries },
    /// `application(environ, start_response)` was called. `callable` says what it is, as
    /// `function application`.
    AppCalled { callable: String },
    /// A line of the project's own files is about to run.
    Line(Step),
    /// The iterable is a generator, and waits at this line, a `yield`, to be asked for the next
    /// block.
    Suspended(Blame),
    /// From here on no lines are recorded, for this reason.
    TraceStopped { reason: String },
    /// The application read from `wsgi.input`: the call, how many bytes it got, and whose call it
    /// was, unless a library made it.
    InputRead {
        call: String,
        got: u64,
        #[serde(flatten)]
        by: By,
    },
    /// The application called `start_response`; nothing is on the wire yet.
    StartResponse(Shared<StartResponse>),
    /// The application broke a rule of the standard.
    RuleBroken(Box<RuleBroken>),
    /// The application returned an iterable: its type, its length where it has one, and the name of
    /// a generator's function.
    Returned {
        r#type: String,
        length: Option<u64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// A block of the body. The client gets the first `sent` bytes of it: all of them, unless the
    /// answer may have no body or its Content-Length is used up.
    Block {
        source: BlockSource,
        bytes: Excerpt,
        sent: u64,
    },
    /// Status line and headers left; the status can no longer be changed.
    HeadersSent {
        status: String,
        /// All of them: the application's, in their order, then the gateway's own.
        headers: Vec<(String, String)>,
    },
    /// Bytes went to the client, as they were.
    BytesSent { bytes: Excerpt },
    /// The application printed.
    Printed { output: Output, text: String },
    /// The application wrote to `wsgi.errors`.
    Logged { text: String },
    /// An exception left the application.
    Raised(Shared<Raised>),
    /// The application was stopped because it did not answer in time.
    TimedOut(TimedOut),
    /// The Python process ended while the application ran.
    WorkerDied { reason: String },
    /// The iterable's `close()` was called.
    CloseCalled,
    /// Keys of environ the application added, changed or removed (`repr` absent).
    EnvironChanged { changes: Vec<EnvironChange> },
    /// The answer went on and was ended, because the file was saved or another one is to run.
    Superseded,
    /// The answer went on and was ended, so that others get theirs: by whoever runs the server, or
    /// because the browser leaves the page it is for by the request of the `next` exchange.
    Interrupted {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<ExchangeId>,
    },
    /// The client closed the connection before the answer was complete.
    ClientGone,
    /// This many further events were not recorded, and this many bytes with them: of the body the
    /// client gets, from the client, and to the client.
    NotRecorded {
        events: u64,
        body: u64,
        received: u64,
        sent: u64,
        /// How many of the events were reads of `wsgi.input`.
        #[serde(default, skip_serializing_if = "is_zero")]
        reads: u64,
    },
    /// Nothing more follows.
    Finished,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl EventKind {
    /// Whether the application did not answer in time, whether or not its line is known.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::TimedOut(_) => true,
            // The interpreter could not say any more where it was.
            Self::WorkerDied { reason } => reason.starts_with("no answer"),
            _ => false,
        }
    }
}

/// A line that is about to run, and what it can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    #[serde(flatten)]
    pub place: Blame,
    /// The function's name.
    pub function: String,
    /// A number for the call of the function: two calls of one function have two.
    pub call: u32,
    /// How many calls of the project's own functions it is inside of; 1 for the application
    /// itself.
    pub depth: u32,
    /// The local variables that are new or other than at the last line of the same call: name and
    /// a short form of the value, or nothing where it is gone.
    pub locals: Vec<(String, Option<String>)>,
}

/// A request as the server read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRead {
    pub method: String,
    /// The request target as it was sent; bytes outside ASCII are shown as latin-1.
    pub target: String,
    /// `HTTP/1.1`, as the client said it.
    pub version: String,
    /// Names and values in order, as they were sent (latin-1).
    pub headers: Vec<(String, String)>,
    /// The body with any chunked coding removed.
    pub body: Excerpt,
}

/// Why the server refused a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The status it was answered with, such as 400.
    pub status: u16,
    /// A stable name, such as `bare-line-feed`.
    pub reason: String,
    /// One sentence for a learner.
    pub detail: String,
    /// The bytes that caused it.
    pub bytes: Excerpt,
}

/// What the record and the fold over it share.
#[derive(Debug, PartialEq, Eq)]
pub struct Shared<T>(Arc<T>);

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> From<Box<T>> for Shared<T> {
    fn from(value: Box<T>) -> Self {
        Self(value.into())
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

/// environ as the application received it. The record and the fold over it share it: it is the
/// largest part of most exchanges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<EnvironEntry>")]
pub struct Entries(Arc<[EnvironEntry]>);

impl From<Vec<EnvironEntry>> for Entries {
    fn from(entries: Vec<EnvironEntry>) -> Self {
        Self(entries.into())
    }
}

impl FromIterator<EnvironEntry> for Entries {
    fn from_iter<I: IntoIterator<Item = EnvironEntry>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl Deref for Entries {
    type Target = [EnvironEntry];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

/// A key of environ and its value, as the application gets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironValue {
    pub key: String,
    /// Python's `repr` of the value.
    pub repr: String,
    /// The name of its type.
    pub r#type: Cow<'static, str>,
}

/// One key of environ as the application received it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironEntry {
    pub key: String,
    /// Python's own `repr` of the value.
    pub repr: String,
    /// The name of the value's type.
    pub r#type: Cow<'static, str>,
    /// Where the value came from.
    pub from: Origin,
}

/// Where the value of an environ key came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The bytes `start..end` of the request, and what they are, such as `header Host`.
    Request {
        what: Cow<'static, str>,
        start: usize,
        end: usize,
    },
    /// The connection itself, such as the client's address.
    Connection(Cow<'static, str>),
    /// The gateway made it by this rule.
    Gateway(Cow<'static, str>),
}

/// A key the application changed. `repr` is absent when the key was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironChange {
    pub key: String,
    pub repr: Option<String>,
    /// The name of the new value's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// A successful call of `start_response`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartResponse {
    /// `200 OK`: code and reason, in latin-1 characters.
    pub status: String,
    pub headers: Vec<(String, String)>,
    /// Whether it was called with `exc_info`, to replace an earlier answer.
    pub exc_info: bool,
    /// `SCRIPT_NAME` as the application that called it has it, unless it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mounted: Option<String>,
    /// The module that called `start_response`, where it is none of the project's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// Who made the list of headers.
    #[serde(flatten)]
    pub by: By,
}

/// Something the standard forbids, as it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleBroken {
    /// The name of the mistake, such as `header-hop-by-hop`.
    pub rule: String,
    /// What was wrong, with the actual values.
    pub message: String,
    /// What it is about, such as the name of a header.
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(flatten)]
    pub by: By,
}

/// Whose doing something was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The line that is to blame: the one that made the value in question.
    #[serde(flatten)]
    pub blame: Option<Blame>,
    /// The lines of the project's own functions that were being called, the innermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
}

impl Raised {
    /// Whether its traceback names a place: what the server raises of what it was given names none.
    pub fn has_frames(&self) -> bool {
        self.traceback
            .lines()
            .any(|line| line.trim_start().starts_with("File \""))
    }
}

/// A call of one of the project's own functions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    #[serde(flatten)]
    pub place: Blame,
    /// The bytes of the line that were being evaluated, counted from 0 in UTF-8; without an end
    /// where that is on another line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<(u32, Option<u32>)>,
}

/// How a block of the body reached the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockSource {
    /// The application called `write()`.
    Write,
    /// The iterable yielded it.
    Iterable,
    /// The gateway's own error page, in place of an application's answer.
    Gateway,
}

/// Where something was printed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// `sys.stdout`.
    Stdout,
    /// `sys.stderr`.
    Stderr,
    /// Written to the process's own output, past Python's `sys.stdout`.
    Process,
}

/// A line of the learner's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blame {
    pub file: String,
    /// Counted from 1.
    pub line: u32,
}

/// For people: `line 3 of app.py`.
impl fmt::Display for Blame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        write!(formatter, "line {} of {}", self.line, super::visible(name))
    }
}

/// What the application was doing when an exception left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RaisedIn {
    /// While the file was loaded: a syntax error, or a failing import.
    Load,
    /// In `application(environ, start_response)`.
    Call,
    /// While the iterable was iterated.
    Iteration,
    /// In the iterable's `close()`.
    Close,
}

/// An exception of the learner's code, or one the gateway raised against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    pub r#in: RaisedIn,
    /// The exception's type, such as `TypeError`.
    pub r#type: String,
    pub message: String,
    /// Python's traceback.
    pub traceback: String,
    #[serde(flatten)]
    pub blame: Option<Blame>,
    /// The lines of the project's own functions on the way to it, the innermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// The broken rule it comes of, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Where the file is that was not found, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingFile>,
    /// What this Python has not and another one may have, where it comes of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lacks: Option<Lack>,
    /// The limit of the tutor's own that it comes of, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// What the tutor allows less of than other servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// The time that loading may take.
    Time,
    /// Memory.
    Memory,
    /// A terminal to ask somebody.
    Terminal,
}

/// What the embedded Python lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// A package that can be installed for another Python, by the name it is imported by.
    Package(String),
    /// A module, a codec or a function of the standard library.
    Library(String),
}

/// A file with a relative path that is not in the working directory, and is in another folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingFile {
    /// The working directory.
    pub directory: String,
    /// The folder of the project in which the file is.
    pub beside: String,
}

/// The deadline passed while the application ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedOut {
    /// The deadline, in milliseconds.
    pub after_ms: u64,
    /// Whether the body had begun.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_body: bool,
    /// Where it was, when the interpreter could still say.
    #[serde(flatten)]
    pub blame: Option<Blame>,
    /// The text of that line.
    pub code: Option<String>,
}
