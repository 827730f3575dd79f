//! The response: status, headers, body, and whatever else the application gave.

use ratatui::text::{Line, Span};

use crate::diagnosis::{Diagnosis, Severity, diagnose};
use crate::exchange::{Excerpt, Moment, Phase, visible, visible_bytes};
use crate::tui::model::{BodyView, Load, Model};
use crate::tui::text::wrap;
use crate::tui::theme::{Role, Theme};

/// Bytes of a body that are shown.
const SHOWN: usize = 64 * 1024;
/// Bytes in a line of the hexadecimal view.
const HEX_ROW: usize = 16;

/// How far the answer is, for the title.
pub fn state(model: &Model) -> String {
    let Some(exchange) = model.exchange() else {
        return String::new();
    };
    let moment = exchange.now();
    match moment.phase {
        Phase::Arriving | Phase::Read | Phase::Called => "waiting".to_owned(),
        Phase::Stored => "stored, not sent".to_owned(),
        Phase::Sent => "sent, body on its way".to_owned(),
        Phase::Finished => {
            let us = exchange.duration_us();
            format!("sent, {}.{} ms", us / 1000, us % 1000 / 100)
        }
    }
}

pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let Some(exchange) = model.exchange() else {
        return waiting(model, width);
    };
    let moment = exchange.now();
    let mut writer = Writer {
        theme: model.theme,
        width,
        lines: Vec::new(),
    };
    if let Some(refused) = &moment.refused {
        writer.text(Role::Bad, &format!("✗ refused with {}", refused.status));
        writer.text(Role::Plain, &refused.detail);
        writer.text(Role::Dim, "The bytes that caused it:");
        writer.text(Role::Code, &visible_bytes(&refused.bytes.kept));
        return writer.lines;
    }
    let (errors, notes): (Vec<_>, Vec<_>) = diagnose(exchange)
        .into_iter()
        .partition(|diagnosis| diagnosis.severity == Severity::Error);
    for diagnosis in &errors {
        writer.diagnosis(Role::Bad, &format!("✗ {}", diagnosis.message), diagnosis);
    }
    if errors.is_empty() {
        writer.trouble(moment);
    }
    writer.head(moment);
    writer.body(moment, model.body);
    writer.section("print() wrote to the terminal:", &moment.printed);
    writer.section("wsgi.errors:", &moment.logged);
    for diagnosis in &notes {
        writer.blank();
        writer.diagnosis(
            Role::Fresh,
            &format!("note: {}", diagnosis.message),
            diagnosis,
        );
    }
    if let Some(raised) = &moment.error {
        writer.section("traceback:", &raised.traceback);
    }
    writer.lines
}

/// What is said before the first request.
fn waiting(model: &Model, width: usize) -> Vec<Line<'static>> {
    let mut writer = Writer {
        theme: model.theme,
        width,
        lines: Vec::new(),
    };
    let opened = model.lesson.as_ref();
    if let Some(Load::Failed(raised)) = opened.map(|opened| &opened.loaded) {
        writer.text(
            Role::Bad,
            "✗ The file cannot be loaded. Mend it and save it.",
        );
        writer.section("traceback:", &raised.traceback);
    } else {
        writer.text(
            Role::Dim,
            "No request has come yet. Press space, open the address above in a browser, or use curl.",
        );
    }
    if let Some(opened) = opened {
        writer.section("printed while it was loaded:", &opened.printed);
    }
    writer.lines
}

struct Writer {
    theme: Theme,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Writer {
    fn text(&mut self, role: Role, text: &str) {
        let style = self.theme.style(role);
        for line in text.lines() {
            let span = Span::styled(visible(line), style);
            let margin = Span::raw(" ");
            self.lines
                .extend(wrap(&[span], self.width, &margin, &margin));
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn diagnosis(&mut self, role: Role, message: &str, diagnosis: &Diagnosis) {
        self.text(role, message);
        self.text(Role::Plain, &diagnosis.explanation.why);
        for line in diagnosis.explanation.fix.lines() {
            self.text(Role::Code, &format!("  {line}"));
        }
        self.blank();
    }

    fn trouble(&mut self, moment: &Moment) {
        if let Some(reason) = &moment.worker_died {
            self.text(Role::Bad, &format!("✗ the Python process ended: {reason}"));
            self.blank();
        }
        if let Some(raised) = &moment.error {
            let line = raised
                .blame
                .as_ref()
                .map_or(String::new(), |blame| format!(" (line {})", blame.line));
            let what = format!("✗ {}: {}{line}", raised.r#type, raised.message);
            self.text(Role::Bad, &what);
            self.blank();
        }
        if moment.client_gone {
            self.text(
                Role::Bad,
                "✗ the client went away before the answer was complete",
            );
            self.blank();
        }
    }

    fn head(&mut self, moment: &Moment) {
        let Some(status) = moment.status() else {
            if moment.error.is_none() && moment.worker_died.is_none() {
                self.text(Role::Dim, "start_response has not been called yet");
            }
            return;
        };
        let role = match status.as_bytes().first() {
            Some(b'4' | b'5') => Role::Bad,
            _ => Role::Good,
        };
        self.text(role, status);
        let given = moment.started.as_ref();
        let given = given.map_or(&[][..], |started| &started.headers);
        let headers = moment.sent.as_ref().map_or(given, |(_, headers)| headers);
        for header in headers {
            let own = moment.error_page || !given.contains(header);
            self.header(header, own && moment.sent.is_some());
        }
    }

    /// A header; those the server added are dim, and marked.
    fn header(&mut self, (name, value): &(String, String), own: bool) {
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
        self.lines
            .extend(wrap(&spans, self.width, &Span::raw(" "), &Span::raw("   ")));
    }

    fn body(&mut self, moment: &Moment, view: BodyView) {
        if moment.body.length == 0 {
            if moment.phase == Phase::Finished && moment.sent.is_some() {
                self.blank();
                self.text(Role::Dim, "(no body)");
            }
            return;
        }
        self.blank();
        let shown = &moment.body.kept[..moment.body.kept.len().min(SHOWN)];
        match view {
            BodyView::Text => self.body_text(shown),
            BodyView::Hex => self.body_hex(shown),
        }
        self.rest(&moment.body, shown.len());
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
        let row = if self.width >= 10 + HEX_ROW * 4 {
            HEX_ROW
        } else {
            HEX_ROW / 2
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

    fn rest(&mut self, body: &Excerpt, shown: usize) {
        let hidden = body.length - shown as u64;
        if hidden > 0 {
            self.text(Role::Dim, &format!("… and {hidden} bytes more"));
        }
    }

    fn section(&mut self, title: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.blank();
        self.text(Role::Heading, title);
        self.text(Role::Plain, text);
    }
}
