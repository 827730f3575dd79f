//! Whether a learner's files pass the checks of a lesson.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

use super::bench::{Bench, in_a_folder};
use crate::exchange::visible;
use crate::lesson::check::{Failure, Verdict};
use crate::lesson::{Lesson, Step, Workspace};
use crate::ordinary_file;
use crate::python::{About, Engine};

/// What was found out about a lesson.
#[derive(Debug, Serialize)]
pub struct LessonReport {
    pub lesson: u32,
    pub name: String,
    pub title: String,
    /// Whether all exercises are passed.
    pub passed: bool,
    pub python: About,
    /// The learner's file.
    pub file: String,
    /// Those that ask for a change of the file.
    pub steps: Vec<StepReport>,
    /// How many others there are, of which nothing can be checked in a file.
    pub without_checks: usize,
}

/// What was found out about a step.
#[derive(Debug, Serialize)]
pub struct StepReport {
    pub id: String,
    pub title: String,
    pub passed: bool,
    /// Whether it is the file kept when the step was done that passes, and not the file of now.
    pub kept: bool,
    pub checks: Vec<CheckReport>,
}

/// What was found out about a check, with the file of now.
#[derive(Debug, Serialize)]
pub struct CheckReport {
    pub says: String,
    pub passed: bool,
    pub failure: Option<Failure>,
}

/// Runs the checks of a lesson, or of one of its steps, on the learner's files. A step is passed
/// when the file of now passes it, or else the file that was kept when it was done. `timeout` is
/// how long the file may keep control.
///
/// # Errors
/// When Python cannot start, or the learner has no file of this lesson.
pub fn learner(
    lesson: &Lesson,
    only: Option<usize>,
    workspace: &Workspace,
    engine: &Engine,
    timeout: Duration,
) -> anyhow::Result<LessonReport> {
    let file = workspace.file(lesson);
    let bytes = match ordinary_file::read(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => anyhow::bail!(
            "you have not started lesson {}: {} does not exist; 'wsgi-tutor lesson {}' creates it",
            lesson.number,
            file.display(),
            lesson.number
        ),
        read => read.with_context(|| format!("{} cannot be read", file.display()))?,
    };
    let source = String::from_utf8_lossy(&bytes).into_owned();
    let mut bench = Bench::open(engine, timeout)?;
    let python = bench.run(lesson, &file)?;
    let mut steps = Vec::new();
    for (place, step) in lesson.steps.iter().enumerate() {
        if step.is_exercise() && only.is_none_or(|only| only == place) {
            steps.push(look_at(&bench, step, &source)?);
        }
    }
    for report in steps.iter_mut().filter(|report| !report.passed) {
        let place = lesson.place_of(&report.id);
        let step = place.and_then(|place| lesson.steps.get(place));
        if let Some((step, kept)) = step.zip(workspace.passed(lesson, &report.id)) {
            report.kept = still_passes(&mut bench, lesson, step, &kept)?;
            report.passed = report.kept;
        }
    }
    Ok(LessonReport {
        lesson: lesson.number,
        name: lesson.name.clone(),
        title: lesson.title.clone(),
        passed: steps.iter().all(|step| step.passed),
        python,
        file: file.to_string_lossy().into_owned(),
        without_checks: match only {
            Some(_) => 0,
            None => lesson.steps.len() - steps.len(),
        },
        steps,
    })
}

/// Runs a step's checks on the file that runs.
fn look_at(bench: &Bench, step: &Step, source: &str) -> anyhow::Result<StepReport> {
    let mut checks = Vec::new();
    for check in step.checks.iter().filter(|check| check.is_sent()) {
        let failure = match bench.verdict(check, source)? {
            Verdict::Passed => None,
            Verdict::Failed(failure) => Some(failure),
        };
        checks.push(CheckReport {
            says: check.says.clone(),
            passed: failure.is_none(),
            failure,
        });
    }
    Ok(StepReport {
        id: step.id.clone(),
        title: step.title.clone(),
        passed: checks.iter().all(|check| check.passed),
        kept: false,
        checks,
    })
}

/// Whether the file that was kept passes the step's checks, run anew.
fn still_passes(
    bench: &mut Bench,
    lesson: &Lesson,
    step: &Step,
    kept: &str,
) -> anyhow::Result<bool> {
    let folder = in_a_folder(lesson, kept)?;
    bench.run(lesson, &folder.path().join(&lesson.file))?;
    Ok(look_at(bench, step, kept)?.passed)
}

impl LessonReport {
    /// As text to print.
    pub fn told(&self) -> String {
        let mut told = format!(
            "Lesson {}, {}: {}\n",
            self.lesson,
            visible(&self.title),
            visible(&self.file)
        );
        for step in &self.steps {
            step.tell(&mut told);
        }
        let passed = self.steps.iter().filter(|step| step.passed).count();
        // Writing to a String cannot fail.
        let _ = write!(told, "  {passed} of {} passed", self.steps.len());
        let _ = match self.without_checks {
            0 => writeln!(told),
            1 => writeln!(told, "; one step has nothing to check in a file"),
            many => writeln!(told, "; {many} steps have nothing to check in a file"),
        };
        told
    }
}

impl StepReport {
    fn tell(&self, told: &mut String) {
        let mark = if self.passed { "passed " } else { "not yet" };
        let how = if self.kept {
            ", with the file kept when it was done"
        } else {
            ""
        };
        let (title, id) = (visible(&self.title), &self.id);
        // Writing to a String cannot fail.
        let _ = writeln!(told, "  {mark}  {title} ({id}){how}");
        if self.passed {
            return;
        }
        for check in &self.checks {
            let Some(failure) = &check.failure else {
                let _ = writeln!(told, "           passed: {}", visible(&check.says));
                continue;
            };
            let _ = writeln!(told, "           failed: {}", visible(&check.says));
            let parts = [
                ("sent", &failure.sent),
                ("came", &failure.came),
                ("expected", &failure.expected),
            ];
            for (label, text) in parts {
                let _ = writeln!(told, "             {label:<9}{text}");
            }
            if let Some(advice) = &failure.advice {
                let _ = writeln!(told, "             {}", visible(advice));
            }
        }
    }
}

/// The file of a lesson in the workspace of somebody who has begun it.
pub fn begun(lesson: &Lesson, workspace: &Workspace) -> bool {
    let file: &Path = &workspace.file(lesson);
    file.is_file()
}
