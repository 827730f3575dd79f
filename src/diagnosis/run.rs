//! What an exchange says about the way the application ran: which lines, in which calls, and what
//! led to what.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::source::Node;
use crate::exchange::{BlockSource, Event, EventKind, Excerpt, Exchange, StartResponse, Step};

/// The lines and calls of one exchange.
#[derive(Debug)]
pub struct Run<'a> {
    pub exchange: &'a Exchange,
    /// By their numbers.
    calls: BTreeMap<u32, Calling<'a>>,
    steps: Vec<(usize, &'a Step)>,
    lines: BTreeSet<(&'a str, u32)>,
    fields: OnceCell<Vec<(String, String)>>,
}

/// One call of one of the project's functions.
#[derive(Debug)]
pub struct Calling<'a> {
    pub function: &'a str,
    pub file: &'a str,
    pub depth: u32,
    /// Its steps, each with its place among the events.
    pub steps: Vec<(usize, &'a Step)>,
}

impl<'a> Calling<'a> {
    /// The steps before an event.
    pub fn before(&self, event: usize) -> &[(usize, &'a Step)] {
        within(&self.steps, 0..event)
    }

    /// The last step before an event.
    pub fn last_before(&self, event: usize) -> Option<(usize, &'a Step)> {
        self.before(event).last().copied()
    }

    /// The last step that a statement had: its place among the events, and that of the next step.
    pub fn step_in(&self, stmt: &Node<'_>) -> Option<(usize, Option<usize>)> {
        let covers = |(_, step): &(usize, &Step)| stmt.covers(step.place.line);
        let place = self.steps.iter().rposition(covers)?;
        let next = self.steps.get(place + 1).map(|(at, _)| *at);
        Some((self.steps[place].0, next))
    }
}

impl<'a> Run<'a> {
    pub fn new(exchange: &'a Exchange) -> Self {
        let mut run = Self {
            exchange,
            calls: BTreeMap::new(),
            steps: Vec::new(),
            lines: BTreeSet::new(),
            fields: OnceCell::new(),
        };
        for (at, event) in exchange.events().iter().enumerate() {
            if let EventKind::Line(step) = &event.kind {
                let file = step.place.file.as_str();
                run.lines.insert((file, step.place.line));
                let calling = run.calls.entry(step.call).or_insert_with(|| Calling {
                    function: &step.function,
                    file,
                    depth: step.depth,
                    steps: Vec::new(),
                });
                calling.steps.push((at, step));
                run.steps.push((at, step));
            }
        }
        run
    }

    pub fn events(&self) -> &'a [Event] {
        self.exchange.events()
    }

    /// The kinds of all events, each with its place.
    pub fn kinds(&self) -> impl DoubleEndedIterator<Item = (usize, &'a EventKind)> {
        let events = self.exchange.events().iter().enumerate();
        events.map(|(at, event)| (at, &event.kind))
    }

    /// The fields that were sent, in the query string and in the body.
    pub fn fields(&self) -> &[(String, String)] {
        self.fields.get_or_init(|| fields_of(self.exchange))
    }

    /// Whether a line ran.
    pub fn ran(&self, file: &str, line: u32) -> bool {
        self.lines.contains(&(file, line))
    }

    /// The lines of a file that ran, in order.
    pub fn lines_of(&self, file: &str) -> Vec<u32> {
        let lines = self.lines.iter().filter(|(of, _)| *of == file);
        lines.map(|&(_, line)| line).collect()
    }

    /// The files that have lines which ran.
    pub fn files(&self) -> BTreeSet<&'a str> {
        self.lines.iter().map(|&(file, _)| file).collect()
    }

    /// The steps of all calls, each with its place among the events.
    pub fn steps(&self) -> &[(usize, &'a Step)] {
        &self.steps
    }

    /// The steps at these places among the events.
    pub fn steps_in(&self, events: Range<usize>) -> &[(usize, &'a Step)] {
        within(&self.steps, events)
    }

    /// The last line that began before an event.
    pub fn line_before(&self, event: usize) -> Option<&'a Step> {
        self.steps_in(0..event).last().map(|(_, step)| *step)
    }

    /// The blocks that the application's iterable gave, each with its place among the events.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, &'a Excerpt)> {
        self.kinds().filter_map(|(at, kind)| match kind {
            EventKind::Block {
                source: BlockSource::Iterable,
                bytes,
                ..
            } => Some((at, bytes)),
            _ => None,
        })
    }

    /// The last call of `start_response`.
    pub fn last_start(&self) -> Option<(usize, &'a StartResponse)> {
        self.kinds().rev().find_map(|(at, kind)| match kind {
            EventKind::StartResponse(started) => Some((at, &**started)),
            _ => None,
        })
    }

    /// What the application answered.
    pub fn answered(&self) -> Answered {
        let mut answered = Answered::default();
        for (_, kind) in self.kinds() {
            match kind {
                EventKind::StartResponse(started) => {
                    answered.ok = started.status.starts_with("200");
                }
                EventKind::Block {
                    source: BlockSource::Write | BlockSource::Iterable,
                    bytes,
                    ..
                } => answered.bytes += bytes.length,
                EventKind::Raised(_)
                | EventKind::TimedOut(_)
                | EventKind::WorkerDied { .. }
                | EventKind::ClientGone
                | EventKind::Superseded
                | EventKind::Interrupted { .. }
                | EventKind::NotRecorded { .. } => answered.is_cut_off = true,
                _ => {}
            }
        }
        answered
    }

    /// The calls of the project's functions, in the order they began.
    pub fn calls(&self) -> impl Iterator<Item = &Calling<'a>> {
        self.calls.values()
    }

    /// The call of the application itself, as far as its lines were recorded.
    pub fn application(&self) -> Option<&Calling<'a>> {
        self.calls.values().find(|calling| calling.depth == 1)
    }

    /// The last call at a depth that had a step between two events.
    pub fn last_call(&self, depth: u32, after: usize, before: usize) -> Option<&Calling<'a>> {
        let calls = self.calls.values().filter(|calling| calling.depth == depth);
        let last = |calling: &Calling<'a>| calling.last_before(before).map(|(at, _)| at);
        let calls = calls.filter_map(|calling| Some((last(calling)?, calling)));
        let (_, calling) = calls
            .filter(|(at, _)| *at > after)
            .max_by_key(|(at, _)| *at)?;
        Some(calling)
    }

    /// The last step that a statement of a file had: its call, its place among the events, and that
    /// of the next step of the same call.
    pub fn step_in(&self, file: &str, stmt: &Node<'_>) -> Option<(&Calling<'a>, usize, usize)> {
        let here = self.calls.values().filter(|calling| calling.file == file);
        let steps = here.filter_map(|calling| {
            let (at, next) = calling.step_in(stmt)?;
            Some((calling, at, next.unwrap_or(self.events().len())))
        });
        steps.max_by_key(|(_, at, _)| *at)
    }

    /// The calls at a depth that began between two events, the first of them first.
    pub fn calls_between(&self, depth: u32, after: usize, before: usize) -> Vec<&Calling<'a>> {
        let inside = |calling: &&Calling<'a>| {
            let first = calling.steps.first().map(|(at, _)| *at);
            calling.depth == depth && first.is_some_and(|at| after < at && at < before)
        };
        self.calls.values().filter(inside).collect()
    }
}

/// What the application answered.
#[derive(Debug, Default)]
pub struct Answered {
    /// Whether its last status was 200.
    pub ok: bool,
    /// The bytes of the body.
    pub bytes: u64,
    /// Whether something other than the application's own end cut it off.
    pub is_cut_off: bool,
}

/// The steps at these places among the events. They are in order.
fn within<'s, 'a>(steps: &'s [(usize, &'a Step)], events: Range<usize>) -> &'s [(usize, &'a Step)] {
    let place = |event: usize| steps.partition_point(|&(at, _)| at < event);
    let within = steps.get(place(events.start)..place(events.end));
    within.unwrap_or_default()
}

fn fields_of(exchange: &Exchange) -> Vec<(String, String)> {
    let Some(request) = &exchange.now().request else {
        return Vec::new();
    };
    let query = request
        .target
        .split_once('?')
        .map(|(_, query)| query.as_bytes());
    let is_form = request.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type") && value.contains("urlencoded")
    });
    let body = is_form.then_some(request.body.kept.as_slice());
    let pairs = |bytes| serde_urlencoded::from_bytes::<Vec<(String, String)>>(bytes).ok();
    query
        .into_iter()
        .chain(body)
        .filter_map(pairs)
        .flatten()
        .collect()
}
