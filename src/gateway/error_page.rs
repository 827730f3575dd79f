//! The page a client gets when the application gave no answer. Safe: everything from outside is
//! escaped, and neither environ nor the machine's environment is in it.

use crate::exchange::{By, EventKind, Raised, StartResponse, sentence};

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    Raised(Raised),
    /// The deadline passed, or the worker died: the event that says so.
    Lost(EventKind),
    /// The application ended without an answer and without an error.
    Silent,
}

/// Status and headers, and the page.
pub fn page(failure: &Failure) -> (StartResponse, Vec<u8>) {
    let (status, what, place) = match failure {
        Failure::Raised(raised) => (
            "500 Internal Server Error",
            format!("{}: {}", raised.r#type, raised.message),
            raised.blame.as_ref(),
        ),
        Failure::Lost(event @ EventKind::TimedOut(timed_out)) => (
            "504 Gateway Timeout",
            sentence(event),
            timed_out.blame.as_ref(),
        ),
        Failure::Lost(event) => ("502 Bad Gateway", sentence(event), None),
        Failure::Silent => (
            "500 Internal Server Error",
            "the application gave no answer".to_owned(),
            None,
        ),
    };
    let place = place.map_or(String::new(), |blame| {
        let file = blame.file.rsplit('/').next().unwrap_or(&blame.file);
        format!("<p>{}, line {}</p>\n", escape(file), blame.line)
    });
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{status}</title>\n\
         <h1>{status}</h1>\n<p><code>{}</code></p>\n{place}\
         <p>The tutor says more.</p>\n</html>\n",
        escape(&what)
    );
    let started = StartResponse {
        status: status.to_owned(),
        headers: vec![(
            "Content-Type".to_owned(),
            "text/html; charset=utf-8".to_owned(),
        )],
        exc_info: false,
        mounted: None,
        by: By::default(),
    };
    (started, page.into_bytes())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::{Failure, page};
    use crate::exchange::{Blame, Raised, RaisedIn};

    #[test]
    fn what_a_visitor_sent_is_escaped() {
        let (started, page) = page(&Failure::Raised(Raised {
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
        }));
        let page = String::from_utf8(page).unwrap();
        assert!(started.status.starts_with("500"));
        assert!(
            page.contains("ValueError: &lt;script&gt;&#39;&amp;"),
            "{page}"
        );
        assert!(page.contains("<p>app.py, line 3</p>"), "{page}");
        assert!(
            !page.contains("secret") && !page.contains("/home"),
            "{page}"
        );
    }
}
