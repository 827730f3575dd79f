//! An exchange in short, its response, its body and its events. Pure.

use super::mistake::{in_short, mistake};
use crate::diagnosis::{Diagnosis, Sources};
use crate::exchange::{
    EventKind, Exchange, Moment, Raised, sentence, visible, visible_bytes, visible_text,
};
use crate::headless::plain::{named, push};

/// Lines and characters of a body that are told unasked.
const MAX_LINES: usize = 10;
const MAX_CHARACTERS: usize = 600;

/// The answer, its headers and body, and the mistakes that were found; those that are known in a
/// line.
pub fn short(
    exchange: &Exchange,
    found: &[Diagnosis],
    is_known: impl Fn(&Diagnosis) -> bool,
    sources: &Sources,
) -> String {
    let moment = exchange.now();
    let mut text = format!("\n{}\n", answered(exchange));
    text.push_str(&problem(moment, found));
    text.push_str(&headers_of(moment));
    text.push_str(&body_of(moment, true));
    for line in moment.printed.lines() {
        push(&mut text, &format!("The app printed: {}", visible(line)));
    }
    for line in moment.logged.lines() {
        push(
            &mut text,
            &format!("The app wrote to wsgi.errors: {}", visible(line)),
        );
    }
    for diagnosis in found {
        text.push_str(&if is_known(diagnosis) {
            in_short(diagnosis)
        } else {
            mistake(diagnosis, sources)
        });
    }
    text
}

/// `#3 GET /tea: 200 OK`
fn answered(exchange: &Exchange) -> String {
    let moment = exchange.now();
    let answer = match (&moment.refused, moment.status()) {
        (Some(refused), _) => format!("refused with {}", refused.status),
        (None, Some(status)) => visible(status),
        (None, None) => "no answer".to_owned(),
    };
    format!("{}: {answer}", named(exchange))
}

/// The exception, or what else went wrong.
fn problem(moment: &Moment, found: &[Diagnosis]) -> String {
    // A mistake may be just that exception.
    let is_told = |raised: &Raised| {
        let whole = format!("{}: {}", raised.r#type, raised.message);
        let mut messages = found.iter().map(|it| it.message.as_str());
        messages.any(|message| message == raised.message || message.contains(&whole))
    };
    let raised = moment.error.clone().filter(|raised| !is_told(raised));
    let raised = raised.map(EventKind::Raised);
    let timed_out = moment.timed_out.clone().map(EventKind::TimedOut);
    let refused = moment.refused.clone().map(EventKind::Refused);
    let died = moment.worker_died.clone();
    let died = died.map(|reason| EventKind::WorkerDied { reason });
    let events = [refused, timed_out, raised, died].into_iter().flatten();
    let mut text = String::new();
    for event in events {
        push(
            &mut text,
            &format!("What went wrong: {}.", sentence(&event)),
        );
    }
    text
}

/// The status and the headers.
pub fn response(exchange: &Exchange) -> String {
    let moment = exchange.now();
    format!("{}\n{}", answered(exchange), headers_of(moment))
}

fn headers_of(moment: &Moment) -> String {
    let Some((_, headers)) = &moment.sent else {
        return "No headers were sent.\n".to_owned();
    };
    let mut text = match headers.len() {
        1 => "1 header:\n".to_owned(),
        count => format!("{count} headers:\n"),
    };
    for (name, value) in headers {
        push(&mut text, &format!("{}: {}", visible(name), visible(value)));
    }
    text
}

/// The body, all that was kept of it.
pub fn body(exchange: &Exchange) -> String {
    format!("{}\n{}", answered(exchange), body_of(exchange.now(), false))
}

fn body_of(moment: &Moment, in_short: bool) -> String {
    let body = &moment.body;
    if body.length == 0 {
        return "The body is empty.\n".to_owned();
    }
    let whose = if moment.error_page {
        "The body is the tutor's own page about the error"
    } else {
        "The body"
    };
    let bytes = if body.length == 1 { "byte" } else { "bytes" };
    let mut text = format!("{whose}, {} {bytes}", body.length);
    if in_short && moment.error_page {
        text.push_str("; 'body' tells it.\n");
        return text;
    }
    text.push_str(":\n");
    let all = match str::from_utf8(&body.kept) {
        Ok(all) => visible_text(all),
        Err(_) => visible_bytes(&body.kept),
    };
    let mut told = String::new();
    let mut lines = all.lines();
    let most = if in_short { MAX_LINES } else { usize::MAX };
    let room = if in_short { MAX_CHARACTERS } else { usize::MAX };
    for line in lines.by_ref().take(most) {
        if told.len() + line.len() > room {
            let end = line.floor_char_boundary(room - told.len().min(room));
            told.push_str(&line[..end]);
            told.push('\n');
            break;
        }
        told.push_str(line);
        told.push('\n');
    }
    let is_cut = told.trim_end().len() < all.trim_end().len();
    text.push_str(&told);
    if is_cut {
        text.push_str("This is its beginning; 'body' tells all of it.\n");
    } else if !body.is_whole() {
        push(
            &mut text,
            &format!("Only its first {} bytes were kept.", body.kept.len()),
        );
    }
    text
}

/// All that happened, by its timeline.
pub fn events(exchange: &Exchange, timeline: &str) -> String {
    format!("{}\n{timeline}", answered(exchange))
}
