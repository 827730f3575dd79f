//! Lessons are written in Markdown; this makes lines of it. Where a link leads is no part of a
//! line: its text is underlined, and whoever shows it says how to look it up.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use ratatui::text::{Line, Span};

use super::{cut, wrap};
use crate::exchange::visible;
use crate::tui::theme::{Role, Theme, linked};

/// The lines of a text, wrapped to a width.
pub fn markdown(text: &str, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut writer = Writer {
        theme,
        width,
        lines: Vec::new(),
        spans: Vec::new(),
        roles: Vec::new(),
        lists: Vec::new(),
        marker: None,
        in_link: false,
    };
    for event in Parser::new(text) {
        writer.event(event);
    }
    while writer.lines.last().is_some_and(|line| line.width() == 0) {
        writer.lines.pop();
    }
    writer.lines
}

struct Writer {
    theme: Theme,
    width: usize,
    lines: Vec<Line<'static>>,
    /// The paragraph that is being read.
    spans: Vec<Span<'static>>,
    roles: Vec<Role>,
    /// For each open list the number of its next item, where it has numbers.
    lists: Vec<Option<u64>>,
    /// What stands before the next line of an item.
    marker: Option<String>,
    /// Links do not stand inside one another.
    in_link: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.push(&code, Role::Code),
            Event::SoftBreak => self.push(" ", self.role()),
            Event::HardBreak => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.roles.push(Role::Heading),
            Tag::Strong => self.roles.push(Role::Strong),
            Tag::Emphasis => self.roles.push(Role::Fresh),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.roles.push(Role::Code);
            }
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                };
                self.marker = Some(marker);
            }
            Tag::Link { .. } => self.in_link = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.roles.pop();
                self.lines.push(Line::default());
            }
            TagEnd::Paragraph => {
                self.flush();
                self.lines.push(Line::default());
            }
            TagEnd::Item => {
                self.flush();
                self.marker = None;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.lines.push(Line::default());
            }
            TagEnd::CodeBlock => {
                self.roles.pop();
                self.lines.push(Line::default());
            }
            TagEnd::Strong | TagEnd::Emphasis => {
                self.roles.pop();
            }
            TagEnd::Link => self.in_link = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.role() != Role::Code {
            return self.push(text, self.role());
        }
        for line in text.lines() {
            let code = cut(&format!("  {}", visible(line)), self.width);
            let code = Span::styled(code, self.theme.style(Role::Code));
            self.lines.push(Line::from(code));
        }
    }

    fn push(&mut self, text: &str, role: Role) {
        let style = self.theme.style(role);
        let style = if self.in_link { linked(style) } else { style };
        self.spans.push(Span::styled(visible(text), style));
    }

    fn role(&self) -> Role {
        self.roles.last().copied().unwrap_or(Role::Plain)
    }

    fn flush(&mut self) {
        let spans = std::mem::take(&mut self.spans);
        if spans.is_empty() {
            return;
        }
        let (first, rest) = match (&self.marker, self.lists.is_empty()) {
            (Some(marker), _) => (marker.clone(), " ".repeat(marker.chars().count())),
            (None, false) => ("  ".to_owned(), "  ".to_owned()),
            (None, true) => (String::new(), String::new()),
        };
        let first = Span::styled(first, self.theme.style(Role::Dim));
        self.lines
            .extend(wrap(&spans, self.width, &first, &Span::raw(rest)));
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::markdown;
    use crate::tui::theme::Theme;

    #[test]
    fn the_text_of_a_link_is_underlined_and_nothing_else() {
        let text = "See [`PATH_INFO`, the *path*](key:PATH_INFO), and \
            [this](https://example.org/).";
        let lines = markdown(text, 80, Theme::Mono);
        let spans = lines.iter().flat_map(|line| &line.spans);
        let linked = spans.filter(|it| it.style.add_modifier.contains(Modifier::UNDERLINED));
        let linked: String = linked.map(|it| &*it.content).collect();
        assert_eq!(linked, "PATH_INFO, the paththis");
        assert_eq!(lines[0].to_string(), "See PATH_INFO, the path, and this.");
    }

    #[test]
    fn headings_lists_and_code() {
        let text =
            "# Title\n\nSome *new*\ntext, `code`.\n\n1. one two\n2. three\n\n```\nx = 1\n```\n";
        let lines: Vec<String> = markdown(text, 12, Theme::Mono)
            .iter()
            .map(|line| line.to_string().trim_end().to_owned())
            .collect();
        assert_eq!(
            lines,
            [
                "Title",
                "",
                "Some new",
                "text, code.",
                "",
                "1. one two",
                "2. three",
                "",
                "  x = 1"
            ]
        );
    }
}
