//! The learner's place in the lesson that is open: what changes it remembers and shows.

use crate::lesson::course::Course;
use crate::lesson::{Catalogue, Change, Lesson};
use crate::tui::content::extent;
use crate::tui::content::layout::{Layout, inner};
use crate::tui::content::lesson::{self, Anchor};
use crate::tui::effect::Effect;
use crate::tui::state::Model;
use crate::tui::state::panes::Pane;
use crate::tui::state::session::Opened;

/// The lesson that is open, the learner's place in it, and the text of the application's file.
pub fn open_lesson<'m>(
    opened: &'m mut Option<Opened>,
    catalogue: &'m Catalogue,
) -> Option<(&'m Lesson, &'m mut Course, &'m str)> {
    let opened = opened.as_mut()?;
    let lesson = catalogue.lessons.get(opened.place()?)?;
    Some((lesson, opened.course.as_mut()?, &opened.source))
}

/// Takes changes into the progress, here and in its file.
pub fn remember(model: &mut Model, changes: Vec<Change>) -> Vec<Effect> {
    for change in &changes {
        // Only the file's times are read by anybody.
        model.progress.apply(change, "");
    }
    vec![Effect::Record(changes)]
}

/// Scrolls the lesson so that a part of it is seen from its beginning.
pub fn reveal(model: &mut Model, part: Anchor) {
    let Some(area) = Layout::of(model).area(Pane::Lesson) else {
        return;
    };
    let Some(lines) = lesson::part(model, part, inner(area).width) else {
        return;
    };
    let (total, visible) = extent(model, Pane::Lesson);
    let scroll = model.session.scroll.of(Pane::Lesson);
    if lines.start < scroll || lines.end > scroll + visible {
        // Its end if it fits, else its beginning.
        let wanted = lines.end.saturating_sub(visible).min(lines.start);
        let furthest = total.saturating_sub(visible);
        model.session.scroll.set(Pane::Lesson, wanted.min(furthest));
    }
}

/// Scrolls the lesson to what came of a guess, and gives it the focus, unless somebody is writing
/// by now.
pub fn reveal_guess(model: &mut Model) {
    if model.session.editor.is_none() {
        model.session.focus = Pane::Lesson;
        model.session.upper = Pane::Lesson;
    }
    reveal(model, Anchor::Guess);
}
