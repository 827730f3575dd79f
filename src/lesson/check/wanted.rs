//! What a text is wanted to be: the whole of it, or what it must and must not hold.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::error::SpecError;
use super::values::Values;
use crate::exchange::visible;

/// Conditions on a text; all must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    exactly: Option<String>,
    contains: Vec<String>,
    lacks: Vec<String>,
    starts: Option<String>,
    ends: Option<String>,
    /// Whether capitals are as good as small letters.
    any_case: bool,
    /// There is to be no such text at all.
    pub absent: bool,
}

/// `{ contains = ..., lacks = ... }`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    contains: Several,
    #[serde(default)]
    lacks: Several,
    starts: Option<String>,
    ends: Option<String>,
    #[serde(default)]
    any_case: bool,
    #[serde(default)]
    absent: bool,
}

/// One text, or a list of them.
#[derive(Default, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts is expected here")]
enum Several {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl From<Several> for Vec<String> {
    fn from(several: Several) -> Self {
        match several {
            Several::None => Self::new(),
            Several::One(text) => vec![text],
            Several::Many(texts) => texts,
        }
    }
}

impl<'de> Deserialize<'de> for Wanted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Wanted;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, or a table such as { contains = \"...\" }")
    }

    fn visit_str<E>(self, text: &str) -> Result<Wanted, E> {
        Ok(Wanted {
            exactly: Some(text.to_owned()),
            ..Wanted::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Wanted, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        let wanted = Wanted {
            exactly: None,
            contains: table.contains.into(),
            lacks: table.lacks.into(),
            starts: table.starts,
            ends: table.ends,
            any_case: table.any_case,
            absent: table.absent,
        };
        if wanted.is_empty() {
            return Err(serde::de::Error::custom(
                "this table is empty; it takes contains, lacks, starts, ends or absent",
            ));
        }
        Ok(wanted)
    }
}

impl Wanted {
    fn is_empty(&self) -> bool {
        let any_case = self.any_case;
        *self
            == Self {
                any_case,
                ..Self::default()
            }
    }

    /// The same with values put in.
    ///
    /// # Errors
    /// As [`Values::fill`].
    pub fn fill(&self, values: &Values) -> Result<Self, SpecError> {
        let one = |text: &Option<String>| text.as_deref().map(|text| values.fill(text)).transpose();
        let all = |texts: &[String]| -> Result<Vec<String>, SpecError> {
            texts.iter().map(|text| values.fill(text)).collect()
        };
        Ok(Self {
            exactly: one(&self.exactly)?,
            contains: all(&self.contains)?,
            lacks: all(&self.lacks)?,
            starts: one(&self.starts)?,
            ends: one(&self.ends)?,
            any_case: self.any_case,
            absent: self.absent,
        })
    }

    /// Whether a text, or the lack of it, is as wanted.
    pub fn holds(&self, text: Option<&str>) -> bool {
        let Some(text) = text else { return self.absent };
        let as_compared = |text: &str| {
            if self.any_case {
                text.to_lowercase()
            } else {
                text.to_owned()
            }
        };
        let text = as_compared(text);
        let is = |wanted: &Option<String>, holds: fn(&str, &str) -> bool| {
            let wanted = wanted.as_deref().map(as_compared);
            wanted.is_none_or(|wanted| holds(&text, &wanted))
        };
        !self.absent
            && is(&self.exactly, |text, whole| text == whole)
            && is(&self.starts, |text, start| text.starts_with(start))
            && is(&self.ends, |text, end| text.ends_with(end))
            && self
                .contains
                .iter()
                .all(|part| text.contains(&as_compared(part)))
            && !self
                .lacks
                .iter()
                .any(|part| text.contains(&as_compared(part)))
    }
}

/// To be read behind `a body` or `the header X`: ` that is 'Hello'`.
impl fmt::Display for Wanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &String| format!("'{}'", visible(text));
        let list = |texts: &[String]| texts.iter().map(quoted).collect::<Vec<_>>().join(" and ");
        let mut parts = Vec::new();
        parts.extend(self.exactly.iter().map(|it| format!("is {}", quoted(it))));
        parts.extend(
            self.starts
                .iter()
                .map(|it| format!("begins with {}", quoted(it))),
        );
        parts.extend(
            self.ends
                .iter()
                .map(|it| format!("ends with {}", quoted(it))),
        );
        if !self.contains.is_empty() {
            parts.push(format!("contains {}", list(&self.contains)));
        }
        if !self.lacks.is_empty() {
            parts.push(format!("does not contain {}", list(&self.lacks)));
        }
        write!(formatter, " that {}", parts.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Wanted;

    #[derive(serde::Deserialize)]
    struct File {
        text: Wanted,
    }

    fn wanted(toml: &str) -> Wanted {
        toml::from_str::<File>(&format!("text = {toml}"))
            .unwrap()
            .text
    }

    #[rstest]
    #[case("'200 OK'", Some("200 OK"), true)]
    #[case("'200 OK'", Some("200 OK!"), false)]
    #[case("'200 OK'", None, false)]
    #[case("{ contains = 'a' }", Some("cat"), true)]
    #[case("{ contains = ['a', 'x'] }", Some("cat"), false)]
    #[case("{ lacks = 'a', starts = 'c' }", Some("cut"), true)]
    #[case("{ lacks = 'a', starts = 'c' }", Some("cat"), false)]
    #[case("{ ends = 't' }", Some("cat"), true)]
    #[case("{ ends = 'x' }", Some("cat"), false)]
    #[case("{ contains = 'UTF-8', any_case = true }", Some("utf-8"), true)]
    #[case("{ contains = 'UTF-8' }", Some("utf-8"), false)]
    #[case("{ absent = true }", None, true)]
    #[case("{ absent = true }", Some(""), false)]
    fn all_that_is_named_must_hold(
        #[case] toml: &str,
        #[case] text: Option<&str>,
        #[case] expected: bool,
    ) {
        assert_eq!(wanted(toml).holds(text), expected);
    }

    #[rstest]
    #[case("'Hello\\n'", r" that is 'Hello\n'")]
    #[case(
        "{ contains = ['a', 'b'], lacks = 'c', starts = 'd' }",
        " that begins with 'd' and contains 'a' and 'b' and does not contain 'c'"
    )]
    fn it_is_told_in_words(#[case] toml: &str, #[case] expected: &str) {
        let toml = toml.replace("'Hello\\n'", "\"Hello\\n\"");
        assert_eq!(wanted(&toml).to_string(), expected);
    }

    #[rstest]
    #[case("{}", "this table is empty")]
    #[case("{ any_case = true }", "this table is empty")]
    #[case("{ contain = 'a' }", "unknown field `contain`")]
    #[case("7", "a text, or a table")]
    fn what_is_misspelt_is_an_error(#[case] toml: &str, #[case] expected: &str) {
        let error = toml::from_str::<File>(&format!("text = {toml}"))
            .err()
            .unwrap();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
