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
    use super::{EXPLANATIONS, Explanation};
    use crate::diagnosis::rules::SLUGS;

    #[test]
    fn every_rule_has_its_explanation_and_the_other_way_round() {
        let mut files: Vec<String> = EXPLANATIONS
            .files()
            .map(|file| {
                file.path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        files.sort();
        let mut slugs = SLUGS.to_vec();
        slugs.sort_unstable();
        assert_eq!(files, slugs);
        for slug in slugs {
            assert!(Explanation::of(slug).is_some(), "{slug}");
        }
    }
}
