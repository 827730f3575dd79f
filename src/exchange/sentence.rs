//! Each event as one sentence, for every face that shows events.

use super::{Blame, BlockSource, EventKind, ExchangeId, Output, RaisedIn, visible};

/// What happened, in a learner's words, without a final full stop. Control characters are escaped.
pub fn sentence(kind: &EventKind) -> String {
    match kind {
        EventKind::ConnectionOpened {
            peer,
            reused: false,
        } => format!("a client connected from {}", visible(peer)),
        EventKind::ConnectionOpened { peer, reused: true } => {
            format!("the client at {} used its connection again", visible(peer))
        }
        EventKind::BytesReceived { bytes } => {
            format!("{} came in", count(bytes.length, "byte"))
        }
        EventKind::RequestRead(request) => format!(
            "the server read {} {}{}",
            visible(&request.method),
            visible(&request.target),
            match request.body.length {
                0 => String::new(),
                length => format!(" with a body of {}", count(length, "byte")),
            }
        ),
        EventKind::Refused(refused) => format!(
            "the server refused it with {}: {}",
            refused.status,
            visible(&refused.detail)
        ),
        EventKind::Waiting { behind } => waiting(behind),
        EventKind::EnvironBuilt { environ } => format!(
            "the server made environ: {}",
            count(environ.len() as u64, "key")
        ),
        EventKind::AppCalled { callable } => {
            format!(
                "it called the {} with environ and start_response",
                visible(callable)
            )
        }
        EventKind::InputRead { call, got, .. } => format!(
            "the app read wsgi.input: {} gave {}",
            visible(call),
            count(*got, "byte")
        ),
        EventKind::StartResponse(started) => format!(
            "the app called start_response('{}', {}){}: stored, not sent",
            visible(&started.status),
            count(started.headers.len() as u64, "header"),
            if started.exc_info {
                " with exc_info"
            } else {
                ""
            }
        ),
        EventKind::Returned { r#type, length, .. } => returned(r#type, *length),
        EventKind::Block {
            source,
            bytes,
            sent,
        } => block(*source, bytes.length, *sent),
        EventKind::HeadersSent { status, headers } => format!(
            "status and headers sent: {} and {}",
            visible(status),
            count(headers.len() as u64, "header")
        ),
        EventKind::BytesSent { bytes } => format!("{} went out", count(bytes.length, "byte")),
        EventKind::Printed { output, text } => format!(
            "the app printed {} to {}",
            quoted(text),
            match output {
                Output::Stdout => "sys.stdout",
                Output::Stderr => "sys.stderr",
                Output::Process => "the process's own output",
            }
        ),
        EventKind::Logged { text } => format!("the app wrote {} to wsgi.errors", quoted(text)),
        EventKind::CloseCalled => "the server called close() on the iterable".to_owned(),
        EventKind::EnvironChanged { changes } => format!(
            "the app changed environ: {}",
            changes
                .iter()
                .map(|change| visible(&change.key))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        EventKind::Superseded => {
            "the answer was ended: the file was saved, or another lesson opened".to_owned()
        }
        EventKind::Interrupted { next: None } => "the answer was ended by hand".to_owned(),
        EventKind::Interrupted { next: Some(id) } => format!(
            "the answer was ended: its browser moves on to the page of #{id}, and would close it only once that \
             page arrives"
        ),
        EventKind::Finished => "finished".to_owned(),
        EventKind::Line(_) | EventKind::Suspended(_) | EventKind::TraceStopped { .. } => step(kind),
        EventKind::RuleBroken(_)
        | EventKind::Raised(_)
        | EventKind::TimedOut(_)
        | EventKind::WorkerDied { .. }
        | EventKind::ClientGone
        | EventKind::NotRecorded { .. } => trouble(kind),
    }
}

/// The events that follow the application line by line.
fn step(kind: &EventKind) -> String {
    match kind {
        EventKind::Line(step) => format!(
            "next is {} in {}{}",
            step.place,
            visible(&step.function),
            locals(&step.locals)
        ),
        EventKind::Suspended(place) => {
            format!("the generator waits at its yield, {place}")
        }
        EventKind::TraceStopped { reason } => {
            format!("from here on no lines are recorded: {}", visible(reason))
        }
        _ => String::new(),
    }
}

/// The events that should not have happened.
fn trouble(kind: &EventKind) -> String {
    match kind {
        EventKind::Raised(raised) => format!(
            "{} raised {}: {}{}",
            match raised.r#in {
                RaisedIn::Load => "loading the file",
                RaisedIn::Call => "the app",
                RaisedIn::Iteration => "the iterable",
                RaisedIn::Close => "close()",
            },
            visible(&raised.r#type),
            visible(&raised.message),
            at(raised.blame.as_ref())
        ),
        EventKind::RuleBroken(broken) => format!(
            "the app broke a rule, {}: {}{}",
            visible(&broken.rule),
            visible(&broken.message),
            at(broken.by.blame.as_ref())
        ),
        EventKind::TimedOut(timed_out) => format!(
            "the app was stopped{} {} s{}{}",
            if timed_out.in_body {
                " after its answer had begun: nothing came for"
            } else {
                ": no answer after"
            },
            timed_out.after_ms / 1000,
            at(timed_out.blame.as_ref()),
            match &timed_out.code {
                Some(code) => format!(": {}", visible(code)),
                None => String::new(),
            }
        ),
        EventKind::WorkerDied { reason } => {
            format!("the Python process ended: {}", visible(reason))
        }
        EventKind::ClientGone => "the client went away".to_owned(),
        EventKind::NotRecorded { events, reads, .. } => {
            let reads = match reads {
                0 => String::new(),
                _ => format!(", {reads} of them reads of wsgi.input"),
            };
            format!("{} not recorded{reads}", count(*events, "more event"))
        }
        _ => String::new(),
    }
}

fn waiting(behind: &[ExchangeId]) -> String {
    let behind: Vec<String> = behind.iter().map(|id| format!("#{id}")).collect();
    let whom = match &behind[..] {
        [] => "another request".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    format!("it is waiting: the app is still answering {whom}")
}

fn returned(r#type: &str, length: Option<u64>) -> String {
    let name = visible(r#type);
    match length {
        Some(length) => format!("it returned a {name} of {}", count(length, "item")),
        None if r#type == "NoneType" => "it returned None".to_owned(),
        None => format!("it returned a {name}"),
    }
}

fn block(source: BlockSource, length: u64, sent: u64) -> String {
    let size = count(length, "byte");
    let given = match source {
        BlockSource::Write => format!("write() was called with {size}"),
        BlockSource::Iterable => format!("the iterable gave {size}"),
        BlockSource::Gateway => format!("the server made its own error page of {size}"),
    };
    if sent == length {
        given
    } else {
        format!("{given}, of which {sent} may be sent")
    }
}

fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn locals(changed: &[(String, Option<String>)]) -> String {
    let told: Vec<String> = changed
        .iter()
        .map(|(name, value)| match value {
            Some(value) => format!("{} = {}", visible(name), visible(value)),
            None => format!("{} is gone", visible(name)),
        })
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("; now {}", told.join(", "))
    }
}

fn at(blame: Option<&Blame>) -> String {
    blame.map_or(String::new(), |blame| format!(" ({blame})"))
}

fn quoted(text: &str) -> String {
    format!("'{}'", visible(text))
}
