//! The step of the lesson: its text, its task, what became of its checks, the hints that were asked
//! for, and what came of a guess.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::pane::{PaneContent, PaneText};
use super::popup::Popup;
use super::task;
use crate::exchange::visible;
use crate::lesson::check::{Check, Failure};
use crate::lesson::course::{CheckState, Course, Guess, GuessOutcome, QuestionOf};
use crate::lesson::{Lesson, Step};
use crate::tui::state::model::Model;
use crate::tui::text::{markdown, wrap};
use crate::tui::theme::Role;

/// Longer lines are hard to read.
const MAX_WIDTH: usize = 76;

/// A part of the text that can be scrolled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The task list.
    Marks,
    /// The last hint that is shown.
    Hint,
    /// What came of a guess.
    Guess,
}

/// The lesson's text.
pub struct LessonPane;

impl PaneContent for LessonPane {
    /// As `step 2 of 7`.
    fn title(&self, model: &Model) -> String {
        let steps = model.lesson().map_or(0, |lesson| lesson.steps.len());
        match model.course() {
            Some(course) if course.step < steps => format!("step {} of {steps}", course.step + 1),
            Some(_) => "the end of the lesson".to_owned(),
            None => "lesson".to_owned(),
        }
    }

    /// What became of the step.
    fn state(&self, model: &Model) -> String {
        let state = match model.course() {
            Some(course) if course.broken => "broken on purpose: m puts it back",
            Some(course) if course.has_failed() && model.is_step_done() => "✓ done before",
            Some(_) if model.is_step_done() => "✓ done",
            _ => "",
        };
        state.to_owned()
    }

    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m> {
        PaneText::of(write(model, usize::from(inner.width)).lines)
    }
}

/// Where a part of the text stands in a pane with so many columns inside of its border.
pub fn part(model: &Model, anchor: Anchor, columns: u16) -> Option<Range<usize>> {
    let parts = write(model, usize::from(columns)).parts;
    let found = parts.into_iter().find(|(known, _)| *known == anchor);
    found.map(|(_, lines)| lines)
}

/// The whole text of the step, over the panes.
pub fn popup(model: &Model, scroll: usize, columns: u16) -> Popup {
    let most = u16::try_from(MAX_WIDTH + 4).unwrap_or(u16::MAX);
    let columns = columns.saturating_sub(2).min(most);
    Popup {
        title: LessonPane.title(model),
        lines: with_task(model, usize::from(columns).saturating_sub(2)),
        columns,
        scroll,
    }
}

/// The text of the step below its task.
fn with_task(model: &Model, width: usize) -> Vec<Line<'static>> {
    let step = model.lesson().zip(model.course());
    let step = step.and_then(|(lesson, course)| course.step_of(lesson));
    let task = step.map_or("", |step| step.task.as_str());
    let width_of_text = width.saturating_sub(2).min(MAX_WIDTH);
    let mut lines = Vec::new();
    if !task.is_empty() && !task::is_cut(model) {
        lines = markdown(&format!("## Task\n\n{task}"), width_of_text, model.theme);
        for line in &mut lines {
            line.spans.insert(0, Span::raw(" "));
        }
        lines.push(Line::default());
    }
    lines.extend(write(model, width).lines);
    lines
}

/// Whether there are hints, or checks that failed.
pub fn has_results(model: &Model) -> bool {
    let course = model.course();
    course.is_some_and(|course| course.has_failed() || course.hints > 0)
}

/// How high the pane has to be for hints and for what came of the checks, its border included.
pub fn results_height(model: &Model, columns: u16) -> usize {
    let written = write(model, usize::from(columns).saturating_sub(2));
    let results = written.parts.iter();
    let from = results.map(|(_, lines)| lines.start).min();
    from.map_or(0, |from| written.lines.len() - from + 2)
}

fn write(model: &Model, width: usize) -> StepWriter<'_> {
    let mut writer = StepWriter {
        model,
        width: width.saturating_sub(2).min(MAX_WIDTH),
        lines: Vec::new(),
        parts: Vec::new(),
    };
    let Some(lesson) = model.lesson() else {
        return writer;
    };
    match model.course() {
        // A recording has no place in the lesson.
        None => writer.markdown(&format!("# {}\n\n{}", lesson.title, lesson.summary)),
        Some(course) => match course.step_of(lesson) {
            Some(step) => writer.step(lesson, course, step),
            None => writer.end(lesson, course),
        },
    }
    for line in &mut writer.lines {
        line.spans.insert(0, Span::raw(" "));
    }
    writer
}

struct StepWriter<'a> {
    model: &'a Model,
    width: usize,
    lines: Vec<Line<'static>>,
    parts: Vec<(Anchor, Range<usize>)>,
}

impl StepWriter<'_> {
    fn step(&mut self, lesson: &Lesson, course: &Course, step: &Step) {
        let mut marks = None;
        self.markdown(&format!("# {}\n\n{}", step.title, step.text));
        if !step.task.is_empty() && task::is_cut(self.model) {
            self.gap();
            self.markdown(&format!("## Task\n\n{}", step.task));
        }
        if !step.checks.is_empty() {
            self.gap();
            self.text("Checks", Role::Heading);
            let from = self.lines.len();
            for (check, mark) in step.checks.iter().zip(&course.marks) {
                self.check(check, mark);
            }
            marks = Some(from..self.lines.len());
        }
        self.hints(course, step);
        self.guessed(lesson, course);
        self.gap();
        self.onwards(course, step);
        if let Some(marks) = marks {
            self.parts
                .push((Anchor::Marks, marks.start..self.lines.len()));
        }
    }

    /// What came of a guess, if there was one.
    fn guessed(&mut self, lesson: &Lesson, course: &Course) {
        let Some(guess) = &course.guess else { return };
        self.gap();
        let from = self.lines.len();
        self.guess(lesson, course, guess);
        self.parts.push((Anchor::Guess, from..self.lines.len()));
    }

    fn hints(&mut self, course: &Course, step: &Step) {
        for (place, hint) in step.hints.iter().take(course.hints).enumerate() {
            self.gap();
            let from = self.lines.len();
            let title = format!("Hint {} of {}", place + 1, step.hints.len());
            self.text(&title, Role::Heading);
            self.markdown(hint);
            // The last one is the one that was asked for.
            self.parts.retain(|(anchor, _)| *anchor != Anchor::Hint);
            self.parts.push((Anchor::Hint, from..self.lines.len()));
        }
    }

    /// A line of the task list, and why it is not reached.
    fn check(&mut self, check: &Check, mark: &CheckState) {
        let (sign, role) = task::sign(self.model, mark);
        let style = self.model.theme.style(role);
        let first = Span::styled(format!("{sign} "), style);
        let says = Span::styled(visible(&check.says), self.model.theme.style(Role::Strong));
        self.lines
            .extend(wrap(&[says], self.width, &first, &Span::raw("  ")));
        if let CheckState::Failed(failure) = mark {
            self.failure(failure);
        }
    }

    fn failure(&mut self, failure: &Failure) {
        // The reason first: in a small pane it must not be what is cut off.
        if let Some(advice) = &failure.advice {
            let advice = Span::styled(visible(advice), self.model.theme.style(Role::Fresh));
            let margin = Span::raw("  ");
            self.lines
                .extend(wrap(&[advice], self.width, &margin, &margin));
        }
        let parts = [
            ("sent", &failure.sent),
            ("came", &failure.came),
            ("expected", &failure.expected),
        ];
        for (label, text) in parts {
            let label = format!("  {label:<9}");
            let label = Span::styled(label, self.model.theme.style(Role::Dim));
            let text = Span::styled(text.clone(), self.model.theme.style(Role::Plain));
            let rest = Span::raw(" ".repeat(11));
            self.lines.extend(wrap(&[text], self.width, &label, &rest));
        }
    }

    fn guess(&mut self, lesson: &Lesson, course: &Course, guess: &Guess) {
        let Some(question) = course.question_of(lesson, guess.of) else {
            return;
        };
        let answer = |place: usize| {
            let answer = question.answers.get(place);
            answer.map_or("", |answer| answer.text.as_str())
        };
        self.markdown(&question.asks);
        self.gap();
        self.text(
            &format!("You guessed: {}", visible(answer(guess.chosen))),
            Role::Plain,
        );
        match &guess.outcome {
            GuessOutcome::Waiting => self.text("The request is on its way.", Role::Dim),
            GuessOutcome::Nothing(why) => {
                self.text(&format!("Nothing came back: {}", visible(why)), Role::Bad);
            }
            GuessOutcome::Came(right) if right.contains(&guess.chosen) => {
                self.text("✓ Correct.", Role::Good);
                self.why(&question.why);
            }
            GuessOutcome::Came(right) => match right.first() {
                Some(&right) => {
                    let what = format!("✗ No. What happened: {}", visible(answer(right)));
                    self.text(&what, Role::Bad);
                    let chosen = question.answers.get(guess.chosen);
                    self.why(chosen.map_or("", |answer| answer.why.as_str()));
                    self.why(&question.why);
                }
                None => self.text(
                    "Your file is not as this question takes it to be, so none of the answers fits. \
                     The response shows what happens with yours.",
                    Role::Fresh,
                ),
            },
        }
        if let QuestionOf::Mistake(_) = guess.of {
            self.broken(guess.lent);
        }
    }

    fn why(&mut self, why: &str) {
        if why.is_empty() {
            return;
        }
        self.gap();
        self.markdown(why);
    }

    fn broken(&mut self, lent: bool) {
        let whose = if lent {
            "Your file does not have the line for this mistake, so the lesson's own file was broken instead. "
        } else {
            ""
        };
        self.gap();
        self.text(
            &format!("{whose}m puts your file back exactly as it was."),
            Role::Fresh,
        );
    }

    /// What can be done next.
    fn onwards(&mut self, course: &Course, step: &Step) {
        let on_purpose = course.broken && course.guess.is_none();
        if on_purpose {
            self.text(
                "Your file is broken on purpose: you made a mistake in it to see what happens.",
                Role::Fresh,
            );
            return self.broken(false);
        }
        let next = task::keys_to_go_on(self.model);
        let done = course.all_passed() || self.model.is_step_done();
        let (text, role) = match (step.checks.is_empty(), course.all_passed(), done) {
            (true, ..) => (format!("{next} continues"), Role::Key),
            (false, true, _) => (format!("Done. {next} continues"), Role::Good),
            (false, false, true) => (
                format!("You have done this step before. {next} continues"),
                Role::Dim,
            ),
            (false, false, false) if course.running => {
                ("The checks are running…".to_owned(), Role::Dim)
            }
            (false, false, false) => (String::new(), Role::Dim),
        };
        if !text.is_empty() {
            self.text(&text, role);
        }
        if self.model.session.editor.is_some() {
            // There the keys are letters.
            return;
        }
        let mut offers = Vec::new();
        if !done && step.question.is_some() && course.guess.is_none() {
            offers.push("g: guess what will happen".to_owned());
        }
        if !done && course.hints < step.hints.len() {
            let hints = step.hints.len();
            offers.push(format!("h: hint {} of {hints}", course.hints + 1));
        }
        if step.solution.is_some() {
            offers.push("x: the solution".to_owned());
        }
        if !self.model.links().is_empty() {
            offers.push("u: look up what is underlined".to_owned());
        }
        if !offers.is_empty() {
            self.text(&offers.join("   "), Role::Dim);
        }
    }

    fn end(&mut self, lesson: &Lesson, course: &Course) {
        self.markdown(&format!(
            "# You have reached the end of lesson {}",
            lesson.number
        ));
        self.gap();
        self.text("What you know now", Role::Heading);
        let learned = lesson.learned.iter();
        let list: Vec<String> = learned.map(|it| format!("- {it}")).collect();
        self.markdown(&list.join("\n"));
        let key = self.model.catalogue.key(lesson);
        let left: Vec<&str> = lesson
            .steps
            .iter()
            .filter(|step| !self.model.progress.is_done(&key, &step.id))
            .map(|step| step.title.as_str())
            .collect();
        if !left.is_empty() {
            self.gap();
            let final_step = lesson.steps.last();
            let is_last_left = final_step.is_some_and(|step| left.contains(&step.title.as_str()));
            let heading = if is_last_left {
                "Not done yet"
            } else {
                "You can do the last task; you left out"
            };
            self.text(heading, Role::Heading);
            let list: Vec<String> = left.iter().map(|it| format!("- {it}")).collect();
            self.markdown(&list.join("\n"));
        }
        self.tally(lesson, &key);
        if !lesson.mistakes.is_empty() {
            self.gap();
            self.text(
                "m: make a mistake on purpose, and see what happens",
                Role::Dim,
            );
        }
        self.guessed(lesson, course);
    }

    /// How it went: guesses, hints and solutions, as far as there were any.
    fn tally(&mut self, lesson: &Lesson, key: &str) {
        let progress = &self.model.progress;
        let ids = || lesson.steps.iter().map(|step| step.id.as_str());
        let guesses: Vec<bool> = ids().filter_map(|step| progress.guess(key, step)).collect();
        let right = guesses.iter().filter(|right| **right).count();
        let hinted = ids().filter(|step| progress.hints(key, step) > 0).count();
        let solutions = ids().filter(|step| progress.has_seen_solution(key, step));
        let solutions = solutions.count();
        let steps = |count: usize| match count {
            1 => "1 step".to_owned(),
            many => format!("{many} steps"),
        };
        let mut told = Vec::new();
        if !guesses.is_empty() {
            let wrong = if right < guesses.len() {
                " A wrong guess teaches as much as a right one."
            } else {
                ""
            };
            told.push(format!(
                "- {right} of {} guesses were right.{wrong}",
                guesses.len()
            ));
        }
        if hinted > 0 {
            told.push(format!("- You took hints in {}.", steps(hinted)));
        }
        if solutions > 0 {
            let solutions = steps(solutions);
            told.push(format!(
                "- You looked at the solution of {solutions}. Try again without it some day."
            ));
        }
        if !told.is_empty() {
            self.gap();
            self.text("How it went", Role::Heading);
            self.markdown(&told.join("\n"));
        }
    }

    fn markdown(&mut self, text: &str) {
        self.lines
            .extend(markdown(text, self.width, self.model.theme));
    }

    fn text(&mut self, text: &str, role: Role) {
        let span = Span::styled(visible(text), self.model.theme.style(role));
        let margin = Span::raw("");
        self.lines
            .extend(wrap(&[span], self.width, &margin, &margin));
    }

    /// An empty line, unless there is one.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }
}
