//! What is wrong with the file that is shown, and on which line.

use unicode_width::UnicodeWidthStr as _;

use super::shown_file::{mistakes, shown};
use crate::diagnosis::Severity;
use crate::exchange::{Blame, Raised, visible};
use crate::tui::state::model::Model;
use crate::tui::state::session::{Load, Opened};
use crate::tui::text::duration;

/// A line, counted from 1, that the learner should look at, and why.
pub struct Trouble {
    pub line: usize,
    pub message: String,
    pub severity: Severity,
    pub slug: Option<&'static str>,
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
    pub fn across(&self, text: &str) -> Option<(usize, usize)> {
        let (from, to) = self.columns?;
        let before = |character: u32| {
            let characters = text.chars().take(character.saturating_sub(1) as usize);
            visible(&characters.collect::<String>()).width()
        };
        let (from, to) = (before(from), before(to));
        (from < to).then_some((from, to))
    }
}

/// What the learner should look at first.
pub fn trouble(model: &Model, opened: &Opened) -> Option<Trouble> {
    troubles(model, opened).into_iter().next()
}

/// All that is wrong with the file that is shown: what a rule knows of it, or else where it failed.
pub fn troubles(model: &Model, opened: &Opened) -> Vec<Trouble> {
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
