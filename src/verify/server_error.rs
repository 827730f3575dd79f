//! Answers with a 5xx status: the app says that it failed. A framework catches the exception that
//! was the reason, and writes it into its log.

use std::path::Path;

use super::finding::{Finding, made_by, whole_line};
use super::handler::Handler;
use crate::diagnosis::{Diagnosis, Mistake, Severity, Sources, Spot};
use crate::exchange::{Blame, Exchange, Traceback, TracedCall};
use crate::python::project::is_passed_over;

/// Methods that every app knows; another one may be answered 501 (RFC 9110, section 15.6.2).
const KNOWN_METHODS: [&str; 3] = ["GET", "HEAD", "POST"];
/// Characters of a line of the log that are told.
const MAX_LOG: usize = 200;
/// How to see more.
const DJANGO: &str = "Django logs no traceback while DEBUG is False: set DEBUG = True for the check, or give LOGGING a console handler";

/// The files of the project, as far as a traceback is concerned.
pub struct Project<'a> {
    pub folder: &'a Path,
    pub sources: &'a Sources,
}

/// The finding for an answer with a 5xx status, unless one of its diagnoses says why it failed.
pub fn server_error(
    exchange: &Exchange,
    diagnoses: &[Diagnosis],
    project: &Project<'_>,
) -> Option<Finding> {
    let moment = exchange.now();
    let status = moment.status()?;
    let code: u16 = status.get(..3)?.parse().ok()?;
    let method = moment.request.as_ref().map_or("", |it| it.method.as_str());
    let may_be_unknown = code == 501 && !KNOWN_METHODS.contains(&method);
    if !(500..600).contains(&code) || may_be_unknown {
        return None;
    }
    let reached_server = moment.error_page
        || moment.error.is_some()
        || moment.timed_out.is_some()
        || moment.worker_died.is_some();
    let is_error = |diagnosis: &Diagnosis| diagnosis.severity == Severity::Error;
    if reached_server && diagnoses.iter().any(is_error) {
        return None;
    }
    let texts = [
        moment.error.as_ref().map_or("", |it| it.traceback.as_str()),
        &moment.logged,
        &moment.printed,
    ];
    let traceback = texts.into_iter().find_map(Traceback::last_in);
    let spot = traceback.as_ref().and_then(|it| project.spot(it));
    // The diagnosis of an except that tells nobody says all that this would.
    let is_there = |diagnosis: &Diagnosis| {
        if diagnosis.mistake == Mistake::ExceptionSwallowed {
            return true;
        }
        let lines = diagnosis.spot.as_ref().zip(spot.as_ref());
        lines.is_some_and(|(one, other)| one.file == other.file && one.line == other.line)
    };
    if diagnoses.iter().any(is_there) {
        return None;
    }
    let handler = Handler::of(exchange, project.sources).filter(|_| traceback.is_none());
    // Without a traceback, the handler this answer was given in, or the line that made it.
    let answered_at = || match &handler {
        Some(handler) => Some(&handler.place),
        None => moment.started.as_ref()?.by.blame.as_ref(),
    };
    let spot = spot.or_else(|| whole_line(answered_at()?, project.sources));
    let mut notes = Vec::new();
    let message = if let Some(traceback) = &traceback {
        notes.extend(project.outside(traceback).map(|place| ("raised in", place)));
        format!(
            "the answer is {status}; the log says {}",
            traceback.exception
        )
    } else {
        let mut lines = moment.logged.lines().map(str::trim_end).rev();
        let last = lines.find(|line| !line.is_empty());
        notes.extend(last.map(|line| ("log", line.chars().take(MAX_LOG).collect())));
        let started = moment.started.as_deref().filter(|_| handler.is_none());
        notes.extend(started.and_then(|it| made_by(it, project.sources)));
        let library = started.and_then(|it| it.library.as_deref());
        let is_django = library.is_some_and(|it| it.split('.').next() == Some("django"));
        notes.extend(is_django.then(|| ("help", DJANGO.to_owned())));
        match &handler {
            Some(handler) => format!(
                "the application itself answers {status}: this except caught {}, and the log holds no traceback",
                caught(handler)
            ),
            None => match &moment.worker_died {
                Some(reason) => {
                    format!("the answer is {status}: the Python process ended: {reason}")
                }
                None => format!("the answer is {status}; the log holds no exception"),
            },
        }
    };
    Some(Finding {
        subject: match traceback {
            Some(traceback) => traceback.into_type(),
            None => handler.map_or_else(|| status.to_owned(), |it| caught(&it)),
        },
        notes,
        ..Finding::of_check(Mistake::ServerError, message, spot)
    })
}

/// What a handler caught, as far as the record holds it.
fn caught(handler: &Handler) -> String {
    let exception = handler.exception.as_deref().unwrap_or("an exception");
    match &handler.raised {
        Some(raised) if raised.file == handler.place.file => {
            format!("{exception} of line {}", raised.line)
        }
        Some(raised) => format!("{exception} of {raised}"),
        None => exception.to_owned(),
    }
}

impl Project<'_> {
    /// The innermost line of the project's own in a traceback.
    fn spot(&self, traceback: &Traceback) -> Option<Spot> {
        let mut calls = traceback.calls.iter().rev();
        let TracedCall { file, line, .. } = calls.find(|call| self.has(&call.file))?;
        let file = self.folder.join(file).to_string_lossy().into_owned();
        let line = *line;
        let place = Blame { file, line };
        let whole = whole_line(&place, self.sources);
        Some(whole.unwrap_or(Spot {
            file: place.file,
            line,
            columns: None,
        }))
    }

    /// The place where it was raised, when that is none of the project's.
    fn outside(&self, traceback: &Traceback) -> Option<String> {
        let TracedCall { file, line, .. } = traceback.calls.last()?;
        (!self.has(file)).then(|| format!("{file}:{line}, which is not a file of the project"))
    }

    /// Whether a file is the project's own: below its folder, and in none of a tool or of a
    /// library.
    fn has(&self, file: &str) -> bool {
        let path = self.folder.join(file);
        if self.sources.get(&path.to_string_lossy()).is_some() {
            return true;
        }
        let below = path.ancestors().take_while(|it| *it != self.folder);
        path.starts_with(self.folder) && path.is_file() && !below.into_iter().any(is_passed_over)
    }
}
