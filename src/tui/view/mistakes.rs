//! A mistake as a card, and the traceback of an exception.

use std::path::Path;

use super::writer::Writer;
use crate::diagnosis::{Diagnosis, Severity, Spot};
use crate::exchange::Raised;
use crate::tui::model::Model;
use crate::tui::theme::Role;

/// The sign of a mistake, and how it is drawn.
pub fn sign(severity: Severity) -> (char, Role) {
    match severity {
        Severity::Error => ('✗', Role::Bad),
        Severity::Warning => ('!', Role::Fresh),
        Severity::Note => ('·', Role::Dim),
    }
}

/// What is wrong and what to do first: a small pane has room for no more.
pub fn card(writer: &mut Writer, mistake: &Diagnosis) {
    let (sign, role) = sign(mistake.severity);
    let place = mistake.spot.as_ref().map_or(String::new(), place);
    let name = mistake.severity.name();
    writer.text(role, &format!("{sign} {name}[{}]{place}", mistake.slug));
    writer.text(Role::Strong, &mistake.message);
    if !mistake.fix.is_empty() {
        writer.text(Role::Dim, "instead:");
    }
    for line in mistake.fix.lines() {
        writer.text(Role::Code, &format!("  {line}"));
    }
    let explanation = mistake.explanation;
    writer.text(Role::Plain, &explanation.why);
    if let Some(elsewhere) = &explanation.elsewhere {
        writer.text(Role::Dim, &format!("elsewhere: {elsewhere}"));
    }
    writer.text(Role::Dim, &format!("{}; ! says more", explanation.pep));
    writer.blank();
}

fn place(spot: &Spot) -> String {
    format!(", line {} of {}", spot.line, name(&spot.file))
}

fn name(file: &str) -> &str {
    Path::new(file)
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or(file)
}

/// The project's own lines on the way to an exception, or the whole of Python's traceback.
pub fn traceback(writer: &mut Writer, model: &Model, raised: &Raised) {
    if model.whole_traceback || raised.calls.is_empty() {
        let more = if raised.calls.is_empty() {
            "traceback:"
        } else {
            "traceback, all of it (T shortens it):"
        };
        writer.section(more, &raised.traceback);
        return;
    }
    let sources = model.opened.as_ref().map(|opened| &opened.sources);
    let lines = raised.calls.iter().rev().map(|call| {
        let code = sources.and_then(|sources| sources.get(&call.place.file));
        let code = code.map_or("", |source| source.line(call.place.line).trim());
        format!(
            "{}, line {}: {code}",
            name(&call.place.file),
            call.place.line
        )
    });
    let lines: Vec<String> = lines.collect();
    writer.section(
        "your lines on the way (T: the whole traceback):",
        &lines.join("\n"),
    );
}
