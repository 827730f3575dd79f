//! The fold: what is true after some events of an exchange.

use super::{
    Blame, BlockSource, Entries, EnvironChange, Event, EventKind, Excerpt, ExchangeId, Raised,
    Refused, RequestRead, Shared, StartResponse, Step, TimedOut,
};

/// Why an answer that went on was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedEarly {
    /// The file was saved, or another lesson opened.
    ForASave,
    /// Whoever runs the server wanted it.
    ByHand,
    /// The browser leaves the page it was for.
    ForTheNextPage,
}

/// How far an exchange has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Phase {
    /// The request is still arriving.
    #[default]
    Arriving,
    /// The request was read; the application has not been called.
    Read,
    /// The application runs and has not called `start_response`.
    Called,
    /// `start_response` was called; the status is stored and can still change.
    Stored,
    /// Status and headers have left and can no longer change.
    Sent,
    /// Nothing more follows.
    Finished,
}

/// A call of one of the project's own functions, as far as it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Running {
    /// The number of the call.
    pub call: u32,
    pub function: String,
    /// The line that is about to run.
    pub place: Option<Blame>,
    /// The local variables: names and short forms of their values, the newest last.
    pub locals: Vec<(String, String)>,
    /// Which of them the last step changed.
    pub changed: Vec<String>,
}

/// Everything that is true at one moment of an exchange.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moment {
    pub phase: Phase,
    /// The client's address and port.
    pub peer: String,
    pub request: Option<Shared<RequestRead>>,
    pub refused: Option<Refused>,
    pub environ: Entries,
    /// What the application changed in environ.
    pub changes: Vec<EnvironChange>,
    /// The application's latest status and headers.
    pub started: Option<Shared<StartResponse>>,
    /// Status and headers as they were sent, the gateway's own included.
    pub sent: Option<(String, Vec<(String, String)>)>,
    /// The body the client gets.
    pub body: Excerpt,
    /// Whether the body is the gateway's error page.
    pub error_page: bool,
    /// Bytes from the client, as they were.
    pub bytes_in: Excerpt,
    /// Bytes to the client, as they were.
    pub bytes_out: Excerpt,
    pub printed: String,
    pub logged: String,
    /// The first exception; what follows from it comes later.
    pub error: Option<Shared<Raised>>,
    pub timed_out: Option<TimedOut>,
    pub worker_died: Option<String>,
    pub client_gone: bool,
    /// Why the answer was ended before its time.
    pub ended_early: Option<EndedEarly>,
    /// The exchanges whose answers it waits for.
    pub behind: Vec<ExchangeId>,
    /// The project's own functions that run, the innermost last.
    pub running: Vec<Running>,
    /// The generator that waits at a `yield`.
    pub suspended: Option<Running>,
    /// Why no more lines are recorded.
    pub trace_stopped: Option<String>,
}

impl Moment {
    /// What is true after these events.
    pub fn after(events: &[Event]) -> Self {
        let mut moment = Self::default();
        for event in events {
            moment.apply(&event.kind);
        }
        moment
    }

    /// The status a client sees, or would see if the answer left now.
    pub fn status(&self) -> Option<&str> {
        match (&self.sent, &self.started) {
            (Some((status, _)), _) => Some(status),
            (None, Some(started)) => Some(&started.status),
            (None, None) => None,
        }
    }

    /// Gives back the room for more.
    pub(super) fn shrink(&mut self) {
        for excerpt in [&mut self.body, &mut self.bytes_in, &mut self.bytes_out] {
            excerpt.kept.shrink_to_fit();
        }
        self.running.shrink_to_fit();
    }

    pub(super) fn apply(&mut self, kind: &EventKind) {
        match kind {
            EventKind::ConnectionOpened { peer, .. } => self.peer.clone_from(peer),
            EventKind::BytesReceived { bytes } => self.bytes_in.append(bytes),
            EventKind::RequestRead(request) => {
                self.request = Some(request.clone());
                self.reach(Phase::Read);
            }
            EventKind::Refused(refused) => self.refused = Some(refused.clone()),
            EventKind::EnvironBuilt { environ } => self.environ.clone_from(environ),
            EventKind::Waiting { behind } => self.behind.clone_from(behind),
            EventKind::AppCalled { .. } => {
                self.behind.clear();
                self.reach(Phase::Called);
            }
            EventKind::Line(step) => self.step(step),
            EventKind::Suspended(place) => {
                let running = self.running.last().cloned().unwrap_or_default();
                self.suspended = Some(Running {
                    place: Some(place.clone()),
                    ..running
                });
            }
            EventKind::TraceStopped { reason } => {
                self.running.clear();
                self.trace_stopped = Some(reason.clone());
            }
            EventKind::StartResponse(started) => {
                self.started = Some(started.clone());
                self.reach(Phase::Stored);
            }
            EventKind::Block {
                source,
                bytes,
                sent,
            } => {
                if *source == BlockSource::Iterable {
                    self.running.clear();
                }
                self.block(*source, bytes, *sent);
            }
            EventKind::HeadersSent { status, headers } => {
                self.sent = Some((status.clone(), headers.clone()));
                self.reach(Phase::Sent);
            }
            EventKind::BytesSent { bytes } => self.bytes_out.append(bytes),
            EventKind::Printed { text, .. } => self.printed.push_str(text),
            EventKind::Logged { text } => self.logged.push_str(text),
            EventKind::Raised(raised) => {
                self.error.get_or_insert_with(|| raised.clone());
            }
            EventKind::TimedOut(timed_out) => self.timed_out = Some(timed_out.clone()),
            EventKind::WorkerDied { reason } => self.worker_died = Some(reason.clone()),
            EventKind::EnvironChanged { changes } => self.changes.clone_from(changes),
            EventKind::ClientGone => self.client_gone = true,
            EventKind::Superseded => self.ended_early = Some(EndedEarly::ForASave),
            EventKind::Interrupted { next } => {
                let page = next.map(|_| EndedEarly::ForTheNextPage);
                self.ended_early = Some(page.unwrap_or(EndedEarly::ByHand));
            }
            EventKind::Finished => {
                self.behind.clear();
                self.running.clear();
                self.suspended = None;
                self.reach(Phase::Finished);
            }
            EventKind::Returned { .. } | EventKind::CloseCalled => {
                self.running.clear();
                self.suspended = None;
            }
            // The true lengths count what was too much to record.
            EventKind::NotRecorded {
                body,
                received,
                sent,
                ..
            } => {
                for (part, more) in [
                    (&mut self.body, body),
                    (&mut self.bytes_in, received),
                    (&mut self.bytes_out, sent),
                ] {
                    part.length = part.length.saturating_add(*more);
                }
            }
            EventKind::InputRead { .. } | EventKind::RuleBroken(_) => {}
        }
    }

    /// A line is about to run: whatever was called from its call before has come back.
    fn step(&mut self, step: &Step) {
        self.suspended = None;
        let known = self.running.iter().position(|it| it.call == step.call);
        if let Some(place) = known {
            self.running.truncate(place + 1);
        } else {
            let outside = usize::try_from(step.depth.saturating_sub(1)).unwrap_or(usize::MAX);
            self.running.truncate(outside);
            self.running.push(Running {
                call: step.call,
                function: step.function.clone(),
                ..Running::default()
            });
        }
        if let Some(running) = self.running.last_mut() {
            running.place = Some(step.place.clone());
            running.changed = step.locals.iter().map(|(name, _)| name.clone()).collect();
            for (name, value) in &step.locals {
                running.locals.retain(|(known, _)| known != name);
                running
                    .locals
                    .extend(value.clone().map(|value| (name.clone(), value)));
            }
        }
    }

    fn block(&mut self, source: BlockSource, bytes: &Excerpt, sent: u64) {
        let room = usize::try_from(sent).unwrap_or(usize::MAX);
        let mut part = Excerpt::new(&bytes.kept, room);
        part.length = sent;
        self.body.append(&part);
        self.error_page |= source == BlockSource::Gateway;
    }

    fn reach(&mut self, phase: Phase) {
        self.phase = self.phase.max(phase);
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Phase};
    use crate::exchange::{BlockSource, By, Event, EventKind, Excerpt, StartResponse};

    fn events() -> Vec<Event> {
        let kinds = [
            EventKind::AppCalled {
                callable: "function application".into(),
            },
            EventKind::StartResponse(
                StartResponse {
                    status: "200 OK".into(),
                    headers: vec![("X".into(), "1".into())],
                    exc_info: false,
                    mounted: None,
                    library: None,
                    by: By::default(),
                }
                .into(),
            ),
            EventKind::HeadersSent {
                status: "200 OK".into(),
                headers: vec![],
            },
            EventKind::Block {
                source: BlockSource::Iterable,
                bytes: Excerpt::new(b"Hello", 99),
                sent: 4,
            },
            EventKind::Finished,
        ];
        (0..)
            .zip(kinds)
            .map(|(at_us, kind)| Event { at_us, kind })
            .collect()
    }

    #[test]
    fn stored_is_not_sent() {
        let events = events();
        let phases: Vec<Phase> = (0..=events.len())
            .map(|count| Moment::after(&events[..count]).phase)
            .collect();
        assert_eq!(
            phases,
            [
                Phase::Arriving,
                Phase::Called,
                Phase::Stored,
                Phase::Sent,
                Phase::Sent,
                Phase::Finished
            ]
        );
    }

    #[test]
    fn the_body_is_what_the_client_gets() {
        assert_eq!(Moment::after(&events()).body.kept, b"Hell");
    }
}
