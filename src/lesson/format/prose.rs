//! How a step's text reads: its length, the width of its code, and what it mentions. Nothing here
//! keeps a lesson from being opened; it is told to the person who writes it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::error::{LessonError, line_of};
use super::link::Link;

/// Characters of a title.
const TITLE: usize = 40;
/// Words of a step's text and task, code not counted.
const WORDS: usize = 90;
/// Words of a hint, code not counted.
const HINT_WORDS: usize = 60;
/// Columns of code in a text.
const CODE: usize = 58;

/// Something a text names that must exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub file: String,
    pub line: usize,
    pub what: Mentioned,
}

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mentioned {
    Link(Link),
    /// Code that looks like a key of environ, and may be a name of the application's.
    Code(String),
}

/// What a step's Markdown file mentions.
pub fn mentions(file: &str, markdown: &str) -> Vec<Mention> {
    let found = Parser::new(markdown).into_offset_iter();
    found
        .filter_map(|(event, place)| {
            let what = match event {
                Event::Start(Tag::Link { dest_url, .. }) => Mentioned::Link(Link::parse(&dest_url)),
                Event::Code(code) if looks_like_a_key(&code) => Mentioned::Code(code.into_string()),
                _ => return None,
            };
            Some(Mention {
                file: file.to_owned(),
                line: line_of(markdown, place.start),
                what,
            })
        })
        .collect()
}

/// `PATH_INFO`, `wsgi.input`: capital letters with an underscore, or what begins with `wsgi.`.
fn looks_like_a_key(code: &str) -> bool {
    let capitals = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    code.strip_prefix("wsgi.")
        .is_some_and(|rest| !rest.is_empty())
        || (code.contains('_') && code.bytes().all(capitals))
}

/// What is too long in a step's Markdown file.
pub fn remarks(file: &str, markdown: &str) -> Vec<LessonError> {
    let mut remarks = Vec::new();
    let title = markdown.lines().next().unwrap_or_default();
    let letters = title.trim_start_matches("# ").chars().count();
    if letters > TITLE {
        let what = format!("the title has {letters} characters; the limit is {TITLE}");
        remarks.push(LessonError::new(file, 1, what));
    }
    let mut parts = Parts::default();
    for (event, place) in Parser::new(markdown).into_offset_iter() {
        parts.take(&event, line_of(markdown, place.start));
    }
    for part in parts.0 {
        let (most, what) = if part.is_hint {
            (HINT_WORDS, "the hint has")
        } else {
            (WORDS, "text and task have")
        };
        if part.words > most {
            let what = format!("{what} {} words; the limit is {most}", part.words);
            remarks.push(LessonError::new(file, part.line, what));
        }
        for (line, columns) in part.wide {
            let what = format!("this code has {columns} columns; the limit is {CODE}");
            remarks.push(LessonError::new(file, line, what));
        }
    }
    remarks
}

/// The text with its task, then each hint.
#[derive(Default)]
struct Parts(Vec<Length>);

#[derive(Default)]
struct Length {
    line: usize,
    is_hint: bool,
    words: usize,
    in_code: bool,
    in_heading: bool,
    /// Lines of code that are too wide, and their columns.
    wide: Vec<(usize, usize)>,
}

impl Parts {
    fn take(&mut self, event: &Event<'_>, line: usize) {
        if self.0.is_empty() {
            self.0.push(Length {
                line: 1,
                ..Length::default()
            });
        }
        let Some(part) = self.0.last_mut() else {
            return;
        };
        match event {
            Event::Start(Tag::Heading { .. }) => part.in_heading = true,
            Event::End(TagEnd::Heading(_)) => part.in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => part.in_code = true,
            Event::End(TagEnd::CodeBlock) => part.in_code = false,
            Event::Text(text) if part.in_heading && text.trim() == "Hint" => {
                part.in_heading = false;
                self.0.push(Length {
                    line,
                    is_hint: true,
                    in_heading: true,
                    ..Length::default()
                });
            }
            Event::Text(_) if part.in_heading => {}
            Event::Text(text) if part.in_code => {
                for (index, code) in text.lines().enumerate() {
                    let columns = code.chars().count();
                    if columns > CODE {
                        part.wide.push((line + index, columns));
                    }
                }
            }
            Event::Text(text) => part.words += text.split_whitespace().count(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Link, Mentioned, mentions, remarks};

    #[test]
    fn a_text_of_the_right_size_has_no_remarks() {
        let words = "word ".repeat(40);
        let text = format!(
            "# Title\n\n{words}\n\n```\nx = 1\n```\n\n## Task\n\n{words}\n\n## Hint\n\n{words}\n"
        );
        assert_eq!(remarks("a.md", &text), []);
    }

    #[rstest]
    #[case(
        "# This title is too long to be read at a glance",
        "a.md:1: the title has 45 characters; the limit is 40"
    )]
    #[case(
        "# T\n\nWORDS WORDS",
        "a.md:1: text and task have 120 words; the limit is 90"
    )]
    #[case(
        "# T\n\nWORDS\n\n## Task\n\nWORDS",
        "a.md:1: text and task have 120 words; the limit is 90"
    )]
    #[case(
        "# T\n\nx\n\n## Hint\n\nWORDS x",
        "a.md:5: the hint has 61 words; the limit is 60"
    )]
    #[case(
        "# T\n\n```\nx\nLINE\n```",
        "a.md:5: this code has 59 columns; the limit is 58"
    )]
    fn what_is_too_long_is_told(#[case] text: &str, #[case] expected: &str) {
        let text = text
            .replace("WORDS", "word ".repeat(60).trim_end())
            .replace("LINE", &"x".repeat(59));
        let told: Vec<String> = remarks("a.md", &text)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told, [expected]);
    }

    #[test]
    fn what_must_exist_is_found_with_its_line() {
        let text = "# T\n\n`PATH_INFO`, `wsgi.input`, `GET`, `x_y`\n\n[a](key:HTTP_HOST) [b](lesson:form-post)\n[c](mistake:body-is-str) [d](https://example.org)";
        let found = mentions("a.md", text);
        let found: Vec<_> = found.into_iter().map(|it| (it.line, it.what)).collect();
        assert_eq!(
            found,
            [
                (3, Mentioned::Code("PATH_INFO".into())),
                (3, Mentioned::Code("wsgi.input".into())),
                (5, Mentioned::Link(Link::Key("HTTP_HOST".into()))),
                (5, Mentioned::Link(Link::Lesson("form-post".into()))),
                (6, Mentioned::Link(Link::Mistake("body-is-str".into()))),
                (
                    6,
                    Mentioned::Link(Link::Address("https://example.org".into()))
                ),
            ]
        );
    }
}
