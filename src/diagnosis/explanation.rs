//! The texts that explain each mistake.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

static EXPLANATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/explanations");

/// All explanations by the names of the mistakes. A file that does not hold one is left out; a test
/// sees to it that none is.
static BY_SLUG: LazyLock<BTreeMap<&'static str, Explanation>> = LazyLock::new(|| {
    let read = |file: &'static include_dir::File<'static>| {
        let slug = file.path().file_stem()?.to_str()?;
        let explanation: Explanation = toml::from_str(file.contents_utf8()?).ok()?;
        Some((slug, explanation.unwrapped()))
    };
    EXPLANATIONS.files().filter_map(read).collect()
});

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
    /// The requests that show the mistake in `wrong`, where it takes particular ones: a method and a
    /// target, such as `GET /?name=Ada`, and a form behind them, `POST / name=Ada`. The word `chunked`
    /// before the form sends it in chunks. Without any it is what `wsgi-tutor check` sends.
    #[serde(default)]
    pub request: Vec<String>,
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
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Explanation {
    /// The names of all mistakes that are explained, by the alphabet.
    pub fn slugs() -> impl Iterator<Item = &'static str> {
        BY_SLUG.keys().copied()
    }

    /// The explanation of a mistake, from `assets/explanations/<slug>.toml`.
    #[must_use]
    pub fn of(slug: &str) -> Option<&'static Self> {
        BY_SLUG.get(slug)
    }

    /// A mistake's name as it is kept here, and its explanation.
    pub(super) fn entry(slug: &str) -> Option<(&'static str, &'static Self)> {
        BY_SLUG.get_key_value(slug).map(|(slug, it)| (*slug, it))
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

/// A text on one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{EXPLANATIONS, Explanation};

    #[test]
    fn every_file_is_an_explanation() {
        for file in EXPLANATIONS.files() {
            let text = file.contents_utf8().unwrap();
            if let Err(error) = toml::from_str::<Explanation>(text) {
                panic!("{}: {error}", file.path().display());
            }
        }
        assert_eq!(Explanation::slugs().count(), EXPLANATIONS.files().count());
    }

    #[test]
    fn explanations_are_short_where_they_must_be() {
        for slug in Explanation::slugs() {
            let explanation = Explanation::of(slug).unwrap();
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
        for slug in Explanation::slugs() {
            for part in Explanation::of(slug).unwrap().pep.split("; ") {
                let Some(named) = part.strip_prefix("PEP 3333, ") else {
                    let others = [
                        "RFC ",
                        "PEP 594, ",
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

    #[test]
    fn a_request_is_a_method_a_target_and_a_form() {
        for slug in Explanation::slugs() {
            for request in &Explanation::of(slug).unwrap().request {
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
        for slug in Explanation::slugs() {
            let explanation = Explanation::of(slug).unwrap();
            for code in [&explanation.wrong, &explanation.right] {
                let parsed = ruff_python_parser::parse_module(code);
                assert!(parsed.is_ok(), "{slug}: {code}");
            }
        }
    }
}
