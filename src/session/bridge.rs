//! Joins the two sides that know nothing of each other: the gateway calls an application, and the
//! worker is where it runs.

use crate::gateway::{Application, Call, Concurrency, Reply};
use crate::python::{Crowd, Happening, Supervisor};

/// An application that runs in a worker.
pub struct Bridge {
    supervisor: Supervisor,
    crowd: Crowd,
}

impl Bridge {
    pub fn new(supervisor: Supervisor, crowd: Crowd) -> Self {
        Self { supervisor, crowd }
    }
}

impl Application for Bridge {
    fn concurrency(&self) -> Concurrency {
        Concurrency {
            multithread: self.crowd.threads > 1,
            multiprocess: self.crowd.workers > 1,
            calls: self.crowd.calls(),
        }
    }

    fn answer(&self, call: &Call, reply: &mut Reply) {
        self.supervisor.call(
            &call.environ,
            &call.body,
            &mut |happening| match happening {
                Happening::Environ(entries) => {
                    reply.environ(entries);
                    true
                }
                Happening::Event(event) => {
                    reply.event(event);
                    true
                }
                Happening::Block {
                    source,
                    only,
                    length,
                    bytes,
                } => reply.block(source, only, length, bytes),
            },
        );
    }
}
