//! One call of the application, as a conversation with its worker.

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::Happening;
use super::files::Found;
use super::repr::repr;
use crate::exchange::{Blame, EventKind, Output, RaisedIn, Step, TimedOut};
use crate::python::protocol::channel::{Facts, Lane};
use crate::python::protocol::frame_reader::Silence;
use crate::python::protocol::{Command, Report};

/// How long an answer may go on after newer code was loaded.
const ENDLESS: Duration = Duration::from_secs(2);

/// Why a conversation ended early.
pub enum Lost {
    TimedOut(TimedOut),
    Died(String),
}

impl Lost {
    pub fn reason(&self) -> String {
        match self {
            Self::TimedOut(timed_out) => {
                crate::exchange::sentence(&EventKind::TimedOut(timed_out.clone()))
            }
            Self::Died(reason) => reason.clone(),
        }
    }

    pub fn into_event(self) -> EventKind {
        match self {
            Self::TimedOut(timed_out) => EventKind::TimedOut(timed_out),
            Self::Died(reason) => EventKind::WorkerDied { reason },
        }
    }
}

/// environ as the application gets it: keys, reprs and the names of types. The worker makes a dict of what it
/// is sent, and adds what is its own.
fn environ_told(
    environ: &Map<String, Value>,
    facts: &Facts,
) -> Vec<(String, String, Cow<'static, str>)> {
    let sent = environ.iter().map(|(key, value)| {
        let (repr, kind) = repr(value);
        (key.clone(), repr, Cow::Borrowed(kind))
    });
    let provided = facts.provided.iter().cloned();
    let provided = provided.map(|(key, repr, kind)| (key, repr, Cow::Owned(kind)));
    sent.chain(provided).collect()
}

/// A worker that has ended; what it raised last, where that was why, is told first.
fn ended(
    lane: &Lane,
    silence: &Silence,
    is_returned: bool,
    happen: &mut dyn FnMut(Happening<'_>) -> bool,
) -> Lost {
    let reason = lane.worker.obituary(silence);
    let place = if is_returned {
        RaisedIn::Iteration
    } else {
        RaisedIn::Call
    };
    if let Some(raised) = lane.worker.out_of_memory(silence, place) {
        happen(Happening::Event(EventKind::Raised(raised.into())));
    }
    Lost::Died(reason)
}

/// Goes from the command, with the body that follows it, to `finished`. `outdated` says whether newer code
/// was loaded since; `find` is told which files the application opens.
pub fn converse(
    lane: &mut Lane,
    (command, (length, body)): (&[u8], (usize, &mut dyn Read)),
    environ: &Map<String, Value>,
    outdated: &dyn Fn() -> bool,
    find: &dyn Fn(Found),
    happen: &mut dyn FnMut(Happening<'_>) -> bool,
) -> Result<(), Lost> {
    let called = Instant::now();
    let told = lane.tell_line(command, length, body);
    let began = Instant::now();
    // The application runs by now, and need not wait until this is said.
    happen(Happening::Called {
        callable: lane.facts.callable.clone(),
        environ: environ_told(environ, &lane.facts),
        ago_us: u64::try_from(called.elapsed().as_micros()).unwrap_or(u64::MAX),
    });
    if told.is_err() {
        return Err(Lost::Died(lane.worker.obituary(&Silence::Ended)));
    }
    // When the application last got control: each step has a deadline of its own.
    let mut since = began;
    let mut is_returned = false;
    loop {
        let worker = Arc::clone(&lane.worker);
        let report = lane
            .report(since, &mut || {
                if !happen(Happening::Waits) {
                    worker.hurry();
                }
            })
            .map_err(|silence| ended(lane, &silence, is_returned, happen))?;
        let written = lane.worker.output.take();
        if !written.is_empty() {
            happen(Happening::Event(EventKind::Printed {
                output: Output::Process,
                text: written,
            }));
        }
        match report.into_event() {
            Ok(event) => {
                if matches!(event, EventKind::Returned { .. } | EventKind::CloseCalled) {
                    is_returned = true;
                    since = Instant::now();
                }
                happen(Happening::Event(event));
            }
            Err(Report::Lines { now, files, lines }) => {
                for (at, file, line, function, call, depth, locals) in lines {
                    let file = files.get(file).cloned().unwrap_or_default();
                    let step = EventKind::Line(Step {
                        place: Blame { file, line },
                        function,
                        call,
                        depth,
                        locals,
                    });
                    happen(Happening::Earlier(step, now.saturating_sub(at) / 1000));
                }
            }
            Err(Report::Block {
                source,
                only,
                last,
                bytes: length,
            }) => {
                let mut bytes = (&mut lane.frames).take(length);
                let goes_on = happen(Happening::Block {
                    source,
                    only,
                    length,
                    bytes: &mut bytes,
                });
                // Whatever the gateway had no use for.
                let _ = io::copy(&mut bytes, &mut io::sink());
                let superseded = began.elapsed() > ENDLESS && outdated();
                if superseded {
                    happen(Happening::Event(EventKind::Superseded));
                }
                since = Instant::now();
                if !last {
                    let answer = if goes_on && !superseded {
                        Command::Next
                    } else {
                        Command::Stop
                    };
                    // A worker that is gone is noticed when its next report does not come.
                    let _ = lane.tell(&answer, b"");
                }
            }
            Err(Report::TimedOut(stuck)) => {
                lane.worker.gives_up();
                return Err(Lost::TimedOut(TimedOut {
                    after_ms: u64::try_from(lane.worker.timeout.as_millis()).unwrap_or(u64::MAX),
                    blame: stuck.blame,
                    code: stuck.code,
                }));
            }
            Err(Report::Files { read, written }) => find(Found { read, written }),
            Err(Report::Finished {}) => return Ok(()),
            Err(_) => {}
        }
    }
}
