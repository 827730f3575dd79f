//! A diagnosis as text, in the form compilers have: `error[slug]: …`, `--> file:line:column`, the
//! line with the spot underlined, why, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnosis, Severity, Sources};
use crate::exchange::visible;

/// Columns of the sentences below the source.
const WIDTH: usize = 76;

/// The lines of a report, each with its line feed. Control characters are escaped.
pub fn told(diagnosis: &Diagnosis, sources: &Sources) -> String {
    told_with(diagnosis, sources, &[])
}

/// The same with further notes at its end: the name of each, and what it says.
pub fn told_with(diagnosis: &Diagnosis, sources: &Sources, more: &[(&str, String)]) -> String {
    let level = match diagnosis.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(&diagnosis.message);
    let title = level.primary_title(message).id(diagnosis.slug());
    let line = diagnosis.spot.as_ref().and_then(|spot| {
        let source = sources.get(&spot.file)?;
        // A tab is as wide as one space, so that what is underlined stays below.
        Some(source.line(spot.line).replace('\t', " "))
    });
    let shown = line.as_deref().map(visible);
    let file = diagnosis.spot.as_ref().map(|spot| visible(&spot.file));
    let mut group = Group::with_title(title);
    if let (Some(spot), Some(line), Some(file)) = (&diagnosis.spot, &line, &file) {
        let shown = shown.as_deref().unwrap_or_default();
        let mut snippet = Snippet::source(shown)
            .line_start(spot.line as usize)
            .path(file.as_str());
        if let Some((from, to)) = spot.columns {
            let at = |column: u32| {
                let before = line.chars().take(column.saturating_sub(1) as usize);
                visible(&before.collect::<String>()).len()
            };
            snippet = snippet.annotation(AnnotationKind::Primary.span(at(from)..at(to)));
        }
        group = group.element(snippet);
    }
    let explanation = diagnosis.explanation();
    let mut notes = vec![("why", wrapped(&explanation.why))];
    notes.extend(diagnosis.elsewhere.map(|it| ("elsewhere", wrapped(it))));
    notes.push(("see", explanation.pep.clone()));
    if let Some((name, code)) = diagnosis.fix.shown() {
        notes.push((name, visible_lines(&code)));
    }
    for (name, text) in notes.iter().chain(more) {
        group = group.element(Level::NOTE.with_name(Some(*name)).message(text.as_str()));
    }
    let mut text = Renderer::plain().render(&[group]);
    if let (Some(spot), None) = (&diagnosis.spot, &line) {
        // The file is not known, but its line is.
        let place = format!(" --> {}:{}", visible(&spot.file), spot.line);
        let end = text.find('\n').unwrap_or(text.len());
        text.insert_str(end, &format!("\n{place}"));
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// Words in lines of a width.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push('\n');
            width = 0;
        }
        if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}
