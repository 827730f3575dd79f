//! A finding as text, in the form a diagnosis has: `error[name]: …`, its line, why, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::finding::Finding;
use crate::diagnosis::{Severity, Sources};
use crate::exchange::visible;

/// The lines of a report; `seen` are further notes at its end.
pub fn finding_text(finding: &Finding, sources: &Sources, seen: &[(&str, String)]) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(visible(&finding.message));
    let mut group = Group::with_title(title.id(finding.name));
    let mut notes: Vec<(&str, String)> = Vec::new();
    let spot = finding.spot.as_ref();
    let line = spot.and_then(|spot| {
        let line = sources.get(&spot.file)?.line(spot.line);
        Some(line.replace('\t', " "))
    });
    let shown = line.as_deref().map(visible).unwrap_or_default();
    let file = spot.map_or_else(String::new, |spot| visible(&spot.file));
    match spot {
        Some(spot) if line.is_some() => {
            let from = shown.len() - shown.trim_start().len();
            let whole = AnnotationKind::Primary.span(from..shown.trim_end().len());
            let snippet = Snippet::source(shown.as_str())
                .line_start(spot.line as usize)
                .path(file.as_str())
                .annotation(whole);
            group = group.element(snippet);
        }
        Some(spot) => notes.push(("at", format!("{file}:{}", spot.line))),
        None => {}
    }
    for (name, text) in &finding.notes {
        notes.push((name, visible(text)));
    }
    notes.push(("why", finding.why.to_owned()));
    notes.push(("see", finding.see.to_owned()));
    if !finding.fix.is_empty() {
        notes.push(("instead", finding.fix.to_owned()));
    }
    for (name, text) in notes.iter().chain(seen) {
        group = group.element(Level::NOTE.with_name(Some(*name)).message(text.as_str()));
    }
    let text = Renderer::plain().render(&[group]);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}
