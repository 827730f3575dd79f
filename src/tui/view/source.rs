//! The learner's file, with its colours, and what is wrong with it on its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::readers;
use crate::exchange::{Blame, Raised, visible};
use crate::tui::highlight::{LineTokens, Tokens};
use crate::tui::model::{Load, Model, Opened, Pane};
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
    let mistake = model.mistakes().iter().find_map(|it| it.spot.as_ref());
    if let (None, Some(spot)) = (step, mistake) {
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
    let unsaved = editing.map(crate::tui::editing::Editing::is_unsaved);
    let wrong = editing.and_then(|_| troubles(model, opened).into_iter().next());
    let wrong = wrong.map(|trouble| trouble.message);
    let state = match &opened.loaded {
        _ if unsaved == Some(true) => "editing, not saved".to_owned(),
        _ if wrong.is_some() => format!("✗ {}", wrong.unwrap_or_default()),
        _ if unsaved == Some(false) => "editing, saved".to_owned(),
        Load::Pending if opened.recording().is_some() => "as it was".to_owned(),
        Load::Pending => "not loaded yet".to_owned(),
        Load::Ready(callable) => format!("runs {}", visible(callable)),
        Load::Failed(_) => "✗ cannot be loaded".to_owned(),
    };
    (visible(&name), state)
}

pub fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let Some(opened) = &model.opened else {
        return Vec::new();
    };
    let troubles = troubles(model, opened);
    let next = next_line(model, opened);
    let shown = shown(model, opened);
    let reading = reading(model);
    let mut out = Vec::new();
    let elsewhere = match &opened.loaded {
        Load::Failed(raised) => Some(raised),
        _ => model.moment().error.as_ref(),
    };
    if let Some(raised) = elsewhere.filter(|_| troubles.is_empty()) {
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
        let wrong: Vec<&Trouble> = troubles.iter().filter(|it| it.line == number).collect();
        let mark = match (next, wrong.first()) {
            (Some((line, mark)), _) if line == number => (mark, Role::Fresh),
            (_, Some(trouble)) => trouble.sign,
            (_, None) if reading.contains(&number) => (READS, Role::Fresh),
            (_, None) => (' ', Role::Dim),
        };
        let tokens = shown.tokens.and_then(|tokens| tokens.get(index));
        let mut drawn = line(model.theme, tokens, index, text, width, mark);
        for trouble in &wrong {
            if let Some(columns) = trouble.columns {
                drawn = underlined(drawn, &place_in(text, columns));
            }
        }
        out.push(drawn);
        if mark.0 == RUNS || mark.0 == WAITS {
            out.extend(running(model, width));
        }
        for trouble in wrong {
            out.extend(trouble.lines(model.theme, text, width));
        }
    }
    out
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
    /// The characters of it that are meant, where they are known.
    columns: Option<(u32, u32)>,
    message: String,
    /// The sign of it, and how that is drawn.
    sign: (char, Role),
}

impl Trouble {
    /// What stands below the line: the spot, so that it shows without an underline too, and what is
    /// wrong there.
    fn lines(&self, theme: Theme, text: &str, width: usize) -> Vec<Line<'static>> {
        let (sign, role) = self.sign;
        let style = theme.style(role);
        let mut lines = Vec::new();
        let place = self.columns.map(|columns| place_in(text, columns));
        if let Some(place) = place.filter(|place| GUTTER + place.start < width) {
            let room = width - GUTTER - place.start;
            let carets = "^".repeat(place.len().clamp(1, room));
            let before = " ".repeat(GUTTER + place.start);
            lines.push(Line::from(vec![
                Span::raw(before),
                Span::styled(carets, style),
            ]));
        }
        let margin = Span::raw(" ".repeat(GUTTER));
        let message = Span::styled(format!("{sign} {}", self.message), style);
        lines.extend(wrap(&[message], width, &margin, &margin));
        lines
    }
}

/// Columns of a line, counted from 1, as places among the characters that are shown, from 0.
fn place_in(text: &str, (from, to): (u32, u32)) -> Range<usize> {
    let at = |column: u32| {
        let before: String = text
            .chars()
            .take(column.saturating_sub(1) as usize)
            .collect();
        visible(&before).chars().count()
    };
    at(from)..at(to)
}

/// A line of the source with some of its characters underlined.
fn underlined(line: Line<'static>, place: &Range<usize>) -> Line<'static> {
    let place = GUTTER + place.start..GUTTER + place.end;
    let mut at = 0;
    let mut spans = Vec::new();
    for span in line.spans {
        for character in span.content.chars() {
            let style = if place.contains(&at) {
                span.style.add_modifier(Modifier::UNDERLINED)
            } else {
                span.style
            };
            at += 1;
            match spans.last_mut() {
                Some((last, text)) if *last == style => String::push(text, character),
                _ => spans.push((style, character.to_string())),
            }
        }
    }
    let spans = spans
        .into_iter()
        .map(|(style, text)| Span::styled(text, style));
    Line::from(spans.collect::<Vec<_>>())
}

/// What is wrong in the file that is shown, the first cause first.
pub fn troubles(model: &Model, opened: &Opened) -> Vec<Trouble> {
    let shown = shown(model, opened);
    let count = shown.source.lines().count();
    let here = |file: &str, line: u32| {
        // A file that cannot be read, or was cut, has no such line.
        let line = line as usize;
        (shown.file.as_deref() == Some(file) && (1..=count).contains(&line)).then_some(line)
    };
    let found = model.mistakes().iter().filter_map(|mistake| {
        let spot = mistake.spot.as_ref()?;
        Some(Trouble {
            line: here(&spot.file, spot.line)?,
            columns: spot.columns,
            message: visible(&mistake.message),
            sign: super::mistakes::sign(mistake.severity),
        })
    });
    let found: Vec<Trouble> = found.collect();
    if !found.is_empty() {
        return found;
    }
    let Some((Some(blame), message)) = other_trouble(model, opened) else {
        return Vec::new();
    };
    let line = here(&blame.file, blame.line);
    let trouble = line.map(|line| Trouble {
        line,
        columns: None,
        message,
        sign: ('✗', Role::Bad),
    });
    trouble.into_iter().collect()
}

/// What went wrong at the moment that is shown, before it is known what it comes to.
fn other_trouble<'a>(model: &'a Model, opened: &'a Opened) -> Option<(Option<&'a Blame>, String)> {
    let told = |raised: &Raised| visible(&format!("{}: {}", raised.r#type, raised.message));
    if let Load::Failed(raised) = &opened.loaded {
        return Some((raised.blame.as_ref(), told(raised)));
    }
    let moment = model.moment();
    if let Some(timed_out) = &moment.timed_out {
        let after = duration(timed_out.after_ms.saturating_mul(1000));
        return Some((
            timed_out.blame.as_ref(),
            format!("still here after {after}"),
        ));
    }
    let raised = moment.error.as_ref()?;
    Some((raised.blame.as_ref(), told(raised)))
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
