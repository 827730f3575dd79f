//! What the selected row of environ is, where it came from, and what the glossary says of it.

use ratatui::text::{Line, Span};

use super::{Row, decoding};
use crate::exchange::{EnvironEntry, Moment, Origin, visible, visible_bytes};
use crate::glossary;
use crate::tui::text::wrap;
use crate::tui::theme::{Role, Theme};

/// With fewer lines than this only what the key is has room.
const MIN_HEIGHT: usize = 5;
/// From so many lines on the decoding of a path is shown with its bytes.
const MIN_HEIGHT_FOR_HEX: usize = 12;
/// Lines for where a value came from, and for a value too long for its row.
const MAX_LINES: usize = 2;

/// What is told of a row.
pub struct Detail {
    pub title: String,
    pub lines: Vec<Line<'static>>,
    /// Whether a larger pane would tell more.
    pub more: bool,
}

/// Where the lines go.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// What is to be said of the row as it is now, with a label each.
    pub notes: &'a [(&'static str, String)],
    pub theme: Theme,
    pub moment: &'a Moment,
    pub width: usize,
    pub height: usize,
    /// Columns the value has in its row.
    pub value: usize,
    /// Whether the pane is alone, so that there is no more room to be had.
    pub alone: bool,
}

impl Detail {
    pub fn of(row: &Row<'_>, place: Place<'_>) -> Self {
        let (title, sections) = match row {
            Row::Group(name) => {
                let text = "enter folds these keys";
                ((*name).to_owned(), vec![place.sentence(Role::Plain, text)])
            }
            Row::Folded(name, keys) => {
                let keys: Vec<String> = keys.iter().map(|key| visible(key)).collect();
                let text = format!("enter shows {}", keys.join(", "));
                ((*name).to_owned(), vec![place.sentence(Role::Plain, &text)])
            }
            Row::Changed(key, value) => {
                let text = match value {
                    Some(value) => format!("the application set it to {}", visible(value)),
                    None => "the application removed it".to_owned(),
                };
                let mut change = place.sentence(Role::Plain, &text);
                decoding::shorten(&mut change, MAX_LINES, place.width);
                (
                    visible(key),
                    vec![change, place.meaning(key), place.answers(key)],
                )
            }
            Row::Key(entry) => {
                let title = format!("{}  {}", visible(&entry.key), entry.r#type);
                (title, place.key(entry))
            }
        };
        let compact = matches!(row, Row::Key(entry) if place.height < MIN_HEIGHT_FOR_HEX
            && decoding::is_decoded(entry, place.moment));
        let mut lines = apart(sections, place.height);
        let more = !place.alone && (compact || lines.len() > place.height);
        if place.alone {
            decoding::shorten(&mut lines, place.height, place.width);
        }
        lines.truncate(place.height);
        Self { title, lines, more }
    }
}

/// The sections, with a gap between them where there is room for it.
fn apart(sections: Vec<Vec<Line<'static>>>, height: usize) -> Vec<Line<'static>> {
    let total: usize = sections.iter().map(Vec::len).sum();
    let gaps = total + sections.len() <= height + 1;
    let mut lines = Vec::new();
    for section in sections.into_iter().filter(|section| !section.is_empty()) {
        if gaps && !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(section);
    }
    lines
}

impl Place<'_> {
    fn key(self, entry: &EnvironEntry) -> Vec<Vec<Line<'static>>> {
        let meaning = self.meaning(&entry.key);
        if self.height < MIN_HEIGHT && !meaning.is_empty() {
            return vec![meaning];
        }
        let mut value = Vec::new();
        let repr = visible(&entry.repr);
        let is_decoded = decoding::is_decoded(entry, self.moment);
        if !is_decoded && repr.chars().count() > self.value {
            let mut repr_lines = self.sentence(Role::Code, &repr);
            decoding::shorten(&mut repr_lines, MAX_LINES, self.width);
            value.extend(repr_lines);
        }
        if is_decoded {
            let hex = self.height >= MIN_HEIGHT_FOR_HEX;
            value.extend(decoding::lines(
                self.theme,
                entry,
                self.moment,
                self.width,
                hex,
            ));
        } else {
            let mut from = self.labelled("from", &origin(&entry.from, self.moment));
            decoding::shorten(&mut from, MAX_LINES, self.width);
            value.extend(from);
        }
        let notes = self.notes.iter();
        value.extend(notes.flat_map(|(label, text)| self.labelled(label, text)));
        vec![value, meaning, self.answers(&entry.key)]
    }

    /// What a key is, in a sentence or two.
    fn meaning(self, key: &str) -> Vec<Line<'static>> {
        glossary::find(key).map_or_else(Vec::new, |entry| self.sentence(Role::Plain, &entry.text))
    }

    /// What else there is to know about a key.
    fn answers(self, key: &str) -> Vec<Line<'static>> {
        let Some(entry) = glossary::find(key) else {
            return Vec::new();
        };
        let mut lines = self.labelled("forged?", &entry.forge);
        if let Some(php) = &entry.php {
            lines.extend(self.labelled("in PHP", php));
        }
        lines.extend(self.labelled("absent?", &entry.absent));
        lines.extend(self.labelled("empty?", &entry.empty));
        let mut label = "see";
        for standard in entry.section.split("; ") {
            lines.extend(self.labelled(label, standard));
            label = "";
        }
        lines
    }

    fn sentence(self, role: Role, text: &str) -> Vec<Line<'static>> {
        let margin = Span::raw(" ");
        let text = Span::styled(text.to_owned(), self.theme.style(role));
        wrap(&[text], self.width, &margin, &margin)
    }

    fn labelled(self, label: &str, text: &str) -> Vec<Line<'static>> {
        let label = format!(" {label:<width$}", width = decoding::LABEL - 1);
        let label = Span::styled(label, self.theme.style(Role::Dim));
        let indent = Span::raw(" ".repeat(decoding::LABEL));
        wrap(&[Span::raw(text.to_owned())], self.width, &label, &indent)
    }
}

fn origin(origin: &Origin, moment: &Moment) -> String {
    match origin {
        Origin::Request { what, start, end } => {
            let bytes = moment.bytes_in.kept.get(*start..*end).unwrap_or_default();
            if bytes.is_empty() {
                format!("{what}: nothing was sent")
            } else if what.starts_with("the header") {
                // The bytes begin with the header's name.
                format!("the header line {}", visible_bytes(bytes))
            } else {
                format!("{what}: {}", visible_bytes(bytes))
            }
        }
        Origin::Connection(what) => what.to_string(),
        Origin::Gateway(rule) => format!("the server: {rule}"),
    }
}
