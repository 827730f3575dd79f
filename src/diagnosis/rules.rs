//! One rule for each mistake, over the events of an exchange. The first cause wins: what follows
//! from it is not told as a mistake of its own.

use super::Severity;
use crate::exchange::{Blame, EventKind, Exchange, Output, Phase, Raised, RaisedIn, sentence};

/// A mistake as a rule found it.
pub struct Finding {
    pub slug: &'static str,
    pub severity: Severity,
    pub message: String,
    pub blame: Option<Blame>,
}

/// What the rules look at.
struct Facts<'a> {
    returned: Option<&'a str>,
    started: bool,
    raised: Option<&'a Raised>,
    timed_out: Option<&'a EventKind>,
    printed: Option<&'a str>,
    /// The body the application promised, gave, and the client got, in bytes.
    promised: Option<u64>,
    given: u64,
    got: u64,
    /// Whether the answer was complete and might have a body.
    whole: bool,
}

type Rule = fn(&Facts<'_>) -> Option<(String, Option<Blame>)>;

/// Causes, most telling first.
const ERRORS: &[(&str, Rule)] = &[
    ("body-is-str", body_is_str),
    ("body-is-bare-bytes", body_is_bare_bytes),
    ("body-is-none", body_is_none),
    ("body-is-dict", body_is_dict),
    ("async-app", async_app),
    ("app-hangs", app_hangs),
    ("sys-exit", sys_exit),
    ("import-cgi", import_cgi),
    ("start-response-missing", start_response_missing),
    ("content-length-too-short", content_length_too_short),
    ("content-length-too-long", content_length_too_long),
];

const NOTES: &[(&str, Rule)] = &[("print-in-app", print_in_app)];

#[cfg(test)]
pub const SLUGS: &[&str] = &[
    "body-is-str",
    "body-is-bare-bytes",
    "body-is-none",
    "body-is-dict",
    "async-app",
    "app-hangs",
    "sys-exit",
    "import-cgi",
    "start-response-missing",
    "content-length-too-short",
    "content-length-too-long",
    "print-in-app",
];

pub fn apply(exchange: &Exchange) -> Vec<Finding> {
    let facts = Facts::of(exchange);
    let find = |rules: &[(&'static str, Rule)], severity| {
        rules.iter().find_map(|(slug, rule)| {
            rule(&facts).map(|(message, blame)| Finding {
                slug,
                severity,
                message,
                blame,
            })
        })
    };
    let error = find(ERRORS, Severity::Error);
    let note = find(NOTES, Severity::Note);
    error.into_iter().chain(note).collect()
}

impl<'a> Facts<'a> {
    fn of(exchange: &'a Exchange) -> Self {
        let mut facts = Self {
            returned: None,
            started: false,
            raised: None,
            timed_out: None,
            printed: None,
            promised: None,
            given: 0,
            got: 0,
            whole: may_have_body(exchange) && !exchange.now().client_gone,
        };
        for event in exchange.events() {
            match &event.kind {
                EventKind::Returned { r#type, .. } => facts.returned = Some(r#type),
                EventKind::StartResponse(started) => {
                    facts.started = true;
                    facts.promised = content_length(&started.headers);
                }
                EventKind::Block { bytes, sent, .. } => {
                    facts.given += bytes.length;
                    facts.got += sent;
                }
                EventKind::Raised(raised) => facts.raised = facts.raised.or(Some(raised)),
                EventKind::TimedOut(_) => facts.timed_out = Some(&event.kind),
                EventKind::Printed {
                    output: Output::Stdout,
                    text,
                } => facts.printed = facts.printed.or(Some(text)),
                _ => {}
            }
        }
        facts
    }

    fn raised(&self, r#type: &str) -> Option<&'a Raised> {
        self.raised.filter(|raised| raised.r#type == r#type)
    }
}

fn body_is_str(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    (facts.returned? == "str").then(|| {
        let message = "the application returned a str; a body is an iterable of bytes";
        (message.to_owned(), None)
    })
}

fn body_is_bare_bytes(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    (facts.returned? == "bytes" && facts.raised.is_some()).then(|| {
        let message = "the application returned bytes; a loop over bytes gives numbers";
        (message.to_owned(), None)
    })
}

fn body_is_none(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    (facts.returned? == "NoneType").then(|| {
        let message = "the application returned None: is a return missing?";
        (message.to_owned(), None)
    })
}

fn body_is_dict(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    (facts.returned? == "dict").then(|| {
        let message = "the application returned a dict; iterating it gives its keys";
        (message.to_owned(), None)
    })
}

fn async_app(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    (facts.returned? == "coroutine").then(|| {
        let message = "the application is an async function: calling it gives a coroutine";
        (message.to_owned(), None)
    })
}

fn app_hangs(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    let event = facts.timed_out?;
    let blame = match event {
        EventKind::TimedOut(timed_out) => timed_out.blame.clone(),
        _ => None,
    };
    Some((sentence(event), blame))
}

fn sys_exit(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    let raised = facts.raised("SystemExit")?;
    if raised.r#in == RaisedIn::Load {
        return None;
    }
    let message = "the application called sys.exit(), which ends a program, not a request";
    Some((message.to_owned(), raised.blame.clone()))
}

fn import_cgi(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    let raised = facts.raised("ModuleNotFoundError")?;
    (raised.message == "No module named 'cgi'").then(|| {
        let message = "the module cgi left Python with version 3.13";
        (message.to_owned(), raised.blame.clone())
    })
}

fn start_response_missing(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    // Only when the gateway itself had to complain, and not when something else failed first.
    let complained = facts.raised("AssertionError")?.blame.is_none();
    (complained && !facts.started && facts.returned.is_some()).then(|| {
        let message = "the body began, or ended, before start_response was called";
        (message.to_owned(), None)
    })
}

fn content_length_too_short(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    let promised = facts.promised?;
    (facts.whole && facts.raised.is_none() && facts.given > promised).then(|| {
        let message = format!(
            "Content-Length is {promised}, but the body had {} bytes or more: the rest was cut off",
            facts.given
        );
        (message, None)
    })
}

fn content_length_too_long(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    let promised = facts.promised?;
    (facts.whole && facts.raised.is_none() && facts.got < promised).then(|| {
        let message = format!(
            "Content-Length is {promised}, but the body had only {}: the client waits for the rest",
            facts.got
        );
        (message, None)
    })
}

/// HEAD, 204 and 304 have no body, whatever Content-Length says.
fn may_have_body(exchange: &Exchange) -> bool {
    let moment = exchange.now();
    let is_head = moment
        .request
        .as_ref()
        .is_some_and(|request| request.method == "HEAD");
    let status = moment.status().unwrap_or_default();
    moment.phase == Phase::Finished
        && !is_head
        && !status.starts_with("204")
        && !status.starts_with("304")
}

fn content_length(headers: &[(String, String)]) -> Option<u64> {
    headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.parse().ok())
}

fn print_in_app(facts: &Facts<'_>) -> Option<(String, Option<Blame>)> {
    facts.printed.map(|_| {
        let message = "print() writes to the terminal; a visitor never sees it";
        (message.to_owned(), None)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{ERRORS, NOTES, SLUGS, apply};
    use crate::exchange::{
        BlockSource, Event, EventKind, Excerpt, Exchange, Output, Raised, RaisedIn, StartResponse,
    };

    fn returned(r#type: &str) -> EventKind {
        EventKind::Returned {
            r#type: r#type.into(),
            length: None,
        }
    }

    fn raised(r#type: &str, message: &str) -> EventKind {
        EventKind::Raised(Raised {
            r#in: RaisedIn::Call,
            r#type: r#type.into(),
            message: message.into(),
            traceback: String::new(),
            blame: None,
        })
    }

    fn started() -> EventKind {
        EventKind::StartResponse(StartResponse {
            status: "200 OK".into(),
            headers: vec![],
            exc_info: false,
        })
    }

    /// An answer that promises 3 bytes and has a block of this many.
    fn three(length: usize) -> Vec<EventKind> {
        let headers = vec![("content-length".to_owned(), "3".to_owned())];
        let status = "200 OK".to_owned();
        vec![
            EventKind::StartResponse(StartResponse {
                status: status.clone(),
                headers: headers.clone(),
                exc_info: false,
            }),
            EventKind::HeadersSent { status, headers },
            EventKind::Block {
                source: BlockSource::Iterable,
                bytes: Excerpt::new(&vec![b'x'; length], 99),
                sent: length.min(3) as u64,
            },
            EventKind::Finished,
        ]
    }

    fn printed() -> EventKind {
        EventKind::Printed {
            output: Output::Stdout,
            text: "hi\n".into(),
        }
    }

    #[rstest]
    #[case(vec![started(), returned("list")], &[])]
    #[case(vec![started(), returned("str"), raised("TypeError", "")], &["body-is-str"])]
    #[case(vec![returned("NoneType"), raised("TypeError", "")], &["body-is-none"])]
    #[case(vec![started(), returned("bytes"), raised("TypeError", "")], &["body-is-bare-bytes"])]
    #[case(vec![started(), returned("bytes")], &[])]
    #[case(vec![returned("dict")], &["body-is-dict"])]
    #[case(vec![returned("coroutine")], &["async-app"])]
    #[case(vec![raised("SystemExit", "1")], &["sys-exit"])]
    #[case(vec![raised("ModuleNotFoundError", "No module named 'cgi'")], &["import-cgi"])]
    #[case(vec![raised("ModuleNotFoundError", "No module named 'x'")], &[])]
    #[case(vec![returned("list"), raised("AssertionError", "")], &["start-response-missing"])]
    #[case(vec![raised("AssertionError", "")], &[])]
    #[case(three(3), &[])]
    #[case(three(4), &["content-length-too-short"])]
    #[case(three(2), &["content-length-too-long"])]
    #[case(vec![printed(), returned("str")], &["body-is-str", "print-in-app"])]
    fn recognises(#[case] kinds: Vec<EventKind>, #[case] expected: &[&str]) {
        let mut exchange = Exchange::new(1);
        for kind in kinds {
            exchange.record(Event { at_us: 0, kind });
        }
        let found: Vec<&str> = apply(&exchange).iter().map(|found| found.slug).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn all_rules_are_listed() {
        let rules: Vec<&str> = ERRORS.iter().chain(NOTES).map(|(slug, _)| *slug).collect();
        assert_eq!(rules, SLUGS);
    }
}
