//! The learner's file, with its colours, and what is wrong with it on its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthChar as _;

use super::clip::Clip;
use super::layout::{GUTTER, source_size};
use super::pane::{PaneContent, PaneText};
use super::shown_file::shown;
use super::trouble::{Trouble, trouble, troubles};
use super::{editor, environ, mistake, readers};
use crate::browser::CurlError;
use crate::exchange::visible;
use crate::tui::highlight::LineTokens;
use crate::tui::state::editor::EditorState;
use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;
use crate::tui::state::session::{Load, Opened};
use crate::tui::text::{cut, wrap};
use crate::tui::theme::{Role, Theme};

/// Lines for the local variables.
const MAX_LOCALS_LINES: usize = 3;
/// The marks of a line that runs next, and of a `yield` a generator waits at.
const RUNS: char = '▸';
const WAITS: char = '~';
/// The mark of a line that reads the selected key of environ.
const READS: char = '•';

/// The file that is shown, or the text that is edited.
pub struct SourcePane;

impl PaneContent for SourcePane {
    /// The file's name.
    fn title(&self, model: &Model) -> String {
        let Some(opened) = &model.session.opened else {
            return "source".to_owned();
        };
        let file = shown(model, opened).file;
        let name = match (file.as_ref().map(Path::new), opened.target()) {
            (Some(file), Some(target)) => target.inside(file).to_string_lossy(),
            (Some(file), None) => file.file_name().unwrap_or_default().to_string_lossy(),
            (None, Some(target)) => target.name().into(),
            (None, None) => "source".into(),
        };
        visible(&name)
    }

    /// What became of the file.
    fn state(&self, model: &Model) -> String {
        let Some(opened) = &model.session.opened else {
            return String::new();
        };
        let unsaved = model.session.editor.as_ref().map(EditorState::is_unsaved);
        if unsaved == Some(true) {
            return "editing, not saved".to_owned();
        }
        let wrong = unsaved.and_then(|_| trouble(model, opened));
        if let Some(trouble) = wrong {
            let sign = mistake::sign(trouble.severity);
            return format!("{sign} {}", trouble.message);
        }
        if unsaved == Some(false) {
            return "editing, saved".to_owned();
        }
        match &opened.loaded {
            Load::Pending if opened.recording().is_some() => "as it was".to_owned(),
            Load::Pending => "not loaded yet".to_owned(),
            Load::Ready(callable) => format!("runs {}", visible(callable)),
            Load::Failed(_) => "✗ cannot be loaded".to_owned(),
        }
    }

    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m> {
        let width = usize::from(inner.width);
        match (&model.session.editor, &model.session.opened) {
            (Some(editing), _) => PaneText::new(editing.text.lines().len(), move |shown| {
                editor::lines(model, editing, width, &shown)
            }),
            (None, Some(opened)) => {
                let notes = Notes::of(model, opened, width);
                PaneText::new(notes.height(), move |shown| {
                    notes.lines(model, opened, width, &shown)
                })
            }
            (None, None) => PaneText::of(Vec::new()),
        }
    }

    fn can_copy(&self, model: &Model) -> bool {
        model
            .session
            .opened
            .as_ref()
            .is_some_and(|it| it.file.is_some())
    }

    fn clip(&self, model: &Model) -> Option<Result<Clip, CurlError>> {
        let file = model.session.opened.as_ref()?.file.as_ref()?;
        let path = file.to_string_lossy().into_owned();
        Some(Ok(Clip::text("the path of the file", path)))
    }
}

/// The line of the source that the learner should look at, counted from 1.
pub fn trouble_line(model: &Model, opened: &Opened) -> Option<usize> {
    let next = next_line(model, opened).map(|(line, _)| line);
    next.or_else(|| trouble(model, opened).map(|trouble| trouble.line))
}

/// Where that line stands in the pane, counted from 1.
pub fn trouble_row(model: &Model, opened: &Opened) -> Option<usize> {
    let line = trouble_line(model, opened)?;
    if model.session.editor.is_some() {
        return Some(line);
    }
    let notes = Notes::of(model, opened, source_size(model).0 + GUTTER);
    Some(notes.row_of(line.saturating_sub(1)) + 1)
}

/// What stands above the lines of the file and between them.
struct Notes {
    above: Vec<Line<'static>>,
    /// What stands below lines, by their places.
    below: BTreeMap<usize, Vec<Line<'static>>>,
    /// How many lines the file has.
    count: usize,
    troubles: Vec<Trouble>,
    /// The line that runs next, and its mark.
    next: Option<(usize, char)>,
}

impl Notes {
    fn of(model: &Model, opened: &Opened, width: usize) -> Self {
        let source = shown(model, opened).source;
        let troubles = troubles(model, opened);
        let next = next_line(model, opened);
        let mut below: BTreeMap<usize, Vec<Line<'static>>> = BTreeMap::new();
        if let Some((line, _)) = next {
            below.insert(line.wrapping_sub(1), running(model, width));
        }
        for wrong in &troubles {
            let place = wrong.line - 1;
            let text = source.lines().nth(place).unwrap_or_default();
            let said = said(model.theme, wrong, text, width);
            below.entry(place).or_default().extend(said);
        }
        let count = source.lines().count();
        below.retain(|&place, _| place < count);
        Self {
            above: if troubles.is_empty() {
                elsewhere(model, opened, width)
            } else {
                Vec::new()
            },
            below,
            count,
            troubles,
            next,
        }
    }

    /// All rows: those of the file and the notes.
    fn height(&self) -> usize {
        let notes: usize = self.below.values().map(Vec::len).sum();
        self.above.len() + self.count + notes
    }

    /// The rows of a range: the lines of the file, and the notes above and between them.
    fn lines(
        &self,
        model: &Model,
        opened: &Opened,
        width: usize,
        shown_rows: &Range<usize>,
    ) -> Vec<Line<'static>> {
        let file = shown(model, opened);
        let reading = reading(model);
        let mut out: Vec<Line<'static>> = Vec::new();
        let mut row = 0;
        let mut push = |line: Line<'static>, row: &mut usize| {
            if shown_rows.contains(row) {
                out.push(line);
            }
            *row += 1;
        };
        for line in &self.above {
            push(line.clone(), &mut row);
        }
        for (index, text) in file.source.lines().enumerate() {
            if row >= shown_rows.end {
                break;
            }
            // What is scrolled away needs no colours.
            if row < shown_rows.start {
                row += 1;
            } else {
                let number = index + 1;
                let here = || self.troubles.iter().filter(|it| it.line == number);
                let mark = match (self.next, here().next()) {
                    (Some((line, mark)), _) if line == number => (mark, Role::Fresh),
                    (_, Some(wrong)) => {
                        (mistake::sign(wrong.severity), mistake::role(wrong.severity))
                    }
                    (_, None) if reading.contains(&number) => (READS, Role::Fresh),
                    (_, None) => (' ', Role::Dim),
                };
                let tokens = file.tokens.and_then(|tokens| tokens.get(index));
                let mut line = line(model.theme, tokens, index, text, width, mark);
                for (from, to) in here().filter_map(|wrong| wrong.across(text)) {
                    line = underlined(line, GUTTER + from..GUTTER + to);
                }
                push(line, &mut row);
            }
            for line in self.below.get(&index).into_iter().flatten() {
                push(line.clone(), &mut row);
            }
        }
        out
    }

    /// Where the line at a place of the file stands; one that it does not have stands at its place.
    fn row_of(&self, place: usize) -> usize {
        if place >= self.count {
            return place;
        }
        let notes: usize = self
            .below
            .range(..place)
            .map(|(_, lines)| lines.len())
            .sum();
        self.above.len() + place + notes
    }
}

/// The lines that read the key of environ that is selected.
fn reading(model: &Model) -> Vec<usize> {
    if model.session.focus != Pane::Environ {
        return Vec::new();
    }
    let key = environ::selected_key(model);
    key.and_then(|key| readers::readers(model).remove(key))
        .unwrap_or_default()
}

/// An error that is not on a line of the file that is shown.
fn elsewhere(model: &Model, opened: &Opened, width: usize) -> Vec<Line<'static>> {
    let raised = match &opened.loaded {
        Load::Failed(raised) => Some(&**raised),
        _ => model.moment().error.as_deref(),
    };
    let Some(raised) = raised else {
        return Vec::new();
    };
    let place = raised.blame.as_ref().map_or(String::new(), |blame| {
        let file = Path::new(&blame.file);
        let file = opened.target().map_or(file, |target| target.inside(file));
        format!("{}, line {}: ", file.display(), blame.line)
    });
    let message = format!("✗ {place}{}: {}", raised.r#type, raised.message);
    let message = Span::styled(visible(&message), model.theme.style(Role::Bad));
    let margin = Span::raw(" ");
    wrap(&[message], width, &margin, &margin)
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
fn underlined(line: Line<'static>, columns: Range<usize>) -> Line<'static> {
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
    lines.truncate(MAX_LOCALS_LINES);
    lines
}

/// The line of this file, counted from 1, that is about to run, or waits at its `yield`.
fn next_line(model: &Model, opened: &Opened) -> Option<(usize, char)> {
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
