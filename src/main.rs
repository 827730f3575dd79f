//! Parse the command line, run what it asks for, say how it went.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use wsgi_tutor::cli::{self, Command, Refusal};
use wsgi_tutor::exchange::visible;
use wsgi_tutor::headless::{self, Style};
use wsgi_tutor::lesson::{Catalogue, default_folder};
use wsgi_tutor::{python, session};

/// The command line could not be obeyed.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == python::HIDDEN_COMMAND) {
        return python::run_worker(&arguments[2..]);
    }
    match cli::parse(arguments) {
        Ok(cli) => run(cli),
        Err(Refusal::Asked(text)) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err(Refusal::Wrong(message)) => complain(&message, USAGE),
    }
}

fn run(cli: cli::Cli) -> ExitCode {
    let catalogue = match Catalogue::embedded() {
        Ok(catalogue) => catalogue,
        Err(error) => return complain(&format!("{error:#}"), 1),
    };
    match cli.command {
        Some(Command::Lesson(arguments)) => lesson(&catalogue, arguments),
        _ => ExitCode::SUCCESS,
    }
}

fn lesson(catalogue: &Catalogue, arguments: cli::LessonArgs) -> ExitCode {
    let lesson = match catalogue.find(&arguments.lesson) {
        Ok(lesson) => lesson,
        Err(unknown) => return complain(&unknown.to_string(), USAGE),
    };
    let options = session::Options {
        host: arguments.run.host.clone(),
        port: arguments.run.port,
        engine: arguments.run.python.clone(),
        workspace: arguments.run.workspace.unwrap_or_else(||default_folder().unwrap()),
    };
    let style = if arguments.run.json { Style::Json } else { Style::Plain };
    match headless::run(&options, lesson, style) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("{error:#}"), 1),
    }
}

/// Standard output may be closed, as in `| head`; then there is nobody to tell.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn complain(message: &str, code: u8) -> ExitCode {
    // It may hold what somebody typed, or the name of a file.
    let _ = writeln!(std::io::stderr(), "wsgi-tutor: {}", visible(message));
    ExitCode::from(code)
}
