//! The HTTP server: the only part that talks to clients. It reads each request whole, under limits
//! and deadlines, refuses what is malformed, records the bytes in both directions, sends the
//! request through [`tiny_http`], and sends the response as it comes. It alone decides about
//! keep-alive and closing.

mod accept_pool;
mod body;
mod concurrency_limit;
mod connection;
mod connection_limit;
mod descriptors;
mod listener;
mod log;
mod open_responses;
mod response_sender;
mod spool;
mod tiny_http;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::info;

use super::http::deadlines::Deadlines;
use super::http::mount::Mount;
use super::wsgi::Application;
use crate::exchange::{ExchangeId, Recorder, Sink};
use concurrency_limit::ConcurrencyLimit;
use open_responses::OpenResponses;
use tiny_http::Passage;

/// A running gateway. It serves until the process ends.
pub struct Gateway {
    address: SocketAddr,
    open_responses: Arc<OpenResponses>,
}

impl Gateway {
    /// Listens on `host` at `port` (0: any free one). When the port is taken, the next free one
    /// within a hundred is used. `folder` is a private folder for this run. A client that takes
    /// longer than `deadlines` allow is refused, or its connection is closed. What is not below
    /// `mount` is refused with 404.
    ///
    /// # Errors
    /// When the host is unknown, or no port is free.
    pub fn open(
        host: &str,
        port: u16,
        folder: &Path,
        application: &Arc<dyn Application>,
        deadlines: Deadlines,
        mount: Mount,
        sink: Sink,
    ) -> io::Result<Self> {
        let socket = listener::bind(host, port)?;
        let address = socket.local_addr()?;
        let open_responses = Arc::new(OpenResponses::default());
        let server = Server {
            passage: Passage::start(folder.join("tiny_http.socket"))?,
            application: Arc::clone(application),
            deadlines,
            mount,
            sink: log::logged(sink),
            next_id: AtomicU64::new(1),
            calls: Arc::new(ConcurrencyLimit::new(application.concurrency().calls)),
            open_responses: Arc::clone(&open_responses),
        };
        info!(%address, "gateway listens");
        listener::start(socket, server)?;
        Ok(Self {
            address,
            open_responses,
        })
    }

    /// Ends the response of an exchange, if it is still being sent: the client's connection is
    /// closed, and the application learns of it with its next block.
    pub fn end_answer(&self, id: ExchangeId) {
        self.open_responses.end(id);
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// What every connection needs.
struct Server {
    passage: Passage,
    application: Arc<dyn Application>,
    deadlines: Deadlines,
    mount: Mount,
    sink: Sink,
    next_id: AtomicU64,
    /// Limits the requests in the application to as many as it takes at once.
    calls: Arc<ConcurrencyLimit>,
    open_responses: Arc<OpenResponses>,
}

impl Server {
    /// Begins the record of another exchange.
    fn recorder(&self) -> Recorder {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        Recorder::new(id, Arc::clone(&self.sink))
    }
}
