//! The true bytes of an exchange in both directions, with their times. Nothing in them is left to
//! be guessed: whatever is no plain ASCII is written as Python would write it.

use std::ops::Range;

use ratatui::text::{Line, Span};

use super::environ;
use super::writer::Writer;
use crate::exchange::EventKind;
use crate::tui::state::model::Model;
use crate::tui::text::duration;
use crate::tui::theme::Role;

/// Bytes that are shown.
const MAX_BYTES: usize = 64 * 1024;

/// Writes what went over the wire up to the moment that is shown.
pub fn write(writer: &mut Writer, model: &Model) {
    let mut room = MAX_BYTES;
    let marked = environ::selected_bytes(model).unwrap_or_default();
    // Where the bytes from the client stand in all that it sent.
    let mut received = 0;
    for event in model.events() {
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
        let from_client = matches!(event.kind, EventKind::BytesReceived { .. });
        let mut at = received;
        for line in shown.split_inclusive(|&byte| byte == b'\n') {
            let part = at..at + line.len();
            at = part.end;
            let within = if from_client {
                marked.start.clamp(part.start, part.end)..marked.end.clamp(part.start, part.end)
            } else {
                part.start..part.start
            };
            lines(
                writer,
                line,
                &(within.start - part.start..within.end - part.start),
            );
        }
        if from_client {
            received += bytes.kept.len();
        }
        let unshown = bytes.kept.len() - shown.len();
        if unshown > 0 {
            let what = format!("… and {unshown} more bytes, too many to show");
            writer.text(Role::Dim, &what);
        }
        let lost = bytes.length.saturating_sub(bytes.kept.len() as u64);
        if lost > 0 {
            let what = format!("… and {lost} more bytes, which were not kept");
            writer.text(Role::Dim, &what);
        }
    }
    if writer.lines.is_empty() {
        writer.text(Role::Dim, "No bytes have come yet.");
    }
}

/// One line of the wire, in as many of the pane's as it takes. It is broken anywhere but inside an
/// escape: a break at a space would hide the space. `marked` is what the selected key of environ
/// was made from.
fn lines(writer: &mut Writer, bytes: &[u8], marked: &Range<usize>) {
    const MARGIN: &str = "   ";
    let first = if marked.is_empty() { MARGIN } else { " ▸ " };
    let mut spans = vec![Span::raw(first)];
    let mut column = MARGIN.len();
    let mut at = 0;
    let look = |place: usize, byte: u8| (is_plain(byte), marked.contains(&place));
    while let Some(&byte) = bytes.get(at) {
        let (plain, within) = look(at, byte);
        let length = bytes[at..]
            .iter()
            .enumerate()
            .take_while(|&(next, &byte)| look(at + next, byte) == (plain, within))
            .count();
        let run = &bytes[at..at + length];
        at += length;
        let role = match (within, plain) {
            (true, _) => Role::Selected,
            (false, true) => Role::Plain,
            (false, false) => Role::Key,
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
