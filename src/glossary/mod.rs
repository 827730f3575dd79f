//! What the keys of environ mean: data in `assets/glossary/`, and how to find a key's entry. Terms
//! have entries of their own kind.
//!
//! It knows nothing of the rest of the program.

mod term;

use std::sync::LazyLock;

use serde::Deserialize;

pub use term::{Term, TermGroup, find_term, term_groups};

/// A file for each group, in the order they are listed.
const FILES: [&str; 5] = [
    include_str!("../../assets/glossary/request.toml"),
    include_str!("../../assets/glossary/connection.toml"),
    include_str!("../../assets/glossary/headers.toml"),
    include_str!("../../assets/glossary/wsgi.toml"),
    include_str!("../../assets/glossary/others.toml"),
];

/// The key of the entry that speaks of every header without one of its own.
const ANY_HEADER: &str = "HTTP_*";

/// How alike two words must be for one to be offered in place of the other, from 0 to 1.
const ALIKE: f64 = 0.85;
/// How much less alike than the best one a further one may be.
const NEARLY: f64 = 0.04;
/// Words offered in place of one nobody knows.
const OFFERED: usize = 3;

/// Keys that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub title: String,
    #[serde(rename = "entry")]
    pub entries: Vec<Entry>,
}

/// What there is to know about a key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub key: String,
    /// What it is, in one or two sentences.
    pub text: String,
    /// The standard and its section, or that there is none.
    pub section: String,
    /// What a PHP programmer would write; absent where no word helps.
    pub php: Option<String>,
    /// A value, as Python's `repr` shows it.
    pub example: String,
    /// Whether a visitor can forge it: `yes`, `no` or `partly`, and a few words.
    pub forge: String,
    /// Whether it can be missing: `never`, `when …`.
    pub absent: String,
    /// Whether it can be `''`.
    pub empty: String,
}

impl Entry {
    /// Whether it speaks of every header without an entry of its own.
    pub fn is_general(&self) -> bool {
        self.key == ANY_HEADER
    }
}

/// All groups, in the order they are listed.
pub fn groups() -> &'static [Group] {
    static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
        // They are part of the program, and a test reads each.
        FILES.iter().filter_map(|file| group(file).ok()).collect()
    });
    &GROUPS
}

fn group(file: &str) -> Result<Group, toml::de::Error> {
    let mut group: Group = toml::from_str(file)?;
    for entry in &mut group.entries {
        // The file's own line breaks mean nothing.
        let words: Vec<&str> = entry.text.split_whitespace().collect();
        entry.text = words.join(" ");
    }
    Ok(group)
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    groups().iter().flat_map(|group| &group.entries)
}

/// The entry of a key of environ: its own, or the one that speaks of all headers.
pub fn find(key: &str) -> Option<&'static Entry> {
    let named = |name: &str| entries().find(|entry| entry.key == name);
    named(key).or_else(|| {
        key.starts_with("HTTP_")
            .then(|| named(ANY_HEADER))
            .flatten()
    })
}

/// The entry of the key with this name, in any case.
pub fn exact(name: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.key.eq_ignore_ascii_case(name))
}

/// The entry somebody means who types a word: in any case, without `HTTP_` or `wsgi.`, or with the
/// hyphens of a header's name.
pub fn look_up(word: &str) -> Option<&'static Entry> {
    let wanted = plain(word);
    let exact = entries().find(|entry| plain(&entry.key) == wanted);
    exact
        .or_else(|| entries().find(|entry| plain(short(&entry.key)) == wanted))
        .or_else(|| find(&wanted.to_ascii_uppercase()))
}

/// The names of all terms and keys.
pub fn names() -> impl Iterator<Item = &'static str> {
    let terms = term::terms().map(|term| term.name.as_str());
    terms.chain(entries().map(|entry| entry.key.as_str()))
}

/// Those of some names that are like a word, the most alike first.
pub fn most_alike<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = plain(word);
    let mut alike: Vec<(f64, &str)> = names
        .map(|name| {
            let score = |name: &str| strsim::jaro_winkler(&plain(name), &wanted);
            (score(name).max(score(short(name))), name)
        })
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    // Stable, so that names equally alike keep their order.
    alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let best = alike.first().map_or(0.0, |(score, _)| *score);
    alike.retain(|(score, _)| best - score <= NEARLY);
    alike.truncate(OFFERED);
    alike.into_iter().map(|(_, name)| name).collect()
}

/// A key without the part that says what kind of key it is.
fn short(key: &str) -> &str {
    ["HTTP_", "wsgi."]
        .iter()
        .find_map(|kind| key.strip_prefix(kind))
        .unwrap_or(key)
}

fn plain(word: &str) -> String {
    word.to_ascii_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests;
