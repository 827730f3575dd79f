//! Which lines of the source read which keys of environ: those that have run and name the key as a
//! string. environ itself is left as it is, and is not asked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::shown_file;
use crate::exchange::EventKind;
use crate::tui::highlight::{LineTokens, Token, Tokens};
use crate::tui::state::model::Model;

/// The strings in the lines that have run, and those lines: who reads which key of environ.
pub fn readers(model: &Model) -> BTreeMap<String, Vec<usize>> {
    let shown = model
        .session
        .opened
        .as_ref()
        .map(|opened| shown_file::shown(model, opened));
    let found = shown.and_then(|shown| {
        let file = shown.file?;
        Some(strings(model, &file, shown.source, shown.tokens?))
    });
    found.unwrap_or_default()
}

/// For each string in the lines of this file that have run by the moment that is shown, the numbers
/// of those lines, counted from 1.
fn strings(
    model: &Model,
    file: &str,
    source: &str,
    tokens: &Tokens,
) -> BTreeMap<String, Vec<usize>> {
    let ran = lines_that_ran(model, file);
    let mut strings: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, text) in source.lines().enumerate() {
        if !ran.contains(&(index + 1)) {
            continue;
        }
        for place in tokens.get(index).map(quoted).unwrap_or_default() {
            let string = text.get(place).unwrap_or_default();
            let string = string.trim_matches(['\'', '"']);
            strings
                .entry(string.to_owned())
                .or_default()
                .push(index + 1);
        }
    }
    strings
}

fn lines_that_ran(model: &Model, file: &str) -> BTreeSet<usize> {
    let events = model.exchange().map_or(&[][..], |it| it.events());
    let until = model
        .session
        .playback
        .as_ref()
        .map_or(events.len(), |playback| playback.at + 1);
    let mut steps: Vec<_> = events
        .iter()
        .take(until)
        .filter_map(|event| match &event.kind {
            EventKind::Line(step) => Some(step),
            _ => None,
        })
        .collect();
    let is_next = matches!(
        events.get(until.saturating_sub(1)),
        Some(event) if matches!(event.kind, EventKind::Line(_))
    );
    if is_next {
        // It is told before it runs.
        steps.pop();
    }
    steps
        .iter()
        .filter(|step| step.place.file == file)
        .map(|step| step.place.line as usize)
        .collect()
}

/// Where the strings of a line stand; one string may be several tokens.
fn quoted(tokens: &LineTokens) -> Vec<Range<usize>> {
    let mut strings: Vec<Range<usize>> = Vec::new();
    for (place, token) in tokens {
        match strings.last_mut() {
            _ if *token != Token::String => {}
            Some(last) if last.end == place.start => last.end = place.end,
            _ => strings.push(place.clone()),
        }
    }
    strings
}
