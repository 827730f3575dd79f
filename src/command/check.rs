//! `check`: the learner's files of a lesson, or an app of their own.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::course::Course;
use super::output::{FAILED, USAGE, complain, print};
use super::serve::{current_folder, name_found, python_for};
use crate::cli::CheckArgs;
use crate::exchange::visible_json;
use crate::lesson::{Catalogue, Lesson, Workspace};
use crate::locate::{self, Located, Surroundings};
use crate::progress_line::ProgressLine;
use crate::python::DEFAULT_TIMEOUT;
use crate::verify::{self, CheckOptions, Outcome};

/// Verifies the learner's files, or looks for mistakes in an app: exit code 0 when all is right, 1
/// when something is not, 2 when they could not be run.
pub fn check(course: &Course, arguments: &CheckArgs) -> ExitCode {
    let app = arguments
        .lesson
        .as_deref()
        .filter(|word| is_app(&course.catalogue, word));
    if let Some(app) = app {
        return match check_app(app, arguments) {
            Ok(Outcome::Right) => ExitCode::SUCCESS,
            Ok(Outcome::Wrong) => ExitCode::from(FAILED),
            Ok(Outcome::Unchecked) => ExitCode::from(USAGE),
            Err(error) => complain(&format!("{error:#}"), USAGE),
        };
    }
    if let Err(error) = arguments.refuse_app_options() {
        return complain(&error.to_string(), USAGE);
    }
    match checked(course, arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAILED),
        Err(error) => complain(&format!("{error:#}"), USAGE),
    }
}

/// Whether a word names an app of the user's own, and no lesson.
fn is_app(catalogue: &Catalogue, word: &str) -> bool {
    let looks = word.contains([':', '/', '.']);
    let is_there = || Path::new(&format!("{word}.py")).is_file() || Path::new(word).is_dir();
    catalogue.find(word).is_err() && (looks || is_there())
}

fn check_app(app: &str, arguments: &CheckArgs) -> anyhow::Result<Outcome> {
    anyhow::ensure!(
        arguments.step.is_none(),
        "'check {app}' takes no step: {app} is an app, not a lesson"
    );
    let folder = current_folder()?;
    let surroundings = Surroundings::of_process();
    let Located { target, found } = locate::application(Some(app), &folder, &surroundings)?;
    name_found(found.as_deref());
    let options = CheckOptions {
        python: python_for(arguments.python.as_ref(), &target, &surroundings)?,
        paths: arguments.app_paths(),
        timeout: arguments.timeout.unwrap_or(DEFAULT_TIMEOUT),
        budget: arguments.budget.unwrap_or(CheckOptions::BUDGET),
    };
    let mut line = ProgressLine::on_stderr();
    let report = verify::app(target, app, &options, &mut |text| line.show(text));
    drop(line);
    let report = report?;
    print(&if arguments.json {
        json_line(&report)?
    } else {
        report.told()
    });
    Ok(report.outcome())
}

fn checked(course: &Course, arguments: &CheckArgs) -> anyhow::Result<bool> {
    let catalogue = &course.catalogue;
    let workspace = Workspace::new(&course.workspace()?);
    let lessons: Vec<&Lesson> = if let Some(wanted) = &arguments.lesson {
        vec![&catalogue.lessons[catalogue.find(wanted)?]]
    } else {
        let all = catalogue.lessons.iter();
        all.filter(|lesson| verify::begun(lesson, &workspace))
            .collect()
    };
    anyhow::ensure!(
        !lessons.is_empty(),
        "you have not started a lesson yet; 'wsgi-tutor lesson 1' starts the first one"
    );
    let engine = arguments.python.clone().unwrap_or_default();
    let timeout = arguments.timeout.unwrap_or(DEFAULT_TIMEOUT);
    let mut passed = true;
    for lesson in lessons {
        let step = arguments.step.as_deref();
        let step = step.map(|id| lesson.find_step(id)).transpose()?;
        let report = verify::learner(lesson, step, &workspace, &engine, timeout)?;
        passed &= report.passed;
        print(&if arguments.json {
            json_line(&report)?
        } else {
            report.told()
        });
    }
    Ok(passed)
}

fn json_line(report: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(report).map(|json| format!("{}\n", visible_json(json)))
}
