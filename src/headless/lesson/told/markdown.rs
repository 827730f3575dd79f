//! A lesson's Markdown as text to listen to: a paragraph a line, code between backquotes, and at
//! the end the commands that look up what is linked.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::lesson::Link;

/// The lines of a text, each with its line feed.
pub fn told(markdown: &str) -> String {
    let mut writer = Writer::default();
    for event in Parser::new(markdown) {
        writer.event(event);
    }
    writer.end_line();
    if !writer.links.is_empty() {
        let links = writer.links.join(", ");
        writer.push_line(&format!("To look up: {links}."));
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The paragraph that is being read.
    line: String,
    /// For each open list the number of its next item, where it has numbers.
    lists: Vec<Option<u64>>,
    in_code: bool,
    /// Where links lead: commands and addresses.
    links: Vec<String>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => {
                for line in text.lines() {
                    self.push_line(&format!("    {line}"));
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.line.push_str(&text);
            }
            Event::Code(code) => {
                self.line.push('`');
                self.line.push_str(&code);
                self.line.push('`');
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.end_line();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_line();
                self.line = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
            }
            Tag::CodeBlock(_) => {
                self.end_line();
                self.push_line("Code:");
                self.in_code = true;
            }
            Tag::Link { dest_url, .. } => {
                let leads = match Link::parse(&dest_url) {
                    Link::Key(word) | Link::Term(word) | Link::Mistake(word) => {
                        format!("explain {word}")
                    }
                    Link::Lesson(name) => format!("lesson {name}"),
                    Link::Address(address) => address,
                };
                if !self.links.contains(&leads) {
                    self.links.push(leads);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item => self.end_line(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.push_line("End of the code.");
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.push_line(line.trim_end());
        }
    }

    fn push_line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_paragraph_is_a_line_and_marks_are_words() {
        let text = "Some *new*\n**text**, `code`, and [the path](key:PATH_INFO).\n\n1. one\n   two\n2. three\n\n\
            - a\n\n```\nx = 1\n  y\n```\n\nSee [this](https://example.org/).\n";
        let expected = "Some new text, `code`, and the path.\n1. one two\n2. three\n- a\n\
            Code:\n    x = 1\n      y\nEnd of the code.\nSee this.\nTo look up: explain PATH_INFO, https://example.org/.\n";
        assert_eq!(told(text), expected);
    }
}
