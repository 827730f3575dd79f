//! The page a client gets when the application gave no answer. Safe: everything from outside is
//! escaped, and neither environ nor the machine's environment is in it. What the exception says and
//! the lines of the source are for clients on this machine only: others get the status.

use crate::exchange::{By, EventKind, Raised, Shared, StartResponse, sentence, visible_text};

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    Raised(Shared<Raised>),
    /// The deadline passed, or the worker died: the event that says so.
    Lost(EventKind),
    /// The application ended without an answer and without an error.
    Silent,
}

/// What is wrong with the application, for whoever sees the page.
#[derive(Debug, Clone)]
pub struct Advice {
    /// The mistake's stable name, such as `body-is-str`.
    pub name: String,
    pub message: String,
    /// The file's name without its folder, the line's number, and its text.
    pub place: Option<(String, u32, String)>,
    pub why: String,
    /// What to write instead: what that is called, as in `for example`, and the code.
    pub fix: Option<(&'static str, String)>,
    /// The section of the standard.
    pub section: String,
}

impl Failure {
    fn status(&self) -> &'static str {
        match self {
            Self::Raised(_) | Self::Silent => "500 Internal Server Error",
            Self::Lost(EventKind::TimedOut(_)) => "504 Gateway Timeout",
            Self::Lost(_) => "502 Bad Gateway",
        }
    }
}

/// Status and headers, and the page for a client on this machine.
pub fn page(failure: &Failure, advice: &[Advice]) -> (StartResponse, Vec<u8>) {
    let (what, place) = match failure {
        // The message is not said twice.
        Failure::Raised(raised) if advice.iter().any(|it| it.message.contains(&raised.message)) => {
            (raised.r#type.clone(), None)
        }
        Failure::Raised(raised) => (
            format!("{}: {}", raised.r#type, raised.message),
            raised.blame.as_ref(),
        ),
        Failure::Lost(event @ EventKind::TimedOut(timed_out)) => {
            (sentence(event), timed_out.blame.as_ref())
        }
        Failure::Lost(event) => (sentence(event), None),
        Failure::Silent => ("the application gave no answer".to_owned(), None),
    };
    let place = place.map_or(String::new(), |blame| {
        let file = blame.file.rsplit('/').next().unwrap_or(&blame.file);
        format!("<p>{}, line {}</p>\n", escape(file), blame.line)
    });
    let advice: String = advice.iter().map(card).collect();
    let text = format!(
        "<p><code>{}</code></p>\n{place}{advice}<p>The tutor shows more.</p>\n",
        escape(&what)
    );
    whole(failure.status(), &text)
}

/// The same for any other client.
pub fn public_page(failure: &Failure) -> (StartResponse, Vec<u8>) {
    let text = "<p>The application gave no answer. Whoever runs this server can see why.</p>\n";
    whole(failure.status(), text)
}

fn whole(status: &str, text: &str) -> (StartResponse, Vec<u8>) {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{status}</title>\n{STYLE}\
         <h1>{status}</h1>\n{text}</html>\n"
    );
    let started = StartResponse {
        status: status.to_owned(),
        headers: vec![(
            "Content-Type".to_owned(),
            "text/html; charset=utf-8".to_owned(),
        )],
        exc_info: false,
        mounted: None,
        library: None,
        by: By::default(),
    };
    (started, page.into_bytes())
}

/// Readable on its own, in light and dark, on a projector.
const STYLE: &str = "<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:42rem;\
    margin:2rem auto;padding:0 1rem}section{border-left:.3rem solid;padding-left:1rem;margin:2rem 0}pre{overflow-x:auto}\
    </style>\n";

/// One mistake: what, where, why, and what to do.
fn card(advice: &Advice) -> String {
    let place = advice
        .place
        .as_ref()
        .map_or(String::new(), |(file, line, code)| {
            format!(
                "<p>{}, line {line}:</p>\n<pre><code>{}</code></pre>\n",
                escape(file),
                escape(code.trim())
            )
        });
    let fix = advice.fix.as_ref().map_or(String::new(), |(name, code)| {
        let code = escape(code);
        format!("<p>{name}:</p>\n<pre><code>{code}</code></pre>\n")
    });
    format!(
        "<section>\n<h2>{}</h2>\n{place}<p>{}</p>\n{fix}\
         <p>{}. <code>wsgi-tutor explain {}</code> explains it.</p>\n</section>\n",
        escape(&advice.message),
        escape(&advice.why),
        escape(&advice.section),
        escape(&advice.name)
    )
}

/// As HTML shows it. A client that shows bytes, such as curl, must not obey them either.
fn escape(text: &str) -> String {
    visible_text(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::{Advice, Failure, page, public_page};
    use crate::exchange::{Blame, EventKind, Raised, RaisedIn};

    #[test]
    fn what_a_visitor_sent_is_escaped() {
        let (started, page) = page(
            &Failure::Raised(
                Raised {
                    r#in: RaisedIn::Call,
                    r#type: "ValueError".into(),
                    message: "<script>'&".into(),
                    traceback: "secret".into(),
                    blame: Some(Blame {
                        file: "/home/ada/app.py".into(),
                        line: 3,
                    }),
                    calls: vec![],
                    rule: None,
                    missing: None,
                    lacks: None,
                    limit: None,
                }
                .into(),
            ),
            &[Advice {
                name: "raised-before-start".into(),
                message: "ValueError: <script>'&".into(),
                place: Some(("app.py".into(), 3, "    raise ValueError('<b>')".into())),
                why: "An exception & nothing else".into(),
                fix: Some(("for example", "a < b".into())),
                section: "PEP 3333, Error Handling".into(),
            }],
        );
        let page = String::from_utf8(page).unwrap();
        assert!(started.status.starts_with("500"));
        assert!(
            page.contains("ValueError: &lt;script&gt;&#39;&amp;"),
            "{page}"
        );
        assert!(page.contains("<p>app.py, line 3:</p>"), "{page}");
        assert!(
            page.contains("raise ValueError(&#39;&lt;b&gt;&#39;)"),
            "{page}"
        );
        assert!(page.contains("a &lt; b"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
        assert!(
            !page.contains("secret") && !page.contains("/home"),
            "{page}"
        );
    }

    #[test]
    fn others_get_the_status_alone() {
        for (failure, status) in [
            (Failure::Silent, "500 Internal Server Error"),
            (
                Failure::Lost(EventKind::WorkerDied {
                    reason: "secret".into(),
                }),
                "502 Bad Gateway",
            ),
        ] {
            let (started, page) = public_page(&failure);
            let page = String::from_utf8(page).unwrap();
            assert_eq!(started.status, status);
            assert!(page.contains(status), "{page}");
            assert!(!page.contains("secret"), "{page}");
        }
    }
}
