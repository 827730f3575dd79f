//! Records what an application does, and sends its response to the client.

use std::io::{self, Read, Write};
use std::time::SystemTime;

use super::environ::Environ;
use super::error_page::{Advice, Failure, page, public_page};
use super::response::{RequestTraits, Response, ResponseHead};
use crate::exchange::{
    BlockSource, EnvironEntry, EnvironValue, Event, EventKind, Excerpt, ExchangeId, KEPT_BYTES,
    Recorder,
};

/// Where the bytes of a response go.
pub trait ResponseWriter: Write {
    /// Checks whether the client is still connected. Returns false where it is not and other
    /// requests wait for this response to end.
    fn is_wanted(&mut self) -> bool;
}

/// The gateway's side of one call. The application's side reports what happens, in order.
pub struct Reply<'a> {
    recorder: Recorder,
    origins: Environ,
    response: Response,
    /// Whether the client is on this machine.
    is_local: bool,
    client: &'a mut dyn ResponseWriter,
    failure: Option<Failure>,
    advice: Vec<Advice>,
    /// What the application did until the head left: what the page of a failed call explains. It is
    /// kept within the bounds of the record.
    done: Vec<Event>,
    client_gone: bool,
}

impl<'a> Reply<'a> {
    pub(super) fn new(
        recorder: Recorder,
        origins: Environ,
        request: RequestTraits,
        is_local: bool,
        client: &'a mut dyn ResponseWriter,
    ) -> Self {
        Self {
            recorder,
            origins,
            response: Response::new(request),
            is_local,
            client,
            failure: None,
            advice: Vec::new(),
            done: Vec::new(),
            client_gone: false,
        }
    }

    /// The exchange that it belongs to.
    pub fn exchange(&self) -> ExchangeId {
        self.recorder.id()
    }

    /// The application was called so many microseconds ago: what it is, such as `function
    /// application`, and environ as it gets it.
    pub fn called(&mut self, callable: String, environ: Vec<EnvironValue>, ago_us: u64) {
        let environ = environ
            .into_iter()
            .map(|EnvironValue { key, repr, r#type }| EnvironEntry {
                from: self.origins.origin(&key),
                key,
                repr,
                r#type,
            })
            .collect();
        let built = EventKind::EnvironBuilt { environ };
        self.recorder.record_earlier(built, ago_us);
        self.earlier(EventKind::AppCalled { callable }, ago_us);
    }

    /// Anything that happened, other than a block.
    pub fn event(&mut self, event: EventKind) {
        match &event {
            EventKind::StartResponse(started) => self.response.start(started.clone()),
            EventKind::Raised(raised) if raised.r#in != crate::exchange::RaisedIn::Close => {
                self.fail(Failure::Raised(raised.clone()));
            }
            EventKind::TimedOut(_) | EventKind::WorkerDied { .. } => {
                self.fail(Failure::Lost(event.clone()));
            }
            EventKind::Superseded => self.response.cut(),
            _ => {}
        }
        self.earlier(event, 0);
    }

    /// Takes advice from `advise`, who is told what the application did, where the client is to get
    /// a page of the server's own. Once the head has left there will be no page, and a client on
    /// another machine is told nothing.
    pub fn advise(&mut self, advise: impl FnOnce(Vec<Event>) -> Vec<Advice>) {
        if self.failure.is_some() && self.may_be_advised() {
            self.advice = advise(std::mem::take(&mut self.done));
        }
    }

    fn may_be_advised(&self) -> bool {
        self.is_local && !self.response.is_sent()
    }

    /// Something that was noted so many microseconds ago and changes nothing for the client.
    pub fn earlier(&mut self, event: EventKind, ago_us: u64) {
        if self.may_be_advised() {
            let recorded = self.recorder.record_copied(event, ago_us);
            self.done.extend(recorded);
        } else {
            self.recorder.record_earlier(event, ago_us);
        }
    }

    /// A block of `length` bytes, read from `bytes`; it goes out at once. `only` says that it is
    /// the whole body. Returns whether another block is wanted.
    pub fn block(
        &mut self,
        source: BlockSource,
        only: bool,
        length: u64,
        bytes: &mut dyn Read,
    ) -> bool {
        let sent = self.try_block(source, only.then_some(length), length, bytes);
        sent.unwrap_or_else(|_| {
            self.client_gone = true;
            false
        })
    }

    /// The application has taken its time so far. Returns whether it should go on: not for a client
    /// that has left, where others wait.
    pub fn waits(&mut self) -> bool {
        self.client.is_wanted()
    }

    /// The application is done. Returns whether the connection can serve another request.
    pub(super) fn finish(mut self) -> bool {
        if self.failure.is_none() && !self.response.is_started() {
            self.failure = Some(Failure::Silent);
        }
        let ended = self.end();
        ended.is_ok() && !self.client_gone && self.response.keeps_connection()
    }

    fn fail(&mut self, failure: Failure) {
        // The first failure is the cause; what follows from it comes later.
        self.failure.get_or_insert(failure);
    }

    fn end(&mut self) -> io::Result<()> {
        match (&self.failure, self.response.is_sent()) {
            (Some(failure), false) => {
                let (started, page) = if self.is_local {
                    page(failure, &self.advice)
                } else {
                    public_page(failure)
                };
                self.response.start(started.into());
                let length = page.len() as u64;
                let whole = Some(length);
                self.try_block(BlockSource::Gateway, whole, length, &mut &page[..])?;
            }
            (Some(_), true) => self.response.cut(),
            (None, false) => {
                let head = self.head(Some(0));
                self.send_head(Some(head))?;
            }
            (None, true) => {}
        }
        self.client.write_all(self.response.end())?;
        self.client.flush()
    }

    fn try_block(
        &mut self,
        source: BlockSource,
        whole: Option<u64>,
        length: u64,
        bytes: &mut dyn Read,
    ) -> io::Result<bool> {
        if self.client_gone {
            return Ok(false);
        }
        let head = (!self.response.is_sent()).then(|| self.head(whole));
        let part = self.response.block(length);
        let mut beginning = Vec::new();
        bytes.take(KEPT_BYTES as u64).read_to_end(&mut beginning)?;
        let mut excerpt = Excerpt::new(&beginning, KEPT_BYTES);
        excerpt.length = length;
        if source == BlockSource::Gateway {
            // A page of the server's own belongs to its status, not to the application's.
            self.send_head(head)?;
            self.recorder.block(source, &excerpt, part.send);
        } else {
            // Status and headers leave because the application has given a block.
            self.recorder.block(source, &excerpt, part.send);
            self.send_head(head)?;
        }
        if part.send > 0 {
            self.client.write_all(&part.before)?;
            let mut all = beginning.as_slice().chain(bytes).take(part.send);
            io::copy(&mut all, self.client)?;
            self.client.write_all(part.after)?;
        }
        self.client.flush()?;
        // Where there may be no body, a write() that leads nowhere is no mistake of the
        // application's.
        let silent = source == BlockSource::Write && !self.response.has_body();
        Ok(part.goes_on || silent)
    }

    fn head(&mut self, whole: Option<u64>) -> ResponseHead {
        let date = httpdate::fmt_http_date(SystemTime::now());
        self.response.head(whole, &date)
    }

    fn send_head(&mut self, head: Option<ResponseHead>) -> io::Result<()> {
        let Some(head) = head else { return Ok(()) };
        self.recorder.record(EventKind::HeadersSent {
            status: head.status,
            headers: head.headers,
        });
        self.client.write_all(&head.bytes)
    }
}
