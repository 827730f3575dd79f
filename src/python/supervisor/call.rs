//! Runs one call of the application on a worker.

use std::borrow::Cow;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::event::CallEvent;
use super::repr::repr;
use crate::exchange::{
    Blame, EnvironValue, EventKind, ExchangeId, Output, RaisedIn, Step, TimedOut, sentence,
};
use crate::python::process::worker_channel::{CallableInfo, WorkerChannel};
use crate::python::protocol::command::WorkerCommand;
use crate::python::protocol::frame_reader::ReadError;
use crate::python::protocol::message::{ControlMessage, OpenedFiles, StuckAt, WorkerMessage};

/// How long a response may go on after newer code was loaded.
const SUPERSEDED_TIMEOUT: Duration = Duration::from_secs(2);

/// What the application is called with.
pub struct CallRequest<'a> {
    /// The exchange that it belongs to, for the log.
    pub exchange: ExchangeId,
    pub environ: &'a Map<String, Value>,
    /// The length of the body.
    pub length: usize,
    pub body: &'a mut dyn Read,
}

/// Follows a call.
pub trait CallObserver {
    /// Something happened. Returns whether the client wants more.
    fn on_event(&mut self, event: CallEvent<'_>) -> bool;

    /// The application opened these files.
    fn on_files(&mut self, opened: OpenedFiles);

    /// Whether newer code was loaded since the call began.
    fn is_outdated(&self) -> bool;
}

/// Why a call ended early.
pub enum CallError {
    TimedOut(TimedOut),
    WorkerDied(String),
}

impl CallError {
    pub fn reason(&self) -> String {
        match self {
            Self::TimedOut(timed_out) => sentence(&EventKind::TimedOut(timed_out.clone())),
            Self::WorkerDied(reason) => reason.clone(),
        }
    }

    pub fn into_event(self) -> EventKind {
        match self {
            Self::TimedOut(timed_out) => EventKind::TimedOut(timed_out),
            Self::WorkerDied(reason) => EventKind::WorkerDied { reason },
        }
    }
}

/// Sends `command`, a line, and the body of the request, and reads messages until the call has
/// finished.
pub fn run_call(
    channel: &mut WorkerChannel,
    command: &[u8],
    CallRequest {
        environ,
        length,
        body,
        ..
    }: CallRequest<'_>,
    observer: &mut dyn CallObserver,
) -> Result<(), CallError> {
    let called = Instant::now();
    let sent = channel.send_line(command, length, body);
    let began = Instant::now();
    // After it was sent, so that the application need not wait for this.
    observer.on_event(CallEvent::Called {
        callable: channel.application.callable.clone(),
        environ: full_environ(environ, &channel.application),
        ago_us: u64::try_from(called.elapsed().as_micros()).unwrap_or(u64::MAX),
    });
    if sent.is_err() {
        let reason = channel.worker.exit_reason(&ReadError::Ended);
        return Err(CallError::WorkerDied(reason));
    }
    let call = RunningCall {
        channel,
        observer,
        began,
        since: began,
        phase: RaisedIn::Call,
        in_body: false,
    };
    call.run()
}

/// environ as the application gets it. The worker makes a dict of what it is sent, and adds its own
/// values.
fn full_environ(environ: &Map<String, Value>, application: &CallableInfo) -> Vec<EnvironValue> {
    let sent = environ.iter().map(|(key, value)| {
        let (repr, kind) = repr(value);
        EnvironValue {
            key: key.clone(),
            repr,
            r#type: Cow::Borrowed(kind),
        }
    });
    let provided = application.provided.iter().cloned();
    let provided = provided.map(|it| EnvironValue {
        key: it.key,
        repr: it.repr,
        r#type: Cow::Owned(it.r#type),
    });
    sent.chain(provided).collect()
}

/// A call that was sent.
struct RunningCall<'a> {
    channel: &'a mut WorkerChannel,
    observer: &'a mut dyn CallObserver,
    began: Instant,
    /// When the application last got control. Each step has a deadline of its own.
    since: Instant,
    /// Where it is: in the call itself, or later.
    phase: RaisedIn,
    /// Whether the body has begun.
    in_body: bool,
}

impl RunningCall<'_> {
    fn run(mut self) -> Result<(), CallError> {
        loop {
            let message = self.read_message()?;
            self.report_output();
            match message {
                WorkerMessage::Event(event) => self.event(event),
                WorkerMessage::Control(ControlMessage::Lines { now, files, lines }) => {
                    for line in lines {
                        let file = files.get(line.file).cloned().unwrap_or_default();
                        let step = EventKind::Line(Step {
                            place: Blame {
                                file,
                                line: line.line,
                            },
                            function: line.function,
                            call: line.call,
                            depth: line.depth,
                            locals: line.locals,
                        });
                        let ago_us = now.saturating_sub(line.at) / 1000;
                        self.observer.on_event(CallEvent::Earlier(step, ago_us));
                    }
                }
                WorkerMessage::Control(ControlMessage::Block {
                    source,
                    only,
                    last,
                    bytes: length,
                }) => {
                    self.in_body |= length > 0;
                    let mut bytes = self.channel.bytes(length);
                    let is_wanted = self.observer.on_event(CallEvent::Block {
                        source,
                        only,
                        length,
                        bytes: &mut bytes,
                    });
                    // What the gateway did not read.
                    let _ = io::copy(&mut bytes, &mut io::sink());
                    drop(bytes);
                    self.answer_block(is_wanted, last);
                }
                WorkerMessage::Control(ControlMessage::TimedOut(stuck)) => {
                    return Err(self.timed_out(stuck));
                }
                WorkerMessage::Control(ControlMessage::Files(opened)) => {
                    self.observer.on_files(opened);
                }
                WorkerMessage::Control(ControlMessage::Finished {}) => return Ok(()),
                // These belong to a load.
                WorkerMessage::Control(
                    ControlMessage::Ready { .. }
                    | ControlMessage::Located { .. }
                    | ControlMessage::Loaded { .. }
                    | ControlMessage::LoadFailed(_),
                ) => return Err(self.worker_died(&ReadError::Garbled)),
            }
        }
    }

    fn read_message(&mut self) -> Result<WorkerMessage, CallError> {
        let observer = &mut *self.observer;
        let message = self.channel.read_message(self.since, &mut |worker| {
            if !observer.on_event(CallEvent::Waiting) {
                worker.interrupt();
            }
        });
        message.map_err(|error| self.worker_died(&error))
    }

    /// Reports what the process itself has written.
    fn report_output(&mut self) {
        let text = self.channel.worker.output.take();
        if !text.is_empty() {
            let output = Output::Process;
            self.observer
                .on_event(CallEvent::Event(EventKind::Printed { output, text }));
        }
    }

    fn event(&mut self, event: EventKind) {
        if matches!(event, EventKind::Returned { .. } | EventKind::CloseCalled) {
            self.phase = RaisedIn::Iteration;
            self.since = Instant::now();
        }
        self.observer.on_event(CallEvent::Event(event));
    }

    /// Tells the worker whether to continue after a block, unless it was the last one.
    fn answer_block(&mut self, is_wanted: bool, is_last: bool) {
        let is_superseded =
            self.began.elapsed() > SUPERSEDED_TIMEOUT && self.observer.is_outdated();
        if is_superseded {
            self.observer
                .on_event(CallEvent::Event(EventKind::Superseded));
        }
        self.since = Instant::now();
        if !is_last {
            let answer = if is_wanted && !is_superseded {
                WorkerCommand::Next
            } else {
                WorkerCommand::Stop
            };
            // A worker that is gone is noticed when its next message does not come.
            let _ = self.channel.send(&answer, b"");
        }
    }

    fn timed_out(&self, stuck: StuckAt) -> CallError {
        let worker = &self.channel.worker;
        worker.set_timed_out();
        CallError::TimedOut(TimedOut {
            after_ms: u64::try_from(worker.timeout.as_millis()).unwrap_or(u64::MAX),
            in_body: self.in_body,
            blame: stuck.blame,
            code: stuck.code,
        })
    }

    /// Ends the worker after this error. An exception that was the reason is reported first.
    fn worker_died(&mut self, error: &ReadError) -> CallError {
        let worker = &self.channel.worker;
        let reason = worker.exit_reason(error);
        if let Some(raised) = worker.out_of_memory(error, self.phase) {
            self.observer
                .on_event(CallEvent::Event(EventKind::Raised(raised.into())));
        }
        CallError::WorkerDied(reason)
    }
}
