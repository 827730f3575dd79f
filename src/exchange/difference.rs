//! What two exchanges differ in.

use std::fmt::Write as _;

use super::{Moment, visible_bytes};

/// Bytes of a line that are compared by eye.
const LINE: usize = 1024;

/// Something that is not the same, in words for both; `None` is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub part: Part,
    /// The key, the header, or what it is.
    pub name: String,
    pub left: Option<String>,
    pub right: Option<String>,
}

/// Where a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Environ,
    Response,
}

/// All differences of environ and response, in the order of the first one's.
pub fn differences(left: &Moment, right: &Moment) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |part, name: &str, left: Option<String>, right: Option<String>| {
        if left != right {
            found.push(Difference {
                part,
                name: name.to_owned(),
                left,
                right,
            });
        }
    };
    let keys = |moment: &Moment| moment.environ.iter().map(|it| it.key.clone()).collect();
    for key in union(keys(left), keys(right)) {
        let value = |moment: &Moment| {
            let entry = moment.environ.iter().find(|entry| entry.key == key)?;
            // Of an object only its kind: its address says nothing.
            let is_object = entry.repr.starts_with('<');
            Some(if is_object {
                format!("<{}>", entry.r#type)
            } else {
                entry.repr.clone()
            })
        };
        compare(Part::Environ, &key, value(left), value(right));
    }
    let sent = |moment: &Moment| {
        let body = &moment.request.as_ref()?.body.kept;
        Some(visible_bytes(&body[..body.len().min(LINE)]))
    };
    compare(Part::Environ, "the body sent", sent(left), sent(right));
    let status = |moment: &Moment| moment.status().map(str::to_owned);
    compare(Part::Response, "status", status(left), status(right));
    let names = |moment: &Moment| headers(moment).iter().map(|it| it.0.clone()).collect();
    for name in union(names(left), names(right)) {
        let values = |moment: &Moment| joined(headers(moment), &name);
        compare(Part::Response, &name, values(left), values(right));
    }
    let length = |moment: &Moment| Some(format!("{} bytes", moment.body.length));
    compare(Part::Response, "body", length(left), length(right));
    if let Some((line, left, right)) = first_line(&left.body.kept, &right.body.kept) {
        compare(Part::Response, &format!("body, line {line}"), left, right);
    }
    let error = |moment: &Moment| {
        let error = moment.error.as_ref();
        error.map(|raised| format!("{}: {}", raised.r#type, raised.message))
    };
    compare(Part::Response, "exception", error(left), error(right));
    found
}

fn headers(moment: &Moment) -> &[(String, String)] {
    moment.sent.as_ref().map_or(&[], |(_, headers)| headers)
}

/// The values of all headers of a name.
fn joined(headers: &[(String, String)], name: &str) -> Option<String> {
    let mut all: Option<String> = None;
    for (_, value) in headers
        .iter()
        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        match &mut all {
            None => all = Some(value.clone()),
            // Writing to a String cannot fail.
            Some(all) => drop(write!(all, "; and {value}")),
        }
    }
    all
}

/// The names of both, each once, whatever its case.
fn union(left: Vec<String>, right: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in left.into_iter().chain(right) {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            all.push(name);
        }
    }
    all
}

/// The first line, counted from 1, that is not the same.
fn first_line(left: &[u8], right: &[u8]) -> Option<(usize, Option<String>, Option<String>)> {
    if left == right {
        return None;
    }
    let lines = |bytes| <[u8]>::split_inclusive(bytes, |&byte| byte == b'\n');
    let mut lines = (lines(left), lines(right));
    let shown = |line: &[u8]| visible_bytes(&line[..line.len().min(LINE)]);
    (1..).find_map(|number| match (lines.0.next(), lines.1.next()) {
        (None, None) => Some((number, None, None)),
        (left, right) if left == right => None,
        (left, right) => Some((number, left.map(shown), right.map(shown))),
    })
}

#[cfg(test)]
mod tests {
    use super::{Difference, Part, differences};
    use crate::exchange::{EnvironEntry, Excerpt, Moment, Origin};

    fn moment(environ: &[(&str, &str)], headers: &[(&str, &str)], body: &[u8]) -> Moment {
        let entry = |&(key, repr): &(&str, &str)| EnvironEntry {
            key: key.into(),
            repr: repr.into(),
            r#type: "str".into(),
            from: Origin::Connection("".into()),
        };
        let header = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        Moment {
            environ: environ.iter().map(entry).collect(),
            sent: Some(("200 OK".into(), headers.iter().map(header).collect())),
            body: Excerpt::new(body, 99),
            ..Moment::default()
        }
    }

    fn told(found: &[Difference]) -> Vec<String> {
        let tell = |it: &Difference| {
            let word = |side: &Option<String>| side.clone().unwrap_or("-".into());
            let (left, right) = (word(&it.left), word(&it.right));
            format!("{:?} {}: {left} | {right}", it.part, it.name)
        };
        found.iter().map(tell).collect()
    }

    #[test]
    fn only_what_differs_is_told() {
        let left = moment(
            &[("A", "'1'"), ("B", "'2'"), ("C", "'3'")],
            &[("X", "1"), ("Set-Cookie", "a"), ("set-cookie", "b")],
            b"one\ntwo\n",
        );
        let right = moment(
            &[("A", "'1'"), ("B", "'4'"), ("D", "'5'")],
            &[("x", "1"), ("Set-Cookie", "a")],
            b"one\n\x1b2",
        );
        assert_eq!(
            told(&differences(&left, &right)),
            [
                "Environ B: '2' | '4'",
                "Environ C: '3' | -",
                "Environ D: - | '5'",
                "Response Set-Cookie: a; and b | a",
                "Response body: 8 bytes | 6 bytes",
                "Response body, line 2: two\\n | \\x1b2",
            ]
        );
        assert_eq!(differences(&left, &left), []);
    }

    #[test]
    fn a_line_more_is_a_difference() {
        let left = moment(&[], &[], b"one\n");
        let right = moment(&[], &[], b"");
        let found = differences(&left, &right);
        assert_eq!(
            told(&found),
            [
                "Response body: 4 bytes | 0 bytes",
                "Response body, line 1: one\\n | -"
            ]
        );
        assert!(found.iter().all(|it| it.part == Part::Response));
    }
}
