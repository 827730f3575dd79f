//! The true bytes of an exchange in both directions, with their times. Nothing in them is left to
//! be guessed: whatever is no plain ASCII is written as Python would write it.

use ratatui::text::{Line, Span};

use super::writer::Writer;
use crate::exchange::{EventKind, Exchange};
use crate::tui::model::Model;
use crate::tui::text::duration;
use crate::tui::theme::Role;

/// Bytes that are shown.
const SHOWN: usize = 64 * 1024;

/// Writes what went over the wire up to the moment that is shown.
pub fn write(writer: &mut Writer, model: &Model, exchange: &Exchange) {
    let events = exchange.events();
    let until = model.held.as_ref().map_or(events.len(), |held| held.at + 1);
    let mut room = SHOWN;
    for event in events.iter().take(until) {
        let (arrow, whom, bytes) = match &event.kind {
            EventKind::BytesReceived { bytes } => ("→", "from the client", bytes),
            EventKind::BytesSent { bytes } => ("←", "to the client", bytes),
            EventKind::NotRecorded { received, sent, .. } if received + sent > 0 => {
                let what =
                    format!("not recorded: {received} more bytes from the client, {sent} to it");
                writer.text(Role::Dim, &what);
                continue;
            }
            _ => continue,
        };
        let plural = if bytes.length == 1 { "" } else { "s" };
        let time = duration(event.at_us);
        let what = format!("{arrow} {time}  {} byte{plural} {whom}", bytes.length);
        writer.text(Role::Strong, &what);
        let shown = &bytes.kept[..bytes.kept.len().min(room)];
        room -= shown.len();
        for line in shown.split_inclusive(|&byte| byte == b'\n') {
            lines(writer, line);
        }
        let unshown = bytes.kept.len() - shown.len();
        if unshown > 0 {
            let what = format!("… and {unshown} bytes more, too many to show");
            writer.text(Role::Dim, &what);
        }
        let lost = bytes.length.saturating_sub(bytes.kept.len() as u64);
        if lost > 0 {
            let what = format!("… and {lost} bytes more, which were not kept");
            writer.text(Role::Dim, &what);
        }
    }
    if writer.lines.is_empty() {
        writer.text(Role::Dim, "No bytes have come yet.");
    }
}

/// One line of the wire, in as many of the pane's as it takes. It is broken anywhere but inside an
/// escape: a break at a space would hide the space.
fn lines(writer: &mut Writer, bytes: &[u8]) {
    const MARGIN: &str = "   ";
    let mut spans = vec![Span::raw(MARGIN)];
    let mut column = MARGIN.len();
    for run in bytes.chunk_by(|&one, &other| is_plain(one) == is_plain(other)) {
        let role = if run.first().is_some_and(|&byte| is_plain(byte)) {
            Role::Plain
        } else {
            Role::Key
        };
        let style = writer.theme.style(role);
        let mut part = String::new();
        for &byte in run {
            let shown = escaped(byte);
            if column + shown.len() > writer.width && column > MARGIN.len() {
                spans.push(Span::styled(std::mem::take(&mut part), style));
                let full = std::mem::replace(&mut spans, vec![Span::raw(MARGIN)]);
                writer.lines.push(Line::from(full));
                column = MARGIN.len();
            }
            column += shown.len();
            part.push_str(&shown);
        }
        spans.push(Span::styled(part, style));
    }
    writer.lines.push(Line::from(spans));
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7e) && byte != b'\\'
}

/// A byte as Python writes it in `b'…'`.
fn escaped(byte: u8) -> String {
    match byte {
        b'\r' => "\\r".to_owned(),
        b'\n' => "\\n".to_owned(),
        b'\t' => "\\t".to_owned(),
        b'\\' => "\\\\".to_owned(),
        0x20..=0x7e => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    }
}
