//! Joins the two sides that know nothing of each other: the gateway calls an application, and the
//! worker is where it runs.

use std::sync::Arc;

use crate::gateway::{Application, Call, Reply};
use crate::python::{Happening, Supervisor};

/// An application that runs in a worker.
pub struct Bridge {
    supervisor: Arc<Supervisor>,
}

impl Bridge {
    pub fn new(supervisor: Arc<Supervisor>) -> Self {
        Self { supervisor }
    }
}

impl Application for Bridge {
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
