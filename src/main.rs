//! Parse the command line, run what it asks for, say how it went.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use wsgi_tutor::cli::{self, Cli, Command, Refusal, RunArgs};
use wsgi_tutor::exchange::visible;
use wsgi_tutor::headless::{self, Style};
use wsgi_tutor::lesson::{Catalogue, default_folder};
use wsgi_tutor::python;
use wsgi_tutor::session::Options;
use wsgi_tutor::tui::{self, theme::Theme};

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
    let catalogue = match Catalogue::embedded() {
        Ok(catalogue) => catalogue,
        Err(error) => return complain(&format!("{error:#}"), FAILED),
    };
    match cli.command {
        Some(Command::Lesson(arguments)) => match catalogue.find(&arguments.lesson) {
            Ok(place) => teach(catalogue, Some(place), &arguments.run),
            Err(unknown) => complain(&unknown.to_string(), USAGE),
        },
        Some(Command::List) => print(&catalogue.to_string()),
        None if cli.run.plain || cli.run.json => complain(
            "--plain and --json need a lesson, as in 'wsgi-tutor lesson 1 --plain'",
            USAGE,
        ),
        None if !std::io::stdout().is_terminal() => print(&catalogue.to_string()),
        None => teach(catalogue, None, &cli.run),
    }
}

/// Opens a lesson, or the list of them, in the face that suits the command line and the terminal.
fn teach(catalogue: Catalogue, place: Option<usize>, arguments: &RunArgs) -> ExitCode {
    let style = match (arguments.json, arguments.plain) {
        (true, _) => Some(Style::Json),
        (false, true) => Some(Style::Plain),
        (false, false) => (!std::io::stdout().is_terminal()).then_some(Style::Plain),
    };
    let lesson = place.and_then(|place| catalogue.lessons.get(place));
    let result = match (style, lesson) {
        (Some(style), Some(lesson)) => {
            options(arguments).and_then(|options| headless::run(&options, lesson, style))
        }
        _ => options(arguments).and_then(|options| {
            let settings = tui::Settings {
                options,
                lesson: place,
                mouse: !arguments.no_mouse,
                theme: theme(arguments),
            };
            tui::run(settings, catalogue)
        }),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("{error:#}"), FAILED),
    }
}

fn options(arguments: &RunArgs) -> anyhow::Result<Options> {
    let workspace = arguments
        .workspace
        .clone()
        .map_or_else(default_folder, Ok)?;
    Ok(Options {
        host: arguments.host.clone(),
        port: arguments.port,
        engine: arguments.python.clone(),
        workspace,
    })
}

fn theme(arguments: &RunArgs) -> Theme {
    let variable = |name| std::env::var(name).ok();
    Theme::choose(
        arguments.theme,
        variable("NO_COLOR").as_deref(),
        variable("COLORFGBG").as_deref(),
    )
}

/// Standard output may be closed, as in `| head`; then there is nobody to tell.
fn print(text: &str) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn complain(message: &str, code: u8) -> ExitCode {
    // It may hold what somebody typed, or the name of a file.
    let _ = writeln!(std::io::stderr(), "wsgi-tutor: {}", visible(message));
    ExitCode::from(code)
}
