//! JSON lines for programs. The schema is documented in `docs/json.md`.

use serde_json::{Map, Value, json};

use super::News;
use crate::diagnosis::Diagnosis;
use crate::exchange::{EventKind, Exchange, Moment, Raised, sentence, visible_json};

/// One object on one line, with its line feed.
pub fn tell(news: &News<'_>) -> String {
    let value = match news {
        News::Serving {
            url,
            lesson,
            app,
            python,
            taken,
            public,
        } => json!({
            "type": "serving",
            "url": url,
            "lesson": lesson.map(|lesson| lesson.number),
            "app": app,
            "python": python,
            "taken": taken,
            "public": public,
        }),
        News::Exchange(exchange, found) => exchange_told(exchange, found),
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
    };
    let mut line = visible_json(&value.to_string());
    line.push('\n');
    line
}

fn exchange_told(exchange: &Exchange, found: &[Diagnosis]) -> Value {
    let moment = exchange.now();
    if let Some(refused) = &moment.refused {
        return json!({
            "type": "refused",
            "id": exchange.id,
            "status": refused.status,
            "reason": refused.reason,
            "detail": refused.detail,
            "bytes": refused.bytes,
            "peer": moment.peer,
            "events": exchange.events(),
        });
    }
    let environ: Map<String, Value> = moment
        .environ
        .iter()
        .map(|entry| {
            let value = json!({"repr": entry.repr, "type": entry.r#type, "from": entry.from});
            (entry.key.clone(), value)
        })
        .collect();
    let response = moment.sent.as_ref().map(
        |(status, headers)| json!({"status": status, "headers": headers, "body": moment.body}),
    );
    json!({
        "type": "exchange",
        "id": exchange.id,
        "request": moment.request,
        "environ": environ,
        "response": response,
        "printed": moment.printed,
        "logged": moment.logged,
        "error": problem(moment),
        "diagnoses": found,
        "events": exchange.events(),
        "duration_us": exchange.duration_us(),
    })
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
        return Some(json!({
            "type": "WorkerDied",
            "message": reason,
            "traceback": "",
            "file": null,
            "line": null,
        }));
    }
    moment.error.as_ref().map(error)
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
