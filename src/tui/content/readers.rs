//! Which lines of the source read which keys of environ: those that have run and name the key as a
//! string, but not to ask `os.environ` for it, or to set it. environ itself is left as it is, and
//! is not asked.

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
            if !may_read_environ(text, &place) {
                continue;
            }
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
    let events = model.events();
    let mut steps: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Line(step) => Some(step),
            _ => None,
        })
        .collect();
    let last = events.last();
    if last.is_some_and(|event| matches!(event.kind, EventKind::Line(_))) {
        // It is told before it runs.
        steps.pop();
    }
    steps
        .iter()
        .filter(|step| step.place.file == file)
        .map(|step| step.place.line as usize)
        .collect()
}

/// Whether a string of a line may be a key that is asked of environ.
fn may_read_environ(line: &str, string: &Range<usize>) -> bool {
    let before = line.get(..string.start).unwrap_or_default().trim_end();
    let after = line.get(string.end..).unwrap_or_default().trim_start();
    // What is called or subscripted with it.
    let owner = before
        .strip_suffix(['[', '('])
        .unwrap_or_default()
        .trim_end();
    let is_name = |character: char| character.is_alphanumeric() || "_.".contains(character);
    let owner = owner.rsplit(|character| !is_name(character)).next();
    let owner = owner.unwrap_or_default();
    let is_of_process =
        owner == "os.environ" || owner.starts_with("os.environ.") || owner.ends_with("getenv");
    let value = after.strip_prefix(']').map(str::trim_start);
    let is_set = value.is_some_and(|it| it.starts_with('=') && !it.starts_with("=="));
    !is_of_process && !is_set
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::may_read_environ;

    #[rstest]
    #[case("path = environ['PATH_INFO']", true)]
    #[case("path = self.environ.get('PATH_INFO', '')", true)]
    #[case("if environ['PATH_INFO'] == '/':", true)]
    #[case("if 'PATH_INFO' in environ:", true)]
    #[case("path = get(environ, 'PATH_INFO')", true)]
    #[case("path = os.environ['PATH_INFO']", false)]
    #[case("path = os.environ [ 'PATH_INFO' ]", false)]
    #[case("path = os.environ.get('PATH_INFO', '')", false)]
    #[case("path = os.getenv('PATH_INFO')", false)]
    #[case("environ['PATH_INFO'] = '/'", false)]
    fn a_key_is_read_where_environ_is_asked(#[case] line: &str, #[case] expected: bool) {
        let start = line.find("'PATH_INFO'").unwrap();
        let string = start..start + "'PATH_INFO'".len();
        assert_eq!(may_read_environ(line, &string), expected);
    }
}
