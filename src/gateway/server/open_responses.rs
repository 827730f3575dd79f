//! The responses that are being sent now: other requests wait for them, and a user can end them.

use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::exchange::{EventKind, ExchangeId, Recorder};
use crate::gateway::http::page::Page;

/// The responses that are being sent.
#[derive(Default)]
pub struct OpenResponses(Mutex<Vec<OpenResponse>>);

struct OpenResponse {
    recorder: Recorder,
    client: Arc<TcpStream>,
    /// The pages of a browser that it is for.
    pages: Vec<Page>,
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
        pages: Vec<Page>,
    ) -> Registration<'_> {
        self.lock().push(OpenResponse {
            recorder: recorder.clone(),
            client: Arc::clone(client),
            pages,
        });
        Registration {
            open: self,
            id: recorder.id(),
        }
    }

    /// Their exchanges, in the order in which they began.
    pub fn ids(&self) -> Vec<ExchangeId> {
        self.lock().iter().map(|it| it.recorder.id()).collect()
    }

    /// Closes the client's connection, if its response is still being sent; the application learns
    /// of it with its next block, as when a client has gone.
    pub fn end(&self, id: ExchangeId) {
        let open = self.lock();
        if let Some(response) = open.iter().find(|it| it.recorder.id() == id) {
            response.end(None);
        }
    }

    /// Ends the responses for a page that a browser leaves in the same way, so that the `next` page
    /// can be served.
    pub fn leave(&self, page: &Page, next: ExchangeId) {
        for response in self.lock().iter_mut() {
            if response.pages.contains(page) {
                response.end(Some(next));
                // The application may take a while to notice: it is ended once.
                response.pages.clear();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<OpenResponse>> {
        self.0.lock()
    }
}

impl OpenResponse {
    fn end(&self, next: Option<ExchangeId>) {
        self.recorder.record(EventKind::Interrupted { next });
        // It fails where the client has closed it already.
        let _ = self.client.shutdown(Shutdown::Both);
    }
}

impl Drop for Registration<'_> {
    fn drop(&mut self) {
        self.open.lock().retain(|it| it.recorder.id() != self.id);
    }
}
