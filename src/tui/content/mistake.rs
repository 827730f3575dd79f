//! A mistake as a card: what, where, the repair, why; and below it the learner's own lines of the
//! traceback. In a small pane only the beginning is seen, so what helps most comes first.

use super::writer::Writer;
use crate::diagnosis::{Diagnosis, Severity, Spot};
use crate::exchange::{Raised, visible};
use crate::tui::state::model::Model;
use crate::tui::state::session::Opened;
use crate::tui::theme::Role;

/// Calls that are shown; a recursion has a thousand.
const MAX_CALLS: usize = 8;

/// The mark of a severity: colour must not be the only sign.
pub fn sign(severity: Severity) -> char {
    match severity {
        Severity::Error => '✗',
        Severity::Warning => '!',
        Severity::Note => '·',
    }
}

pub fn role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Fresh,
        Severity::Note => Role::Heading,
    }
}

/// Mark, severity and name, as in `✗ error[body-is-str]`.
fn name(diagnosis: &Diagnosis) -> String {
    let severity = diagnosis.severity;
    format!(
        "{} {}[{}]",
        sign(severity),
        severity.name(),
        diagnosis.slug()
    )
}

/// All of a card.
pub fn card(writer: &mut Writer, model: &Model, diagnosis: &Diagnosis) {
    head(writer, model, diagnosis);
    rest(writer, diagnosis);
}

/// The beginning of a card, which leaves room for the answer.
pub fn head(writer: &mut Writer, model: &Model, diagnosis: &Diagnosis) {
    let opened = model.session.opened.as_ref();
    let place = diagnosis
        .spot
        .as_ref()
        .map_or(String::new(), |spot| format!("  {}", place(opened, spot)));
    let head = format!("{}{place}", name(diagnosis));
    writer.text(role(diagnosis.severity), &head);
    writer.text(Role::Strong, &diagnosis.message);
}

/// What a card says when its beginning stands elsewhere.
pub fn continued(writer: &mut Writer, diagnosis: &Diagnosis) {
    writer.blank();
    writer.text(role(diagnosis.severity), &name(diagnosis));
    rest(writer, diagnosis);
}

fn rest(writer: &mut Writer, diagnosis: &Diagnosis) {
    let explanation = diagnosis.explanation();
    if let Some((name, code)) = diagnosis.fix.shown() {
        writer.text(Role::Dim, &format!("{name}:"));
        for line in code.lines() {
            writer.text(Role::Code, &format!("  {line}"));
        }
    }
    writer.text(Role::Plain, &explanation.why);
    if let Some(elsewhere) = diagnosis.elsewhere {
        writer.text(Role::Dim, &format!("elsewhere: {elsewhere}"));
    }
    writer.text(Role::Dim, &format!("see {}", explanation.pep));
    writer.text(Role::Dim, "! explains it");
    writer.blank();
}

/// `app.py:4`, as short as the project allows.
fn place(opened: Option<&Opened>, spot: &Spot) -> String {
    format!("{}:{}", short(opened, &spot.file), spot.line)
}

fn short(opened: Option<&Opened>, file: &str) -> String {
    let path = std::path::Path::new(file);
    let inside = match opened.and_then(Opened::target) {
        Some(target) => target.inside(path).to_string_lossy(),
        None => path.file_name().unwrap_or_default().to_string_lossy(),
    };
    visible(&inside)
}

/// The learner's own lines on the way to an exception, the most recent last as Python has it.
pub fn calls(writer: &mut Writer, model: &Model, raised: &Raised) {
    let opened = model.session.opened.as_ref();
    let shown = &raised.calls[..raised.calls.len().min(MAX_CALLS)];
    if shown.len() < raised.calls.len() {
        let more = raised.calls.len() - shown.len();
        writer.text(Role::Dim, &format!("… {more} calls before"));
    }
    for call in shown.iter().rev() {
        let place = &call.place;
        let file = short(opened, &place.file);
        let source = opened.and_then(|opened| opened.sources.get(&place.file));
        let code = source.map_or("", |source| source.line(place.line).trim());
        let line = format!("line {} in {file}: {code}", place.line);
        writer.text(Role::Plain, line.trim_end_matches(": "));
    }
    if raised.has_frames() {
        writer.text(Role::Dim, "T shows the whole traceback");
    }
    writer.blank();
}
