//! The responses that are being sent now: other requests wait for them, and a user can end them.

use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::exchange::{EventKind, ExchangeId, Recorder};

/// The responses that are being sent.
#[derive(Default)]
pub struct OpenResponses(Mutex<Vec<OpenResponse>>);

struct OpenResponse {
    recorder: Recorder,
    client: Arc<TcpStream>,
}

/// One of them. Dropping it removes it: the response is complete.
pub struct Registration<'a> {
    open: &'a OpenResponses,
    id: ExchangeId,
}

impl OpenResponses {
    pub fn register(&self, recorder: &Recorder, client: &Arc<TcpStream>) -> Registration<'_> {
        self.lock().push(OpenResponse {
            recorder: recorder.clone(),
            client: Arc::clone(client),
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

    /// Closes the client's connection, if its response is still being sent; the application learns of it
    /// with its next block, as when a client has gone.
    pub fn end(&self, id: ExchangeId) {
        let open = self.lock();
        if let Some(response) = open.iter().find(|it| it.recorder.id() == id) {
            response.recorder.record(EventKind::Interrupted);
            // It fails where the client has closed it already.
            let _ = response.client.shutdown(Shutdown::Both);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<OpenResponse>> {
        self.0.lock()
    }
}

impl Drop for Registration<'_> {
    fn drop(&mut self) {
        self.open.lock().retain(|it| it.recorder.id() != self.id);
    }
}
