//! Joins the two sides that know nothing of each other: the gateway calls an application, and the
//! worker is where it runs. When that fails, it says what is known of the mistake for the client's
//! page.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Map, Value};

use crate::diagnosis::{Analyzer, Diagnosis, Sources};
use crate::exchange::{Event, Exchange};
use crate::gateway::{Advice, Application, Call, Concurrency, Prepared, Reply};
use crate::python::{CallEvent, CallRequest, PoolSize, Supervisor};

/// How long the page of a failed call waits for what is said of it. Then it leaves without.
const DIAGNOSIS_TIMEOUT: Duration = Duration::from_millis(50);

/// The files of the application, as they were loaded last.
pub type Known = Arc<Mutex<Sources>>;

/// An application that runs in a worker.
pub struct Bridge {
    supervisor: Supervisor,
    pool_size: PoolSize,
    known: Known,
    analyzer: Analyzer,
}

impl Bridge {
    pub fn new(
        supervisor: Supervisor,
        pool_size: PoolSize,
        known: Known,
        analyzer: Analyzer,
    ) -> Self {
        Self {
            supervisor,
            pool_size,
            known,
            analyzer,
        }
    }

    /// What the page of a failed call has to say, from what the application did until then.
    fn advice(&self, events: Vec<Event>) -> Vec<Advice> {
        let mut exchange = Exchange::new(0);
        for event in events {
            exchange.record(event);
        }
        let sources = self.known.lock();
        let sources = sources.clone();
        let found = self
            .analyzer
            .diagnose_within(exchange, &sources, DIAGNOSIS_TIMEOUT);
        let found = found.unwrap_or_default().diagnoses.into_iter();
        found.map(|diagnosis| advice(diagnosis, &sources)).collect()
    }
}

impl Application for Bridge {
    fn concurrency(&self) -> Concurrency {
        Concurrency {
            multithread: self.pool_size.threads > 1,
            multiprocess: self.pool_size.workers > 1,
            calls: self.pool_size.calls(),
        }
    }

    fn prepare(&self, environ: &Map<String, Value>, length: usize) -> Prepared {
        Some(Box::new(self.supervisor.prepare(environ, length)))
    }

    fn answer(&self, mut call: Call, reply: &mut Reply<'_>) {
        let prepared = call.prepared.take().and_then(|it| it.downcast().ok());
        let prepared = prepared.map_or_else(
            || self.supervisor.prepare(&call.environ, call.length),
            |prepared| *prepared,
        );
        let request = CallRequest {
            exchange: reply.exchange(),
            environ: &call.environ,
            length: call.length,
            body: &mut *call.body,
        };
        self.supervisor
            .call(prepared, request, &mut |event| match event {
                CallEvent::Waiting => reply.waits(),
                CallEvent::Called {
                    callable,
                    environ,
                    ago_us,
                } => {
                    reply.called(callable, environ, ago_us);
                    true
                }
                CallEvent::Event(event) => {
                    reply.event(event);
                    true
                }
                CallEvent::Earlier(event, ago_us) => {
                    reply.earlier(event, ago_us);
                    true
                }
                CallEvent::Block {
                    source,
                    only,
                    length,
                    bytes,
                } => reply.block(source, only, length, bytes),
            });
        reply.advise(|done| self.advice(done));
    }
}

fn advice(diagnosis: Diagnosis, sources: &Sources) -> Advice {
    let place = diagnosis.spot.map(|spot| {
        let name = Path::new(&spot.file).file_name();
        let name = name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let code = sources
            .get(&spot.file)
            .map_or("", |source| source.line(spot.line));
        (name, spot.line, code.to_owned())
    });
    Advice {
        name: diagnosis.mistake.slug().to_owned(),
        message: diagnosis.message,
        place,
        why: diagnosis.mistake.explanation().why.clone(),
        fix: diagnosis.fix.shown(),
        section: diagnosis.mistake.explanation().pep.clone(),
    }
}
