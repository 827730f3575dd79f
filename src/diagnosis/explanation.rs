//! The texts that explain each mistake.

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

static EXPLANATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/explanations");

/// Why something is a mistake, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// A short paragraph.
    pub why: String,
    /// The section of the standard, such as `PEP 3333, Specification Details`.
    pub pep: String,
    /// The smallest repair, as code.
    pub fix: String,
}

impl Explanation {
    /// The names of all mistakes that are explained, by the alphabet.
    pub fn slugs() -> impl Iterator<Item = &'static str> {
        let mut slugs: Vec<&str> = EXPLANATIONS
            .files()
            .filter_map(|file| file.path().file_stem()?.to_str())
            .collect();
        slugs.sort_unstable();
        slugs.into_iter()
    }

    /// The explanation of a mistake, from `assets/explanations/<slug>.toml`.
    #[must_use]
    pub fn of(slug: &str) -> Option<Self> {
        let file = EXPLANATIONS.get_file(format!("{slug}.toml"))?;
        let mut explanation: Self = toml::from_str(file.contents_utf8()?).ok()?;
        // The file's own line breaks mean nothing.
        explanation.why = explanation
            .why
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Some(explanation)
    }
}

#[cfg(test)]
mod tests {
    use super::Explanation;
    use crate::diagnosis::rules::SLUGS;

    #[test]
    fn every_rule_has_its_explanation_and_the_other_way_round() {
        let mut slugs = SLUGS.to_vec();
        slugs.sort_unstable();
        assert!(Explanation::slugs().eq(slugs.iter().copied()));
        for slug in slugs {
            assert!(Explanation::of(slug).is_some(), "{slug}");
        }
    }
}
