//! A mistake in words: what, where, why, and what instead. Pure.

use crate::diagnosis::{Diagnosis, Sources, Spot};
use crate::exchange::visible;
use crate::headless::plain::push;

/// The lines that tell a mistake.
pub fn mistake(diagnosis: &Diagnosis, sources: &Sources) -> String {
    let kind = diagnosis.severity.name();
    let slug = diagnosis.slug();
    let mut text = String::new();
    let message = visible(&diagnosis.message);
    push(&mut text, &format!("Found {kind} {slug}: {message}."));
    if let Some(spot) = &diagnosis.spot {
        place(&mut text, spot, sources);
    }
    let why: Vec<&str> = diagnosis.explanation().why.split_whitespace().collect();
    push(&mut text, &format!("Why: {}", why.join(" ")));
    if let Some((name, code)) = diagnosis.fix.shown() {
        let name = match name {
            "instead" => "Instead",
            _ => "For example",
        };
        let lines: Vec<&str> = code.trim_end().lines().collect();
        if let [line] = lines[..] {
            push(&mut text, &format!("{name}: {}", visible(line.trim())));
        } else {
            push(&mut text, &format!("{name}:"));
            for line in lines {
                push(&mut text, &format!("    {}", visible(line)));
            }
        }
    }
    push(&mut text, &format!("'explain {slug}' says more."));
    text
}

/// The same in a line.
pub fn in_short(diagnosis: &Diagnosis) -> String {
    let kind = diagnosis.severity.name();
    let slug = diagnosis.slug();
    let message = visible(&diagnosis.message);
    let line = diagnosis
        .spot
        .as_ref()
        .map(|spot| format!(" in line {}", spot.line));
    let line = line.unwrap_or_default();
    format!("Found {kind} {slug}{line}: {message}. 'explain {slug}' says more.\n")
}

/// The file, the line and column, the code there, and the part of it that is meant.
fn place(text: &mut String, spot: &Spot, sources: &Sources) {
    let file = spot.file.rsplit('/').next().unwrap_or(&spot.file);
    let column = spot.columns.map(|(column, _)| format!(", column {column}"));
    let column = column.unwrap_or_default();
    let place = format!("Where: {}, line {}{column}", visible(file), spot.line);
    let Some(source) = sources.get(&spot.file) else {
        return push(text, &place);
    };
    let line = source.line(spot.line);
    push(text, &format!("{place}: {}", visible(line.trim())));
    let Some((from, to)) = spot.columns else {
        return;
    };
    let count = to.saturating_sub(from) as usize;
    let before = from.saturating_sub(1) as usize;
    let part: String = line.chars().skip(before).take(count).collect();
    if count > 1 && part.trim() != line.trim() {
        push(text, &format!("In this line: {}", visible(&part)));
    }
}
