//! The thread that diagnoses. It keeps the syntax trees of the project that was asked about last,
//! has a stack for source that is nested deeply, and may fail without anything else ending.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use parking_lot::{Condvar, Mutex, MutexGuard};

use super::parser_stack::PARSER_STACK;
use super::source::{Modules, Trees};
use super::{Findings, Sources, diagnose_load_with, diagnose_with};
use crate::exchange::{Exchange, Raised};

/// The name of the thread: what panics there fails alone.
pub const THREAD: &str = "diagnosis";

/// Diagnoses exchanges on a thread of its own, one after the other. Clones share the thread, which
/// ends with the last of them.
#[derive(Clone)]
pub struct Analyzer(Arc<Handle>);

struct Handle(Arc<Queue>);

/// What is to be looked into.
enum Subject {
    Exchange(Box<Exchange>),
    LoadFailed(Box<Raised>),
}

struct Job {
    subject: Subject,
    sources: Sources,
    done: Box<dyn FnOnce(Findings) + Send>,
}

#[derive(Default)]
struct Queue {
    jobs: Mutex<Jobs>,
    changed: Condvar,
}

#[derive(Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    closed: bool,
}

impl Analyzer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system allows no more threads.
    pub fn start() -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let jobs = Arc::clone(&queue);
        thread::Builder::new()
            .name(THREAD.into())
            .stack_size(PARSER_STACK)
            .spawn(move || work(&jobs))?;
        Ok(Self(Arc::new(Handle(queue))))
    }

    /// Diagnoses a finished exchange, and calls `done` on the thread.
    pub fn submit(
        &self,
        exchange: Exchange,
        sources: Sources,
        done: impl FnOnce(Findings) + Send + 'static,
    ) {
        self.push(Subject::Exchange(Box::new(exchange)), sources, done);
    }

    /// The same for an application that could not be loaded.
    pub fn submit_load(
        &self,
        raised: Raised,
        sources: Sources,
        done: impl FnOnce(Findings) + Send + 'static,
    ) {
        self.push(Subject::LoadFailed(Box::new(raised)), sources, done);
    }

    /// Diagnoses an exchange, and waits for it.
    pub fn diagnose(&self, exchange: &Exchange, sources: &Sources) -> Findings {
        let findings = self.ask(Subject::Exchange(Box::new(exchange.clone())), sources);
        findings.recv().unwrap_or_else(|_| Findings::unknown())
    }

    /// Diagnoses why an application could not be loaded, and waits for it.
    pub fn diagnose_load(&self, raised: &Raised, sources: &Sources) -> Findings {
        let findings = self.ask(Subject::LoadFailed(Box::new(raised.clone())), sources);
        findings.recv().unwrap_or_else(|_| Findings::unknown())
    }

    /// Diagnoses an exchange, and waits for so long at most.
    pub fn diagnose_within(
        &self,
        exchange: Exchange,
        sources: &Sources,
        patience: Duration,
    ) -> Option<Findings> {
        let findings = self.ask(Subject::Exchange(Box::new(exchange)), sources);
        findings.recv_timeout(patience).ok()
    }

    /// Where the findings will come.
    fn ask(&self, subject: Subject, sources: &Sources) -> Receiver<Findings> {
        let (sender, findings) = channel();
        self.push(subject, sources.clone(), move |found| {
            // Who asked may have given up.
            let _ = sender.send(found);
        });
        findings
    }

    fn push(
        &self,
        subject: Subject,
        sources: Sources,
        done: impl FnOnce(Findings) + Send + 'static,
    ) {
        self.0.0.push(Job {
            subject,
            sources,
            done: Box::new(done),
        });
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.changed.notify_all();
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock()
    }

    fn push(&self, job: Job) {
        self.lock().waiting.push_back(job);
        self.changed.notify_one();
    }

    /// The next job; nothing when nobody can ask any more.
    fn next(&self) -> Option<Job> {
        let mut jobs = self.lock();
        loop {
            if let Some(job) = jobs.waiting.pop_front() {
                return Some(job);
            }
            if jobs.closed {
                return None;
            }
            self.changed.wait(&mut jobs);
        }
    }
}

fn work(queue: &Queue) {
    let mut next = queue.next();
    while let Some(job) = next {
        let sources = job.sources.clone();
        let modules = Modules::of(&sources);
        let trees = Trees::new(&sources, &modules);
        next = serve(job, &sources, &trees, queue);
    }
}

/// Does jobs about the same sources; gives the first one about others, for which the trees are made
/// anew.
fn serve(job: Job, sources: &Sources, trees: &Trees<'_>, queue: &Queue) -> Option<Job> {
    let mut job = job;
    loop {
        let found = catch_unwind(AssertUnwindSafe(|| match &job.subject {
            Subject::Exchange(exchange) => diagnose_with(exchange, trees),
            Subject::LoadFailed(raised) => diagnose_load_with(raised, trees),
        }));
        // What a panic left half done is not used again.
        let is_sound = found.is_ok();
        let done = job.done;
        done(found.unwrap_or_else(|_: Box<dyn Any + Send>| Findings::unknown()));
        job = queue.next()?;
        if !is_sound || trees.are_large() || !job.sources.is_same(sources) {
            return Some(job);
        }
    }
}

impl Findings {
    /// What is said when nothing could be found out.
    fn unknown() -> Self {
        Self {
            diagnoses: Vec::new(),
            unfinished: true,
        }
    }
}
