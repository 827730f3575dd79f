//! Runs what the command line asks for.

mod check;
mod course;
mod output;
mod serve;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use crate::cli::{Cli, Command, LessonsCommand};
use crate::{explain, log, manual};
use course::Course;
use output::{FAILED, complain, complain_of, print_bytes};
pub use output::{USAGE, print};

/// Runs a command. The exit code is 0 when all is right, 1 when something is wrong or failed, and 2
/// when the command line could not be obeyed.
pub fn run(cli: Cli) -> ExitCode {
    if let Some(file) = &cli.log
        && let Err(error) = log::start(file)
    {
        return complain(&error.to_string(), USAGE);
    }
    let course = match Course::open(&cli) {
        Ok(course) => course,
        Err(errors) => return complain_of(&errors, FAILED),
    };
    match cli.command {
        Some(Command::Lesson(arguments)) => match course.catalogue.find(&arguments.lesson) {
            Ok(place) => serve::teach_lesson(course, place, &arguments),
            Err(unknown) => complain(&unknown.to_string(), USAGE),
        },
        Some(Command::Check(arguments)) => check::check(&course, &arguments),
        Some(Command::Lessons(arguments)) => match arguments.command {
            LessonsCommand::Check { python, .. } => {
                course::check_lessons(&course.catalogue, python)
            }
            LessonsCommand::Notes { .. } => course::notes(&course.catalogue),
            LessonsCommand::New { folder } => course::begin_course(&folder),
        },
        Some(Command::List(_)) => course::list(&course),
        Some(Command::Reset(arguments)) => course::reset(&course, &arguments),
        Some(Command::Doctor(arguments)) => course::examine(&course, &arguments),
        Some(Command::Completions { shell }) => print_bytes(&manual::completions(shell)),
        Some(Command::Man) => match manual::man_page() {
            Ok(page) => print_bytes(&page),
            Err(error) => complain(&error.to_string(), FAILED),
        },
        Some(Command::Run(arguments)) => serve::run_app(course, &arguments),
        Some(Command::Show(arguments)) => serve::show(course, &arguments),
        Some(Command::Explain(arguments)) if arguments.words.is_empty() => {
            print(&explain::everything())
        }
        Some(Command::Explain(arguments)) => match explain::explain(&arguments.words.join(" ")) {
            Ok(text) => print(&text),
            Err(unknown) => complain(&unknown.to_string(), USAGE),
        },
        None if cli.serve.plain || cli.serve.json => complain(
            "--plain and --json need a lesson, as in 'wsgi-tutor lesson 1 --plain'",
            USAGE,
        ),
        None if !std::io::stdout().is_terminal() => course::list(&course),
        None => serve::teach(course, None, &cli.serve),
    }
}
