//! The responses that are being sent now: other requests wait for them, and a user can end them.

use std::net::{IpAddr, Shutdown, TcpStream};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::exchange::{EventKind, ExchangeId, Recorder};
use crate::gateway::http::head::Head;
use crate::gateway::http::page::Page;

/// The responses that are being sent.
#[derive(Default)]
pub struct OpenResponses(Mutex<Vec<OpenResponse>>);

struct OpenResponse {
    recorder: Recorder,
    client: Arc<TcpStream>,
    /// The request, and where it came from: they tell which pages of a browser it is for.
    head: Arc<Head>,
    address: IpAddr,
    /// Whether its page was left, and it was ended for that.
    is_left: bool,
}

/// One of them. Dropping it removes it: the response is complete.
pub struct Registration<'a> {
    open: &'a OpenResponses,
    id: ExchangeId,
}

impl OpenResponses {
    pub fn register(
        &self,
        recorder: &Recorder,
        client: &Arc<TcpStream>,
        head: Arc<Head>,
        address: IpAddr,
    ) -> Registration<'_> {
        self.0.lock().push(OpenResponse {
            recorder: recorder.clone(),
            client: Arc::clone(client),
            head,
            address,
            is_left: false,
        });
        Registration {
            open: self,
            id: recorder.id(),
        }
    }

    /// Their exchanges, in the order in which they began.
    pub fn ids(&self) -> Vec<ExchangeId> {
        self.0.lock().iter().map(|it| it.recorder.id()).collect()
    }

    /// Closes the client's connection, if its response is still being sent; the application learns
    /// of it with its next block, as when a client has gone.
    pub fn end(&self, id: ExchangeId) {
        let open = self.0.lock();
        if let Some(response) = open.iter().find(|it| it.recorder.id() == id) {
            response.end(None);
        }
    }

    /// Ends the responses for a page that a browser leaves in the same way, so that the `next` page
    /// can be served.
    pub fn leave(&self, page: &Page, next: ExchangeId) {
        for response in self.0.lock().iter_mut() {
            // The application may take a while to notice: it is ended once.
            if !response.is_left && response.is_for(page) {
                response.is_left = true;
                response.end(Some(next));
            }
        }
    }
}

impl OpenResponse {
    fn is_for(&self, page: &Page) -> bool {
        Page::served_by(&self.head, self.address).contains(page)
    }

    fn end(&self, next: Option<ExchangeId>) {
        self.recorder.record(EventKind::Interrupted { next });
        // It fails where the client has closed it already.
        let _ = self.client.shutdown(Shutdown::Both);
    }
}

impl Drop for Registration<'_> {
    fn drop(&mut self) {
        self.open.0.lock().retain(|it| it.recorder.id() != self.id);
    }
}
