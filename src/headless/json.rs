//! JSON lines for programs. The schema is documented in `docs/json.md`.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::News;
use crate::diagnosis::Diagnosis;
use crate::exchange::{
    EnvironEntry, Event, EventKind, Excerpt, Exchange, ExchangeId, Moment, Origin, Raised,
    RequestRead, Shared, sentence, visible_json,
};

/// One object on one line, with its line feed.
pub fn tell(news: &News<'_>) -> String {
    let line = match news {
        News::Exchange(exchange, found) => exchange_told(exchange, found),
        other => small(other).to_string(),
    };
    let mut line = visible_json(line);
    line.push('\n');
    line
}

fn small(news: &News<'_>) -> Value {
    match news {
        News::Serving {
            url,
            mount,
            lesson,
            app,
            python,
            taken,
            public,
        } => json!({
            "type": "serving",
            "url": url,
            "mount": mount,
            "lesson": lesson.map(|lesson| lesson.number),
            "app": app,
            "python": python,
            "taken": taken,
            "public": public,
        }),
        News::Exchange(exchange, _) => json!({"type": "exchange", "id": exchange.id}),
        News::Waiting { waits, behind } => json!({
            "type": "waiting",
            "id": waits.id,
            "behind": behind.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        }),
        News::Reloaded {
            code,
            raised,
            found,
        } => json!({
            "type": "reloaded",
            "file": code.file.as_ref().map(|file| file.to_string_lossy()),
            "callable": raised.is_none().then_some(&code.callable),
            "error": raised.map(error),
            "diagnoses": found,
            "printed": code.printed,
        }),
        News::WorkerDied { reason } => json!({"type": "worker-died", "reason": reason}),
        News::Trouble(trouble) => json!({"type": "trouble", "message": trouble}),
        News::Stopped => json!({"type": "stopped"}),
    }
}

/// An exchange as it is written. Most of a run is this, so nothing is copied on the way.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Told<'a> {
    Refused {
        id: ExchangeId,
        status: u16,
        reason: &'a str,
        detail: &'a str,
        bytes: &'a Excerpt,
        peer: &'a str,
        events: &'a [Event],
    },
    Exchange {
        id: ExchangeId,
        request: &'a Option<Shared<RequestRead>>,
        #[serde(serialize_with = "by_key")]
        environ: &'a [EnvironEntry],
        response: Option<Sent<'a>>,
        printed: &'a str,
        logged: &'a str,
        error: Option<Value>,
        diagnoses: &'a [Diagnosis],
        events: &'a [Event],
        duration_us: u64,
    },
}

#[derive(Serialize)]
struct Sent<'a> {
    status: &'a str,
    headers: &'a [(String, String)],
    body: &'a Excerpt,
}

fn by_key<S: Serializer>(environ: &[EnvironEntry], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Entry<'a> {
        repr: &'a str,
        r#type: &'a str,
        from: &'a Origin,
    }
    serializer.collect_map(environ.iter().map(|entry| {
        let EnvironEntry {
            key,
            repr,
            r#type,
            from,
        } = entry;
        (key, Entry { repr, r#type, from })
    }))
}

fn exchange_told(exchange: &Exchange, found: &[Diagnosis]) -> String {
    let moment = exchange.now();
    let told = match &moment.refused {
        Some(refused) => Told::Refused {
            id: exchange.id,
            status: refused.status,
            reason: &refused.reason,
            detail: &refused.detail,
            bytes: &refused.bytes,
            peer: &moment.peer,
            events: exchange.events(),
        },
        None => Told::Exchange {
            id: exchange.id,
            request: &moment.request,
            environ: &moment.environ,
            response: moment.sent.as_ref().map(|(status, headers)| Sent {
                status,
                headers,
                body: &moment.body,
            }),
            printed: &moment.printed,
            logged: &moment.logged,
            error: problem(moment),
            diagnoses: found,
            events: exchange.events(),
            duration_us: exchange.duration_us(),
        },
    };
    // The keys of its maps are text, so it can be written.
    serde_json::to_string(&told).unwrap_or_default()
}

/// What went wrong, in the form of an exception.
fn problem(moment: &Moment) -> Option<Value> {
    if let Some(timed_out) = &moment.timed_out {
        return Some(json!({
            "type": "TimeoutError",
            "message": sentence(&EventKind::TimedOut(timed_out.clone())),
            "traceback": "",
            "file": timed_out.blame.as_ref().map(|blame| &blame.file),
            "line": timed_out.blame.as_ref().map(|blame| blame.line),
        }));
    }
    if let Some(reason) = &moment.worker_died {
        // What it raised last may be why.
        let raised = moment.error.as_ref();
        let blame = raised.and_then(|raised| raised.blame.as_ref());
        return Some(json!({
            "type": "WorkerDied",
            "message": reason,
            "traceback": "",
            "file": blame.map(|blame| &blame.file),
            "line": blame.map(|blame| blame.line),
        }));
    }
    moment.error.as_deref().map(error)
}

fn error(raised: &Raised) -> Value {
    json!({
        "type": raised.r#type,
        "message": raised.message,
        "traceback": raised.traceback,
        "file": raised.blame.as_ref().map(|blame| &blame.file),
        "line": raised.blame.as_ref().map(|blame| blame.line),
    })
}

#[cfg(test)]
mod tests {
    use super::tell;
    use crate::headless::News;

    #[test]
    fn control_characters_are_escaped() {
        let line = tell(&News::Trouble("a\u{9b}31m\u{1b}\u{7f}\u{202e}\u{e9}"));
        assert_eq!(
            line,
            "{\"type\":\"trouble\",\"message\":\"a\\u009b31m\\u001b\\u007f\\u202e\u{e9}\"}\n"
        );
    }
}
