//! The commands that open the screen, or write the same without one: lessons, an app of the user's
//! own, a recording.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use super::course::{Course, progress};
use super::output::{FAILED, USAGE, complain, ended};
use crate::cli::{LessonArgs, RunArgs, ServeArgs, ShowArgs};
use crate::headless::{self, Style, Subject};
use crate::lesson::state_folder;
use crate::locate::{self, BrokenEnvironment, Located, Surroundings};
use crate::python::{DEFAULT_TIMEOUT, Engine, EngineChoice, PoolSize, Target};
use crate::recording;
use crate::session::Options;
use crate::terminal::{Theme, ThemeName};
use crate::tui::{self, Open};

/// Opens a lesson, at a step where one is named.
pub fn teach_lesson(course: Course, place: usize, arguments: &LessonArgs) -> ExitCode {
    let lesson = &course.catalogue.lessons[place];
    let step = arguments.step.as_deref();
    match step.map(|step| lesson.find_step(step)).transpose() {
        Ok(step) => teach(course, Some((place, step)), &arguments.serve),
        Err(unknown) => complain(&unknown.to_string(), USAGE),
    }
}

/// Opens a lesson, by its place and that of a step, or the list of them.
pub fn teach(course: Course, place: Option<(usize, Option<usize>)>, serve: &ServeArgs) -> ExitCode {
    let folder = match course.workspace() {
        Ok(folder) => folder,
        Err(error) => return complain(&format!("{error:#}"), FAILED),
    };
    let catalogue = course.catalogue;
    let python = serve.python.clone().unwrap_or_default();
    let options = options(serve, python.into(), PoolSize::default());
    let lesson = place.and_then(|(place, _)| catalogue.lessons.get(place));
    ended(
        if let Some((place, step)) = place.filter(|_| serve.plain && headless::has_commands()) {
            let (progress, notice) = progress();
            let settings = headless::LessonSettings {
                catalogue: &catalogue,
                place,
                step,
                workspace: &folder,
                progress,
                notice,
            };
            headless::teach(&options, settings)
        } else if let (Some(style), Some(lesson)) = (style(serve.json, serve.plain), lesson) {
            headless::run(&options, &Subject::Lesson(lesson, &folder), style)
        } else {
            let (progress, notice) = progress();
            let last = progress
                .as_ref()
                .and_then(|file| catalogue.last(file.progress()));
            let open = match (place, last) {
                (Some((lesson, step)), _) => Open::Lesson { lesson, step },
                (None, Some(lesson)) => Open::Lesson { lesson, step: None },
                (None, None) => Open::List,
            };
            let settings = tui::Settings {
                progress,
                notice,
                ..settings(options, open, folder, serve)
            };
            tui::run(settings, catalogue)
        },
    )
}

/// Runs an app of the user's own, in the current folder.
pub fn run_app(course: Course, arguments: &RunArgs) -> ExitCode {
    let serve = &arguments.serve;
    let surroundings = Surroundings::of_process();
    let located = current_folder().and_then(|folder| {
        let app = arguments.app.as_deref();
        Ok(locate::application(app, &folder, &surroundings)?)
    });
    let Located { target, found } = match located {
        Ok(located) => located,
        Err(error) => return complain(&format!("{error:#}"), USAGE),
    };
    let python = match python_for(serve.python.as_ref(), &target, &surroundings) {
        Ok(python) => python,
        Err(broken) => return complain(&broken.to_string(), FAILED),
    };
    let notice = notice(found.as_deref(), &target, &python);
    let options = Options {
        mount: arguments.mount.clone().unwrap_or_default(),
        ..options(serve, python, arguments.pool_size())
    };
    ended(match style(serve.json, serve.plain) {
        Some(style) => {
            name_found(found.as_deref());
            headless::run(&options, &Subject::App(target), style)
        }
        None => course.workspace().and_then(|folder| {
            let settings = tui::Settings {
                notice,
                ..settings(options, Open::App(target), folder, serve)
            };
            tui::run(settings, course.catalogue)
        }),
    })
}

/// The folder that the user is in.
pub fn current_folder() -> anyhow::Result<PathBuf> {
    std::env::current_dir().context("the current folder no longer exists")
}

/// What the screen says at first of what was found and chosen, if something was.
fn notice(found: Option<&str>, target: &Target, python: &EngineChoice) -> Option<String> {
    let label = target.label();
    match (found, python.description()) {
        (None, None) => None,
        (Some(found), None) => Some(format!("Running {found}.")),
        (found, Some(python)) => Some(format!("Running {} {python}.", found.unwrap_or(&label))),
    }
}

/// Says which application was found, beside the output.
pub fn name_found(found: Option<&str>) {
    if let Some(found) = found {
        complain(&format!("running {found}"), FAILED);
    }
}

/// Opens a recording.
pub fn show(course: Course, arguments: &ShowArgs) -> ExitCode {
    let recording = match recording::open(&arguments.file) {
        Ok(recording) => recording,
        Err(error) => return complain(&error.to_string(), USAGE),
    };
    if let Some(style) = style(arguments.json, arguments.plain) {
        return ended(headless::show(&recording, style));
    }
    let open = Open::Recording(Box::new(recording), arguments.file.clone());
    ended(tui::run(
        tui::Settings {
            // Nothing is served.
            options: Options::default(),
            open,
            workspace: PathBuf::new(),
            progress: None,
            state: None,
            notice: None,
            mouse: !arguments.no_mouse,
            theme: theme(arguments.theme),
        },
        course.catalogue,
    ))
}

/// The face that suits the command line and the terminal; `None` is the screen.
fn style(json: bool, plain: bool) -> Option<Style> {
    match (json, plain) {
        (true, _) => Some(Style::Json),
        (false, true) => Some(Style::Plain),
        (false, false) => (!std::io::stdout().is_terminal()).then_some(Style::Plain),
    }
}

/// The Python for an app of the user's own: the one that was named, or else one that suits it.
pub fn python_for(
    named: Option<&Engine>,
    target: &Target,
    surroundings: &Surroundings,
) -> Result<EngineChoice, BrokenEnvironment> {
    match named {
        Some(engine) => Ok(engine.clone().into()),
        None => locate::python(target, surroundings),
    }
}

fn options(serve: &ServeArgs, python: EngineChoice, pool_size: PoolSize) -> Options {
    Options {
        host: serve.host.clone(),
        port: serve.port,
        python,
        pool_size,
        trace: !serve.no_trace,
        timeout: serve.timeout.unwrap_or(DEFAULT_TIMEOUT),
        ..Options::default()
    }
}

fn settings(options: Options, open: Open, workspace: PathBuf, serve: &ServeArgs) -> tui::Settings {
    tui::Settings {
        options,
        open,
        workspace,
        progress: None,
        state: state_folder().ok(),
        notice: None,
        mouse: !serve.no_mouse,
        theme: theme(serve.theme),
    }
}

fn theme(name: ThemeName) -> Theme {
    let variable = |name| std::env::var(name).ok();
    Theme::choose(
        name,
        variable("NO_COLOR").as_deref(),
        variable("COLORFGBG").as_deref(),
    )
}
