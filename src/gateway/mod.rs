//! Between HTTP and WSGI. The [`wire`] reads each request whole and checked, passes it on to
//! `tiny_http`, and relays the answer; behind `tiny_http` the request becomes environ, and what the
//! application gives becomes a response.
//!
//! This module knows sockets and the record, and neither Python nor a screen: an application is
//! whatever implements [`Application`].

mod application;
mod deadlines;
mod environ;
mod error_page;
mod limits;
mod reply;
mod response;
mod serve;
mod wire;

pub use application::{Application, Call, Concurrency, Prepared};
pub use deadlines::Deadlines;
pub use environ::percent_decoded;
pub use error_page::Advice;
pub use reply::Reply;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use crate::exchange::{ExchangeId, Sink};
use wire::answers::Answers;

/// How this server calls itself in the `Server` header.
const SERVER: &str = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"));

/// A running gateway. It serves until the process ends.
pub struct Gateway {
    address: SocketAddr,
    answers: Arc<Answers>,
}

impl Gateway {
    /// Listens on `host` at `port` (0: any free one). When the port is taken, the next free one
    /// within a hundred is used. `folder` is a private folder for this run. A client that takes
    /// longer than `deadlines` allow is refused, or its connection is closed.
    ///
    /// # Errors
    /// When the host is unknown, or no port is free.
    pub fn open(
        host: &str,
        port: u16,
        folder: &Path,
        application: &Arc<dyn Application>,
        deadlines: Deadlines,
        sink: Sink,
    ) -> io::Result<Self> {
        let listener = wire::bind(host, port)?;
        let address = listener.local_addr()?;
        let socket = folder.join("tiny_http.socket");
        let inside = serve::Inside::start(socket, Arc::clone(application))?;
        let answers = wire::start(listener, inside, deadlines, sink)?;
        Ok(Self { address, answers })
    }

    /// Ends the answer of an exchange, if it goes on: the client's connection is closed, and the application
    /// is told with its next block.
    pub fn end_answer(&self, id: ExchangeId) {
        self.answers.end(id);
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}
