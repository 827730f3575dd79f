//! Parse the command line, run what it asks for, say how it went.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use wsgi_tutor::cli::{self, Cli, Command, Refusal, RunArgs, ServeArgs, ShowArgs, WorkspaceArgs};
use wsgi_tutor::exchange::visible;
use wsgi_tutor::explain;
use wsgi_tutor::headless::{self, Style, Subject};
use wsgi_tutor::lesson::{Catalogue, Flaw, default_folder};
use wsgi_tutor::python::{self, Crowd, Target};
use wsgi_tutor::recording;
use wsgi_tutor::session::Options;
use wsgi_tutor::tui::{
    self, Open,
    theme::{Theme, ThemeName},
};

/// Something could not be run.
const FAILED: u8 = 1;
/// The command line could not be obeyed.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments
        .get(1)
        .is_some_and(|word| word == python::HIDDEN_COMMAND)
    {
        return python::run_worker(&arguments[2..]);
    }
    match cli::parse(arguments) {
        Ok(cli) => run(cli),
        Err(Refusal::Asked(text)) => print(&text),
        Err(Refusal::Wrong(message)) => complain(&message, USAGE),
    }
}

fn run(cli: Cli) -> ExitCode {
    let catalogue = match lessons(&cli) {
        Ok(catalogue) => catalogue,
        Err(flaws) => return complain_of(&flaws, FAILED),
    };
    match cli.command {
        Some(Command::Lesson(arguments)) => match catalogue.find(&arguments.lesson) {
            Ok(place) => teach(
                catalogue,
                Some(place),
                &arguments.workspace,
                &arguments.serve,
            ),
            Err(unknown) => complain(&unknown.to_string(), USAGE),
        },
        Some(Command::List(_)) => print(&catalogue.to_string()),
        Some(Command::Run(arguments)) => run_app(catalogue, &arguments),
        Some(Command::Show(arguments)) => show(catalogue, &arguments),
        Some(Command::Explain(arguments)) => match arguments.word {
            Some(word) => match explain::explain(&word) {
                Ok(text) => print(&text),
                Err(message) => complain(&message, USAGE),
            },
            None => print(&explain::everything()),
        },
        None if cli.serve.plain || cli.serve.json => complain(
            "--plain and --json need a lesson, as in 'wsgi-tutor lesson 1 --plain'",
            USAGE,
        ),
        None if !std::io::stdout().is_terminal() => print(&catalogue.to_string()),
        None => teach(catalogue, None, &cli.workspace, &cli.serve),
    }
}

/// The lessons that came with the program, or those of a course of somebody's own.
fn lessons(cli: &Cli) -> Result<Catalogue, Vec<Flaw>> {
    let course = match &cli.command {
        Some(Command::Lesson(arguments)) => &arguments.workspace.course,
        Some(Command::List(arguments)) => arguments,
        _ => &cli.workspace.course,
    };
    course
        .lessons
        .as_deref()
        .map_or_else(Catalogue::embedded, Catalogue::read)
}

/// Opens a lesson, or the list of them.
fn teach(
    catalogue: Catalogue,
    place: Option<usize>,
    workspace: &WorkspaceArgs,
    serve: &ServeArgs,
) -> ExitCode {
    let folder = match workspace.workspace.clone().map_or_else(default_folder, Ok) {
        Ok(folder) => catalogue.workspace(&folder),
        Err(error) => return complain(&format!("{error:#}"), FAILED),
    };
    let options = options(serve, Crowd::default());
    let lesson = place.and_then(|place| catalogue.lessons.get(place));
    ended(
        if let (Some(style), Some(lesson)) = (style(serve.json, serve.plain), lesson) {
            headless::run(&options, &Subject::Lesson(lesson, &folder), style)
        } else {
            let open = place.map_or(Open::List, Open::Lesson);
            tui::run(settings(options, open, folder, serve), catalogue)
        },
    )
}

/// Runs an app of the user's own, in the current folder.
fn run_app(catalogue: Catalogue, arguments: &RunArgs) -> ExitCode {
    let serve = &arguments.serve;
    let target = std::env::current_dir()
        .map_err(|error| format!("the current folder is not there any more: {error}"))
        .and_then(|folder| Target::parse(&arguments.app, &folder));
    let (target, crowd) = match target.and_then(|target| Ok((target, arguments.crowd()?))) {
        Ok(found) => found,
        Err(message) => return complain(&message, USAGE),
    };
    let options = options(serve, crowd);
    ended(match style(serve.json, serve.plain) {
        Some(style) => headless::run(&options, &Subject::App(target), style),
        None => default_folder().and_then(|folder| {
            tui::run(
                settings(options, Open::App(target), folder, serve),
                catalogue,
            )
        }),
    })
}

/// Opens a recording.
fn show(catalogue: Catalogue, arguments: &ShowArgs) -> ExitCode {
    let recording = match recording::open(&arguments.file) {
        Ok(recording) => recording,
        Err(message) => return complain(&message, USAGE),
    };
    if let Some(style) = style(arguments.json, arguments.plain) {
        headless::show(&recording, style);
        return ExitCode::SUCCESS;
    }
    let open = Open::Recording(Box::new(recording), arguments.file.clone());
    ended(tui::run(
        tui::Settings {
            // Nothing is served.
            options: Options::default(),
            open,
            workspace: PathBuf::new(),
            mouse: !arguments.no_mouse,
            theme: theme(arguments.theme),
        },
        catalogue,
    ))
}

fn ended(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("{error:#}"), FAILED),
    }
}

/// The face that suits the command line and the terminal; `None` is the screen.
fn style(json: bool, plain: bool) -> Option<Style> {
    match (json, plain) {
        (true, _) => Some(Style::Json),
        (false, true) => Some(Style::Plain),
        (false, false) => (!std::io::stdout().is_terminal()).then_some(Style::Plain),
    }
}

fn options(serve: &ServeArgs, crowd: Crowd) -> Options {
    Options {
        host: serve.host.clone(),
        port: serve.port,
        engine: serve.python.clone(),
        crowd,
        trace: !serve.no_trace,
    }
}

fn settings(options: Options, open: Open, workspace: PathBuf, serve: &ServeArgs) -> tui::Settings {
    tui::Settings {
        options,
        open,
        workspace,
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

/// Standard output may be closed, as in `| head`; then there is nobody to tell.
fn print(text: &str) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// Says what is wrong with lessons, a line each.
fn complain_of(flaws: &[Flaw], code: u8) -> ExitCode {
    for flaw in flaws {
        complain(&flaw.to_string(), code);
    }
    ExitCode::from(code)
}

fn complain(message: &str, code: u8) -> ExitCode {
    // It may hold what somebody typed, or the name of a file.
    let _ = writeln!(std::io::stderr(), "wsgi-tutor: {}", visible(message));
    ExitCode::from(code)
}
