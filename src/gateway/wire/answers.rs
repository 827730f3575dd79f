//! The answers the application is giving at this moment: those that others wait for, and that can be ended.

use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::page::Page;
use crate::exchange::{EventKind, ExchangeId, Recorder};

/// The answers that go on.
#[derive(Default)]
pub struct Answers(Mutex<Vec<Answer>>);

struct Answer {
    recorder: Recorder,
    client: Arc<TcpStream>,
    /// The pages of a browser that it is for.
    pages: Vec<Page>,
}

/// One of them. Dropping it says that it is complete.
pub struct Entry<'a> {
    answers: &'a Answers,
    id: ExchangeId,
}

impl Answers {
    pub fn begin(
        &self,
        recorder: &Recorder,
        client: &Arc<TcpStream>,
        pages: Vec<Page>,
    ) -> Entry<'_> {
        self.lock().push(Answer {
            recorder: recorder.clone(),
            client: Arc::clone(client),
            pages,
        });
        Entry {
            answers: self,
            id: recorder.id(),
        }
    }

    /// Their exchanges, in the order in which they began.
    pub fn ids(&self) -> Vec<ExchangeId> {
        self.lock().iter().map(|it| it.recorder.id()).collect()
    }

    /// Closes the client's connection, if its answer still goes on; the application is told with its next
    /// block, as when a client has gone.
    pub fn end(&self, id: ExchangeId) {
        let answers = self.lock();
        if let Some(answer) = answers.iter().find(|it| it.recorder.id() == id) {
            answer.end(None);
        }
    }

    /// Ends what is for a page that a browser leaves, in the same way, so that the `next` one can come.
    pub fn leave(&self, page: &Page, next: ExchangeId) {
        for answer in self.lock().iter_mut() {
            if answer.pages.contains(page) {
                answer.end(Some(next));
                // It may take the application a while to notice.
                answer.pages.clear();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Answer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answer {
    fn end(&self, next: Option<ExchangeId>) {
        self.recorder.record(EventKind::Interrupted { next });
        // It fails where the client was first.
        let _ = self.client.shutdown(Shutdown::Both);
    }
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        self.answers.lock().retain(|it| it.recorder.id() != self.id);
    }
}
