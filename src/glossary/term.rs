//! What the words of the course mean, and PHP's names: data in `assets/terms/`, and how to find a
//! word's entry.

use std::sync::LazyLock;

use serde::Deserialize;

/// A file for each group, in the order they are listed.
pub(super) const FILES: [&str; 7] = [
    include_str!("../../assets/terms/wsgi.toml"),
    include_str!("../../assets/terms/http.toml"),
    include_str!("../../assets/terms/statuses.toml"),
    include_str!("../../assets/terms/forms.toml"),
    include_str!("../../assets/terms/python.toml"),
    include_str!("../../assets/terms/servers.toml"),
    include_str!("../../assets/terms/php.toml"),
];

/// Terms that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermGroup {
    pub title: String,
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}

/// What there is to know about a term.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub name: String,
    /// Other names of it. A plural with `s` is found without.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it is, in a few sentences.
    pub text: String,
    /// Code, or what is sent.
    #[serde(default)]
    pub example: String,
    /// Further terms, keys of environ and mistakes.
    pub see: Vec<String>,
    /// The standard and its section, or another document.
    pub source: String,
}

impl Term {
    fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.also)
    }
}

/// All groups, in the order they are listed.
pub fn term_groups() -> &'static [TermGroup] {
    static GROUPS: LazyLock<Vec<TermGroup>> = LazyLock::new(|| {
        // They are part of the program, and a test reads each.
        FILES.iter().filter_map(|file| group(file).ok()).collect()
    });
    &GROUPS
}

pub(super) fn group(file: &str) -> Result<TermGroup, toml::de::Error> {
    let mut group: TermGroup = toml::from_str(file)?;
    for term in &mut group.terms {
        // The file's own line breaks mean nothing.
        let words: Vec<&str> = term.text.split_whitespace().collect();
        term.text = words.join(" ");
    }
    Ok(group)
}

pub(super) fn terms() -> impl Iterator<Item = &'static Term> {
    term_groups().iter().flat_map(|group| &group.terms)
}

/// The entry of a term, in any case: by one of its names as it is written, or else without `$` and
/// `()`, or else as a plural.
pub fn find_term(word: &str) -> Option<&'static Term> {
    let named = |spell: fn(&str) -> String, wanted: &str| {
        terms().find(|term| term.names().any(|name| spell(name) == wanted))
    };
    let wanted = bare(word);
    named(lower, &lower(word))
        .or_else(|| named(bare, &wanted))
        .or_else(|| named(bare, wanted.strip_suffix('s')?))
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// A name as it is compared with what somebody types: in a shell `$` and `()` need quotes.
fn bare(word: &str) -> String {
    let word = word.strip_prefix('$').unwrap_or(word);
    let word = word.strip_suffix("()").unwrap_or(word);
    lower(word).replace(['-', ' '], "_")
}
