//! The texts that explain each mistake.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// Why something is a mistake, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// A few words for a list.
    pub title: String,
    pub severity: Severity,
    /// A short paragraph.
    pub why: String,
    /// The section of the standard, such as `PEP 3333, Specification Details`.
    pub pep: String,
    /// The smallest repair, as code.
    pub fix: String,
    /// What the wrong expression, `{code}`, is to be replaced with, where that is always right.
    pub patch: Option<String>,
    /// What other servers do, where they disagree.
    pub elsewhere: Option<String>,
    /// The long text: paragraphs with a blank line between.
    pub more: String,
    /// A small wrong application, and the same made right.
    pub wrong: String,
    pub right: String,
    /// The requests that show the mistake in `wrong`, where it takes particular ones: a method and
    /// a target, such as `GET /?name=Ada`, and a form behind them, `POST / name=Ada`. The word
    /// `chunked` before the form sends it in chunks, and with the word `json` it is no form
    /// but JSON. Without any it is what `wsgi-tutor check` sends.
    #[serde(default)]
    pub request: Vec<String>,
    /// How many processes run `wrong`, and how many threads call it, where it takes several to
    /// show the mistake.
    pub workers: Option<u8>,
    pub threads: Option<u8>,
}

/// How bad a mistake is; the worst is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It is broken, or breaks on some server.
    Error,
    /// It works here by luck.
    Warning,
    /// Worth knowing; nothing is broken.
    Note,
}

impl Severity {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Explanation {
    /// Reads one as it stands in its file. (A test sees to it that each can be read.)
    pub(super) fn read(text: &str) -> Self {
        let read: Result<Self, _> = toml::from_str(text);
        read.unwrap_or_else(|_| Self::unreadable()).unwrapped()
    }

    /// What shows the mistake in `wrong`: requests, or the command that sends them, with the
    /// options of `wsgi-tutor run` that it takes.
    pub fn shown_by(&self) -> String {
        let mut words = if self.request.is_empty() {
            "wsgi-tutor check app.py".to_owned()
        } else {
            let requests: Vec<String> = self.request.iter().map(|it| in_words(it)).collect();
            requests.join(", then ")
        };
        for (option, count) in [("--workers", self.workers), ("--threads", self.threads)] {
            if let Some(count) = count {
                // Writing to a String cannot fail.
                let _ = write!(words, ", under wsgi-tutor run {option} {count}");
            }
        }
        words
    }

    fn unreadable() -> Self {
        Self {
            title: String::new(),
            severity: Severity::Error,
            why: String::new(),
            pep: String::new(),
            fix: String::new(),
            patch: None,
            elsewhere: None,
            more: String::new(),
            wrong: String::new(),
            right: String::new(),
            request: Vec::new(),
            workers: None,
            threads: None,
        }
    }

    /// The file's own line breaks mean nothing.
    fn unwrapped(mut self) -> Self {
        self.why = words(&self.why);
        self.elsewhere = self.elsewhere.as_deref().map(words);
        let paragraphs = self.more.split("\n\n").map(words);
        self.more = paragraphs.collect::<Vec<_>>().join("\n\n");
        self
    }
}

/// A request of an explanation: `POST / with the form name=Ada in chunks`.
fn in_words(request: &str) -> String {
    let mut parts = request.splitn(3, ' ');
    let line = [parts.next(), parts.next()].map(Option::unwrap_or_default);
    let line = line.join(" ");
    let Some(body) = parts.next() else {
        return line;
    };
    match (body.strip_prefix("json "), body.strip_prefix("chunked ")) {
        (Some(json), _) => format!("{line} with the JSON {json}"),
        (_, Some(form)) => format!("{line} with the form {form} in chunks"),
        _ => format!("{line} with the form {body}"),
    }
}

/// A text on one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::in_words;
    use crate::diagnosis::Mistake;

    #[test]
    fn explanations_are_short_where_they_must_be() {
        for mistake in Mistake::ALL {
            let (slug, explanation) = (mistake.slug(), mistake.explanation());
            assert!(explanation.title.chars().count() <= 60, "{slug}");
            assert!(explanation.why.chars().count() <= 340, "{slug}");
            let code = [&explanation.fix, &explanation.wrong, &explanation.right];
            for line in code.into_iter().flat_map(|code| code.lines()) {
                assert!(line.chars().count() <= 72, "{slug}: {line}");
            }
        }
    }

    #[test]
    fn a_section_is_one_of_its_standard() {
        // PEP 3333 has no numbers; these are its headings.
        let headings = [
            "A Note On String Types",
            "The Application/Framework Side",
            "Middleware: Components that Play Both Sides",
            "Specification Details",
            "environ Variables",
            "Input and Error Streams",
            "The start_response() Callable",
            "Handling the Content-Length Header",
            "Buffering and Streaming",
            "Middleware Handling of Block Boundaries",
            "The write() Callable",
            "Unicode Issues",
            "Error Handling",
            "Other HTTP Features",
            "Thread Support",
            "Application Configuration",
            "URL Reconstruction",
            "Optional Platform-Specific File Handling",
        ];
        for mistake in Mistake::ALL {
            let slug = mistake.slug();
            for part in mistake.explanation().pep.split("; ") {
                let Some(named) = part.strip_prefix("PEP 3333, ") else {
                    let others = [
                        "RFC ",
                        "PEP 479, ",
                        "PEP 594, ",
                        "CWE-22, ",
                        "Python documentation, ",
                        "no standard ",
                    ];
                    let known = others.iter().any(|it| part.starts_with(it));
                    assert!(known, "{slug}: {part}");
                    continue;
                };
                let known = named.split(" and ").all(|name| headings.contains(&name));
                assert!(known || headings.contains(&named), "{slug}: {part}");
            }
        }
    }

    #[rstest]
    #[case("GET /?name=Ada", "GET /?name=Ada")]
    #[case("POST / name=Ada", "POST / with the form name=Ada")]
    #[case("POST / chunked name=Ada", "POST / with the form name=Ada in chunks")]
    #[case("POST / json [4, 5, 6]", "POST / with the JSON [4, 5, 6]")]
    fn a_request_is_told_in_words(#[case] request: &str, #[case] expected: &str) {
        assert_eq!(in_words(request), expected);
    }

    #[rstest]
    #[case("head-status", "wsgi-tutor check app.py")]
    #[case("app-shared-instance", "GET /, then GET /")]
    #[case("state-per-process", ", under wsgi-tutor run --workers 2")]
    fn what_shows_a_mistake_is_told(#[case] slug: &str, #[case] expected: &str) {
        let shown_by = Mistake::named(slug).unwrap().explanation().shown_by();
        assert!(shown_by.ends_with(expected), "{shown_by}");
    }

    #[test]
    fn a_request_is_a_method_a_target_and_a_form() {
        for mistake in Mistake::ALL {
            let slug = mistake.slug();
            for request in &mistake.explanation().request {
                let mut words = request.split(' ');
                let method = words.next().unwrap();
                let target = words.next().unwrap_or_default();
                let upper = method.bytes().all(|letter| letter.is_ascii_uppercase());
                assert!(upper && target.starts_with('/'), "{slug}: {request}");
            }
        }
    }

    #[test]
    fn the_examples_are_python() {
        for mistake in Mistake::ALL {
            let explanation = mistake.explanation();
            for code in [&explanation.wrong, &explanation.right] {
                let parsed = ruff_python_parser::parse_module(code);
                // The mistake may be just this.
                let is_wrong = *mistake == Mistake::SyntaxError && code == &explanation.wrong;
                assert_eq!(parsed.is_ok(), !is_wrong, "{}: {code}", mistake.slug());
            }
        }
    }
}
