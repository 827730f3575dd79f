//! Values that are made anew for each run of a check, so that no answer can be written down before.
//! They stand in braces in a lesson's texts: `{who}`, `{who|html}`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::error::SpecError;

/// What a value is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Small letters.
    Word,
    /// Letters, the first one large.
    Name,
    /// Letters of which some are not ASCII, and some not Latin-1.
    ForeignName,
    /// A word between HTML tags.
    Markup,
    /// Four digits.
    Number,
}

/// The values of one run, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// Makes values of these kinds. The same seed makes the same values.
    pub fn new(kinds: &BTreeMap<String, Kind>, seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let values = kinds
            .iter()
            .map(|(name, kind)| (name.clone(), value(*kind, &mut random)));
        Self(values.collect())
    }

    /// The text with each `{name}` replaced by its value; `{{` and `}}` are braces.
    ///
    /// # Errors
    /// When a name or what stands behind its `|` is unknown, or a brace has no partner.
    pub fn fill(&self, text: &str) -> Result<String, SpecError> {
        self.fill_with(text, str::to_owned)
    }

    /// The same in a path, where each value is percent-encoded.
    ///
    /// # Errors
    /// As [`Values::fill`].
    pub fn fill_path(&self, path: &str) -> Result<String, SpecError> {
        self.fill_with(path, percent_encoded)
    }

    fn fill_with(&self, text: &str, encode: impl Fn(&str) -> String) -> Result<String, SpecError> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(place) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(place);
            filled.push_str(before);
            if let Some(after) = from.strip_prefix("{{").or(from.strip_prefix("}}")) {
                filled.push_str(&from[..1]);
                rest = after;
                continue;
            }
            let inside = from.strip_prefix('{').and_then(|from| from.split_once('}'));
            let Some((inside, after)) = inside else {
                return Err(SpecError::UnmatchedBrace(text.to_owned()));
            };
            filled.push_str(&encode(&self.value(inside)?));
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn value(&self, inside: &str) -> Result<String, SpecError> {
        let (name, form) = inside.split_once('|').unwrap_or((inside, ""));
        let value = self.0.get(name).ok_or_else(|| SpecError::UnknownValue {
            name: name.to_owned(),
            placeholder: inside.to_owned(),
        })?;
        match form {
            "" => Ok(value.clone()),
            "html" => Ok(html(value)),
            "upper" => Ok(value.to_uppercase()),
            "bytes" => Ok(value.len().to_string()),
            _ => Err(SpecError::UnknownForm {
                placeholder: inside.to_owned(),
                form: form.to_owned(),
            }),
        }
    }
}

fn value(kind: Kind, random: &mut fastrand::Rng) -> String {
    match kind {
        Kind::Word => word(random),
        Kind::Name => capitalised(&word(random)),
        Kind::ForeignName => {
            let letters = ['\u{eb}', '\u{f8}', '\u{fc}', '\u{e9}'];
            let foreign = ['\u{674e}', '\u{142}', '\u{433}', '\u{3b4}'];
            let letter = letters[random.usize(..letters.len())];
            let last = foreign[random.usize(..foreign.len())];
            format!("{}{letter}{last}", capitalised(&word(random)))
        }
        Kind::Markup => format!("<b>{}</b>", word(random)),
        Kind::Number => random.u32(1000..10_000).to_string(),
    }
}

/// Three syllables that can be read aloud.
fn word(random: &mut fastrand::Rng) -> String {
    const CONSONANTS: &[u8] = b"bdfgklmnprstvz";
    const VOWELS: &[u8] = b"aeiou";
    let mut word = String::new();
    for _ in 0..3 {
        word.push(char::from(CONSONANTS[random.usize(..CONSONANTS.len())]));
        word.push(char::from(VOWELS[random.usize(..VOWELS.len())]));
    }
    word
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

/// As Python's `html.escape` has it.
fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

/// Everything but unreserved characters as `%XX` (RFC 3986, 2.1).
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Kind, Values};

    fn values() -> Values {
        let known = [("who", "<Zo\u{eb}>"), ("n", "7")];
        Values(
            known
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        )
    }

    #[rstest]
    #[case("Hi {who}, {n}", "Hi <Zo\u{eb}>, 7")]
    #[case("{who|html}", "&lt;Zo\u{eb}&gt;")]
    #[case("{who|upper}", "<ZO\u{cb}>")]
    #[case("{who|bytes}", "6")]
    #[case("{{}} {n}", "{} 7")]
    fn values_are_put_in(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(values().fill(text).unwrap(), expected);
    }

    #[rstest]
    #[case("{whom}", "'with' names no 'whom', and '{whom}' asks for it")]
    #[case(
        "{who|loud}",
        "'{who|loud}': a value can be html, upper or bytes, not 'loud'"
    )]
    #[case(
        "a { b",
        "a brace has no partner in 'a { b'; a brace itself is written {{ or }}"
    )]
    #[case(
        "a }",
        "a brace has no partner in 'a }'; a brace itself is written {{ or }}"
    )]
    fn what_cannot_be_put_in_is_told(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(values().fill(text).unwrap_err().to_string(), expected);
    }

    #[test]
    fn a_path_is_percent_encoded_where_a_value_stands() {
        let path = values().fill_path("/a b/{who}").unwrap();
        assert_eq!(path, "/a b/%3CZo%C3%AB%3E");
    }

    #[test]
    fn each_seed_has_values_of_its_own() {
        let kinds = [
            ("a", Kind::Word),
            ("b", Kind::ForeignName),
            ("c", Kind::Markup),
        ];
        let kinds = kinds.map(|(name, kind)| (name.to_owned(), kind)).into();
        assert_eq!(Values::new(&kinds, 1), Values::new(&kinds, 1));
        assert_ne!(Values::new(&kinds, 1), Values::new(&kinds, 2));
        let foreign = Values::new(&kinds, 3).fill("{b}").unwrap();
        assert!(foreign.chars().any(|letter| letter > '\u{ff}'), "{foreign}");
    }
}
