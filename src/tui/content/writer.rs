//! Writes wrapped lines for a pane: sentences, headers, bodies, output. What is too long is cut,
//! and it says so: a pane is drawn anew for each key.

use ratatui::text::{Line, Span};

use crate::exchange::{Moment, Phase, visible, visible_bytes};
use crate::tui::state::panes::BodyView;
use crate::tui::text::{cut, wrap};
use crate::tui::theme::{Role, Theme};

/// Bytes of a body that are shown.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// Bytes of what was printed, or of a traceback, that are shown.
const MAX_SECTION_BYTES: usize = 16 * 1024;
/// Bytes in a line of the hexadecimal view.
const HEX_ROW_BYTES: usize = 16;
/// Lines of a header that are shown.
const MAX_HEADER_LINES: usize = 3;

/// The lines so far.
pub struct Writer {
    pub theme: Theme,
    pub width: usize,
    pub lines: Vec<Line<'static>>,
}

impl Writer {
    pub fn new(theme: Theme, width: usize) -> Self {
        Self {
            theme,
            width,
            lines: Vec::new(),
        }
    }

    pub fn text(&mut self, role: Role, text: &str) {
        let style = self.theme.style(role);
        for line in text.lines() {
            let span = Span::styled(visible(line), style);
            let margin = Span::raw(" ");
            self.lines
                .extend(wrap(&[span], self.width, &margin, &margin));
        }
    }

    /// A gap before what comes next: one, however often it is asked for.
    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// A header; those the server added are dim, and marked.
    pub fn header(&mut self, (name, value): &(String, String), own: bool) {
        let (role, mark) = if own {
            (Role::Dim, "  ← server")
        } else {
            (Role::Plain, "")
        };
        let style = self.theme.style(role);
        let spans = [
            Span::styled(
                format!("{}: ", visible(name)),
                self.theme.style(if own { Role::Dim } else { Role::Strong }),
            ),
            Span::styled(visible(value), style),
            Span::styled(mark, self.theme.style(Role::Dim)),
        ];
        let mut lines = wrap(&spans, self.width, &Span::raw(" "), &Span::raw("   "));
        if lines.len() > MAX_HEADER_LINES {
            lines.truncate(MAX_HEADER_LINES);
            if let Some(last) = lines.last_mut() {
                let text = cut(&format!("{last}…"), self.width);
                *last = Line::styled(text, style);
            }
        }
        self.lines.extend(lines);
    }

    pub fn body(&mut self, moment: &Moment, view: BodyView) {
        if moment.body.length == 0 {
            if moment.phase == Phase::Finished && moment.sent.is_some() {
                self.blank();
                self.text(Role::Dim, "(no body)");
            }
            return;
        }
        self.blank();
        let shown = &moment.body.kept[..moment.body.kept.len().min(MAX_BODY_BYTES)];
        match view {
            BodyView::Hex => self.body_hex(shown),
            _ => self.body_text(shown),
        }
        self.more(moment.body.length, shown.len());
    }

    fn body_text(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let span = Span::raw(visible_bytes(line));
            let margin = Span::raw(" ");
            self.lines
                .extend(wrap(&[span], self.width, &margin, &margin));
        }
    }

    fn body_hex(&mut self, bytes: &[u8]) {
        // Half rows where whole ones do not fit: offset, gaps, two digits and a letter a byte.
        let row = if self.width >= 10 + HEX_ROW_BYTES * 4 {
            HEX_ROW_BYTES
        } else {
            HEX_ROW_BYTES / 2
        };
        for (index, chunk) in bytes.chunks(row).enumerate() {
            let hex: Vec<String> = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
            let text: String = chunk
                .iter()
                .map(|&byte| match byte {
                    0x20..=0x7e => char::from(byte),
                    _ => '·',
                })
                .collect();
            self.lines.push(Line::from(vec![
                Span::styled(
                    format!(" {:05x} ", index * row),
                    self.theme.style(Role::Dim),
                ),
                Span::raw(format!("{:<1$} ", hex.join(" "), row * 3)),
                Span::styled(text, self.theme.style(Role::Code)),
            ]));
        }
    }

    /// Says how much of something is not shown.
    pub fn more(&mut self, length: u64, shown: usize) {
        let hidden = length.saturating_sub(shown as u64);
        if hidden > 0 {
            self.text(Role::Dim, &format!("… and {hidden} more bytes"));
        }
    }

    pub fn section(&mut self, title: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.blank();
        self.text(Role::Heading, title);
        let shown = &text[..text.floor_char_boundary(MAX_SECTION_BYTES)];
        self.text(Role::Plain, shown);
        self.more(text.len() as u64, shown.len());
    }
}
