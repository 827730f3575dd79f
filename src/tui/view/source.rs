//! The learner's file, with its colours, and what is wrong with it on its line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{mistake, readers};
use crate::diagnosis::{Diagnosis, Severity};
use crate::exchange::{Blame, Raised, visible};
use crate::tui::highlight::{LineTokens, Tokens};
use crate::tui::state::model::{Load, Model, Opened, Pane};
use crate::tui::text::{cut, duration, wrap};
use crate::tui::theme::{Role, Theme};

/// Columns for the line's number.
pub const GUTTER: usize = 5;
/// Lines for the local variables.
const LOCALS: usize = 3;
/// The marks of a line that runs next, and of a `yield` a generator waits at.
const RUNS: char = '▸';
const WAITS: char = '~';
/// The mark of a line that reads the selected key of environ.
const READS: char = '•';

/// The file that is shown.
struct Shown<'a> {
    file: Option<String>,
    source: &'a str,
    tokens: Option<&'a Tokens>,
}

/// The file the moment leads to, or the application's own.
fn shown<'a>(model: &Model, opened: &'a Opened) -> Shown<'a> {
    let other =
        wanted(model, opened).and_then(|file| Some((file, opened.others.get(file)?.as_ref()?)));
    match other {
        Some((file, other)) => Shown {
            file: Some(file.to_owned()),
            source: &other.source,
            tokens: other.tokens.as_ref(),
        },
        None => Shown {
            file: own(opened),
            source: &opened.source,
            tokens: opened.tokens.as_ref(),
        },
    }
}

fn own(opened: &Opened) -> Option<String> {
    let file = opened.file.as_ref()?;
    Some(file.to_string_lossy().into_owned())
}

/// The file of the project, other than the application's own, that the moment leads to: the one
/// whose line runs next, or the one that failed.
pub fn wanted<'a>(model: &'a Model, opened: &'a Opened) -> Option<&'a str> {
    let moment = model.moment();
    let step = moment.suspended.as_ref().or(moment.running.last());
    let spot = mistakes(model, opened)
        .iter()
        .find_map(|found| found.spot.as_ref());
    if let (None, Some(spot)) = (step, spot) {
        let file = spot.file.as_str();
        return (own(opened).as_deref() != Some(file)).then_some(file);
    }
    let blame = match (step, &opened.loaded) {
        (Some(running), _) => running.place.as_ref(),
        (None, Load::Failed(raised)) => raised.blame.as_ref(),
        (None, _) => match (&moment.timed_out, &moment.error) {
            (Some(timed_out), _) => timed_out.blame.as_ref(),
            (None, Some(raised)) => raised.blame.as_ref(),
            (None, None) => None,
        },
    };
    let file = blame?.file.as_str();
    (own(opened).as_deref() != Some(file)).then_some(file)
}

/// The strings in the lines that have run, and those lines: who reads which key of environ.
pub fn readers(model: &Model) -> BTreeMap<String, Vec<usize>> {
    let shown = model.opened.as_ref().map(|opened| shown(model, opened));
    let told = shown.and_then(|shown| {
        let file = shown.file?;
        Some(readers::strings(model, &file, shown.source, shown.tokens?))
    });
    told.unwrap_or_default()
}

/// The lines that read the key of environ that is selected.
fn reading(model: &Model) -> Vec<usize> {
    if model.focus != Pane::Environ {
        return Vec::new();
    }
    let key = super::environ::selected_key(model);
    key.and_then(|key| readers(model).remove(&key))
        .unwrap_or_default()
}

/// The file that is shown, for an editor.
pub fn file(model: &Model) -> Option<PathBuf> {
    shown(model, model.opened.as_ref()?).file.map(PathBuf::from)
}

/// The file's name, and what became of it.
pub fn titles(model: &Model) -> (String, String) {
    let Some(opened) = &model.opened else {
        return ("source".to_owned(), String::new());
    };
    let file = shown(model, opened).file;
    let name = match (file.as_ref().map(Path::new), opened.target()) {
        (Some(file), Some(target)) => target.inside(file).to_string_lossy(),
        (Some(file), None) => file.file_name().unwrap_or_default().to_string_lossy(),
        (None, Some(target)) => target.name().into(),
        (None, None) => "source".into(),
    };
    let editing = model.editing.as_ref();
    let unsaved = editing.map(crate::tui::state::editor::EditorState::is_unsaved);
    let wrong = editing.and_then(|_| {
        let trouble = trouble(model, opened)?;
        let sign = mistake::sign(trouble.severity);
        Some(format!("{sign} {}", trouble.message))
    });
    let state = match &opened.loaded {
        _ if unsaved == Some(true) => "editing, not saved".to_owned(),
        _ if wrong.is_some() => wrong.unwrap_or_default(),
        _ if unsaved == Some(false) => "editing, saved".to_owned(),
        Load::Pending if opened.recording().is_some() => "as it was".to_owned(),
        Load::Pending => "not loaded yet".to_owned(),
        Load::Ready(callable) => format!("runs {}", visible(callable)),
        Load::Failed(_) => "✗ cannot be loaded".to_owned(),
    };
    (visible(&name), state)
}

pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    listing(model, width).0
}

/// Where a line of the file, counted from 1, stands among those that are shown.
pub fn row_of(model: &Model, line: usize, width: usize) -> usize {
    let rows = listing(model, width).1;
    rows.get(line - 1).copied().unwrap_or(line - 1)
}

/// What is shown, and where in it each line of the file stands.
fn listing(model: &Model, width: usize) -> (Vec<Line<'static>>, Vec<usize>) {
    let Some(opened) = &model.opened else {
        return (Vec::new(), Vec::new());
    };
    let troubles = troubles(model, opened);
    let trouble = troubles.first();
    let mut rows = Vec::new();
    let next = next_line(model, opened);
    let shown = shown(model, opened);
    let reading = reading(model);
    let mut out = Vec::new();
    let elsewhere = match &opened.loaded {
        Load::Failed(raised) => Some(raised),
        _ => model.moment().error.as_deref(),
    };
    if let Some(raised) = elsewhere.filter(|_| trouble.is_none()) {
        let place = raised.blame.as_ref().map_or(String::new(), |blame| {
            let file = Path::new(&blame.file);
            let file = opened.target().map_or(file, |target| target.inside(file));
            format!("{}, line {}: ", file.display(), blame.line)
        });
        let message = format!("✗ {place}{}: {}", raised.r#type, raised.message);
        let message = visible(&message);
        let message = Span::styled(message, model.theme.style(Role::Bad));
        let margin = Span::raw(" ");
        out.extend(wrap(&[message], width, &margin, &margin));
    }
    for (index, text) in shown.source.lines().enumerate() {
        let number = index + 1;
        let here = || troubles.iter().filter(|trouble| trouble.line == number);
        let mark = match (next, here().next()) {
            (Some((line, mark)), _) if line == number => (mark, Role::Fresh),
            (_, Some(wrong)) => (mistake::sign(wrong.severity), mistake::role(wrong.severity)),
            (_, None) if reading.contains(&number) => (READS, Role::Fresh),
            (_, None) => (' ', Role::Dim),
        };
        let tokens = shown.tokens.and_then(|tokens| tokens.get(index));
        rows.push(out.len());
        let mut line = line(model.theme, tokens, index, text, width, mark);
        for (from, to) in here().filter_map(|wrong| wrong.across(text)) {
            line = underlined(line, GUTTER + from..GUTTER + to);
        }
        out.push(line);
        if mark.0 == RUNS || mark.0 == WAITS {
            out.extend(running(model, width));
        }
        for wrong in here() {
            out.extend(said(model.theme, wrong, text, width));
        }
    }
    (out, rows)
}

/// Below a line: a mark under what is wrong with it, and what it is.
fn said(theme: Theme, wrong: &Trouble, text: &str, width: usize) -> Vec<Line<'static>> {
    let style = theme.style(mistake::role(wrong.severity));
    let margin = " ".repeat(GUTTER);
    let mut out = Vec::new();
    let seen = wrong.across(text);
    if let Some((from, to)) = seen.filter(|&(from, _)| GUTTER + from < width) {
        let carets = "^".repeat((to - from).min(width - GUTTER - from));
        let mut row = format!("{margin}{}{carets}", " ".repeat(from));
        let slug = wrong.slug.unwrap_or_default();
        if row.len() + 1 + slug.len() <= width {
            row = format!("{row} {slug}");
        }
        out.push(Line::styled(row, style));
    }
    let sign = mistake::sign(wrong.severity);
    let message = Span::styled(format!("{sign} {}", wrong.message), style);
    let margin = Span::raw(margin);
    out.extend(wrap(&[message], width, &margin, &margin));
    out
}

/// A line with these columns of it underlined.
fn underlined(line: Line<'static>, columns: std::ops::Range<usize>) -> Line<'static> {
    let mut at = 0;
    let mut spans: Vec<Span<'static>> = Vec::new();
    for span in line.spans {
        for character in span.content.chars() {
            let style = if columns.contains(&at) {
                span.style.add_modifier(Modifier::UNDERLINED)
            } else {
                span.style
            };
            at += character.width().unwrap_or(0);
            match spans.last_mut() {
                Some(last) if last.style == style => last.content.to_mut().push(character),
                _ => spans.push(Span::styled(character.to_string(), style)),
            }
        }
    }
    Line::from(spans)
}

/// What the function that runs can see, below the line that runs next.
fn running(model: &Model, width: usize) -> Vec<Line<'static>> {
    let moment = model.moment();
    let Some(running) = moment.suspended.as_ref().or(moment.running.last()) else {
        return Vec::new();
    };
    let mut spans = Vec::new();
    for (name, value) in running.locals.iter().rev() {
        let role = if running.changed.contains(name) {
            Role::Fresh
        } else {
            Role::Dim
        };
        let text = visible(&format!("{name} = {value}"));
        spans.push(Span::styled(text, model.theme.style(role)));
        spans.push(Span::raw("   "));
    }
    if spans.is_empty() {
        return Vec::new();
    }
    let margin = Span::raw(" ".repeat(GUTTER + 1));
    let mut lines = wrap(&spans, width, &margin, &margin);
    lines.truncate(LOCALS);
    lines
}

/// The line of this file, counted from 1, that is about to run, or waits at its `yield`.
pub fn next_line(model: &Model, opened: &Opened) -> Option<(usize, char)> {
    let moment = model.moment();
    let (running, mark) = match (&moment.suspended, moment.running.last()) {
        (Some(suspended), _) => (suspended, WAITS),
        (None, Some(running)) => (running, RUNS),
        (None, None) => return None,
    };
    let place = running.place.as_ref()?;
    let shown = shown(model, opened).file;
    (shown.as_ref() == Some(&place.file)).then_some((place.line as usize, mark))
}

/// A line, counted from 1, that the learner should look at, and why.
pub struct Trouble {
    pub line: usize,
    message: String,
    severity: Severity,
    slug: Option<&'static str>,
    /// The characters, counted from 1, and the one after the last.
    columns: Option<(u32, u32)>,
}

impl Trouble {
    fn error(line: usize, message: String) -> Self {
        Self {
            line,
            message,
            severity: Severity::Error,
            slug: None,
            columns: None,
        }
    }

    /// The columns of its characters on the screen: some are shown in several.
    fn across(&self, text: &str) -> Option<(usize, usize)> {
        let (from, to) = self.columns?;
        let before = |character: u32| {
            let characters = text.chars().take(character.saturating_sub(1) as usize);
            visible(&characters.collect::<String>()).width()
        };
        let (from, to) = (before(from), before(to));
        (from < to).then_some((from, to))
    }
}

/// The mistakes that are known of what is shown.
fn mistakes<'a>(model: &'a Model, opened: &'a Opened) -> &'a [Diagnosis] {
    match opened.loaded {
        Load::Failed(_) => &opened.unloaded,
        Load::Pending | Load::Ready(_) => model.mistakes(),
    }
}

/// What the learner should look at first.
pub fn trouble(model: &Model, opened: &Opened) -> Option<Trouble> {
    troubles(model, opened).into_iter().next()
}

/// All that is wrong with the file that is shown: what a rule knows of it, or else where it failed.
fn troubles(model: &Model, opened: &Opened) -> Vec<Trouble> {
    let shown = shown(model, opened);
    let known = mistakes(model, opened).iter().filter_map(|found| {
        let spot = found.spot.as_ref()?;
        let line = spot.line as usize;
        let ours = shown.file.as_ref() == Some(&spot.file);
        (ours && (1..=shown.source.lines().count()).contains(&line)).then(|| Trouble {
            line,
            message: visible(&found.message),
            severity: found.severity,
            slug: Some(found.slug()),
            columns: spot.columns,
        })
    });
    let known: Vec<Trouble> = known.collect();
    if known.is_empty() {
        return failure(model, opened).into_iter().collect();
    }
    known
}

/// The line where it failed, whatever the reason.
fn failure(model: &Model, opened: &Opened) -> Option<Trouble> {
    let shown = shown(model, opened);
    let here = |blame: &Blame| {
        let ours = shown.file.as_ref() == Some(&blame.file);
        // A file that cannot be read, or was cut, has no such line.
        let line = blame.line as usize;
        (ours && (1..=shown.source.lines().count()).contains(&line)).then_some(line)
    };
    let what = |raised: &Raised| {
        let line = here(raised.blame.as_ref()?)?;
        let message = visible(&format!("{}: {}", raised.r#type, raised.message));
        Some(Trouble::error(line, message))
    };
    if let Load::Failed(raised) = &opened.loaded {
        return what(raised);
    }
    let moment = model.moment();
    if let Some(timed_out) = &moment.timed_out {
        let after = duration(timed_out.after_ms.saturating_mul(1000));
        let line = here(timed_out.blame.as_ref()?)?;
        return Some(Trouble::error(line, format!("still here after {after}")));
    }
    what(moment.error.as_ref()?)
}

fn line(
    theme: Theme,
    tokens: Option<&LineTokens>,
    index: usize,
    text: &str,
    width: usize,
    (mark, role): (char, Role),
) -> Line<'static> {
    let mut spans = vec![Span::styled(
        format!("{mark}{:>3} ", index + 1),
        theme.style(role),
    )];
    let room = width.saturating_sub(GUTTER);
    let shown = cut(&visible(text), room);
    // Escaped or cut text no longer matches the places of its tokens.
    let Some(tokens) = tokens.filter(|_| text.is_char_boundary(shown.len().min(text.len()))) else {
        spans.push(Span::raw(shown));
        return Line::from(spans);
    };
    let intact = shown == text;
    let end = if intact {
        text.len()
    } else {
        shown.trim_end_matches('…').len()
    };
    if !text.starts_with(shown.get(..end).unwrap_or_default()) {
        spans.push(Span::raw(shown));
        return Line::from(spans);
    }
    let mut at = 0;
    for (place, token) in tokens {
        let place = place.start.min(end)..place.end.min(end);
        if place.is_empty() {
            continue;
        }
        push(&mut spans, &text[at..place.start], theme, Role::Plain);
        push(&mut spans, &text[place.clone()], theme, Role::Token(*token));
        at = place.end;
    }
    push(&mut spans, &text[at..end], theme, Role::Plain);
    if !intact {
        push(&mut spans, "…", theme, Role::Dim);
    }
    Line::from(spans)
}

fn push(spans: &mut Vec<Span<'static>>, text: &str, theme: Theme, role: Role) {
    if !text.is_empty() {
        spans.push(Span::styled(text.to_owned(), theme.style(role)));
    }
}
