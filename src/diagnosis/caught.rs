//! An exception that a framework caught and answered with a 5xx status, as its log tells it.

use super::project_files::Files;
use crate::exchange::{
    Blame, Call, EventKind, Exchange, Output, Raised, RaisedIn, Traceback, TracedCall,
};

/// An exception in a log.
#[derive(Debug)]
pub struct Caught {
    pub raised: Raised,
    /// The place of the event that told it.
    pub at: usize,
}

impl Caught {
    /// The exception behind an answer with a 5xx status that left as the application gave it: the
    /// last one in its log, if it went through the project's own code.
    pub fn of(exchange: &Exchange, project: &dyn Files<'_>) -> Option<Self> {
        let moment = exchange.now();
        let failed = moment
            .status()
            .is_some_and(|status| status.starts_with('5'));
        if !failed || moment.error_page || moment.error.is_some() {
            return None;
        }
        // One traceback may come in several pieces.
        let mut log = String::new();
        let mut first = None;
        for (at, event) in exchange.events().iter().enumerate() {
            if let EventKind::Logged { text }
            | EventKind::Printed {
                output: Output::Stderr,
                text,
            } = &event.kind
            {
                log.push_str(text);
                first = first.or_else(|| log.contains(Traceback::BEGINNING).then_some(at));
            }
        }
        let traceback = Traceback::last_in(&log)?;
        let own = traceback.calls.iter().rev();
        let calls: Vec<Call> = own.filter_map(|call| place(call, project)).collect();
        let (kind, message) = match traceback.exception.split_once(": ") {
            Some((kind, message)) => (kind, message),
            None => (traceback.exception.as_str(), ""),
        };
        let kind = kind.rsplit('.').next().unwrap_or(kind);
        Some(Self {
            raised: Raised {
                r#in: RaisedIn::Call,
                r#type: kind.to_owned(),
                message: message.to_owned(),
                traceback: log,
                blame: Some(calls.first()?.place.clone()),
                calls,
                rule: None,
                missing: None,
                lacks: None,
                limit: None,
            },
            at: first?,
        })
    }
}

/// A call of the project's own code, with the bytes of its line that the traceback marks.
fn place(call: &TracedCall, project: &dyn Files<'_>) -> Option<Call> {
    let source = project.source(&call.file)?;
    let text = source.line(call.line);
    let indent = text.len() - text.trim_start().len();
    let bytes = call.marked.and_then(|(from, to)| {
        let indent = u32::try_from(indent).ok()?;
        // The line is ASCII where it is marked; another length is another version of the file.
        let fits = text.is_ascii() && to as usize <= text.len() - indent as usize;
        fits.then_some((indent + from, Some(indent + to)))
    });
    Some(Call {
        place: Blame {
            file: call.file.clone(),
            line: call.line,
        },
        bytes,
    })
}
