//! The command line, and nothing else.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory as _, Parser, Subcommand};

use crate::python::Engine;
use crate::tui::theme::ThemeName;

/// Learn WSGI (PEP 3333), the interface between Python web servers and applications, by watching
/// it happen: a real Python interpreter, a real server, every byte on the screen.
#[derive(Debug, Parser)]
#[command(name = "wsgi-tutor", version, disable_help_subcommand = true)]
#[command(after_help = "Start with: wsgi-tutor lesson 1")]
#[command(args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub run: RunArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a lesson, by its number or its name
    Lesson(LessonArgs),
    /// List the lessons
    List,
}

#[derive(Debug, Args)]
pub struct LessonArgs {
    /// Which lesson: 1, 2, or a name such as form-post
    pub lesson: String,
    #[command(flatten)]
    pub run: RunArgs,
}

/// How to run a lesson.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Serve on this port; when it is taken, on the next free one (0: any)
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub port: u16,
    /// Serve on this address; other machines can reach it unless it is a loopback one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// Run the app with the embedded Python, or with this interpreter
    #[arg(long, value_name = "embedded|PATH", default_value_t = Engine::default())]
    pub python: Engine,
    /// Keep your copies of the apps here [default: in your data folder]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Tell each exchange in sentences, without a screen
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Tell each exchange as a line of JSON, without a screen
    #[arg(long)]
    pub json: bool,
    /// Leave the mouse to the terminal, for its own selection
    #[arg(long)]
    pub no_mouse: bool,
    /// Colours for a dark or a light terminal, or the terminal's own sixteen
    #[arg(long, value_name = "THEME", value_enum, default_value_t = ThemeName::Auto)]
    pub theme: ThemeName,
}

/// What a command line that cannot be obeyed comes to.
pub enum Refusal {
    /// `--help` or `--version`: text for standard output.
    Asked(String),
    /// A mistake, in one line.
    Wrong(String),
}

/// Reads the command line.
///
/// # Errors
/// A [`Refusal`], when there is nothing to run.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Refusal> {
    Cli::try_parse_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Refusal::Asked(error.render().to_string())
        }
        _ => Refusal::Wrong(one_line(&error)),
    })
}

/// What is wrong, and what would be right, in one line.
fn one_line(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => crate::exchange::visible(text),
        Some(ContextValue::Strings(texts)) => crate::exchange::visible(&texts.join(", ")),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!(
            "there is no command '{}'; the commands are {}",
            text(ContextKind::InvalidSubcommand),
            commands()
        ),
        ErrorKind::UnknownArgument => unknown(&argument, error),
        ErrorKind::MissingRequiredArgument => {
            format!("{argument} is missing; try 'wsgi-tutor lesson 1'")
        }
        ErrorKind::ArgumentConflict => format!(
            "{argument} and {} cannot go together",
            text(ContextKind::PriorArg)
        ),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} needs a value")
        }
        ErrorKind::InvalidValue => format!(
            "'{}' is no value for {argument}; valid are {}",
            text(ContextKind::InvalidValue),
            text(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation if argument.starts_with("--port") => format!(
            "'{}' is no value for {argument}: it is a number from 0 to 65535",
            text(ContextKind::InvalidValue)
        ),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map_or(String::new(), ToString::to_string);
            format!(
                "'{}' is no value for {argument}: {}",
                text(ContextKind::InvalidValue),
                crate::exchange::visible(&why)
            )
        }
        _ => {
            let whole = error.render().to_string();
            let line = whole.lines().next().unwrap_or_default();
            crate::exchange::visible(line.trim_start_matches("error: "))
        }
    }
}

/// A word or an option too many; what is right depends on the command it stands behind.
fn unknown(argument: &str, error: &clap::Error) -> String {
    let usage = error
        .get(ContextKind::Usage)
        .map_or(String::new(), ToString::to_string);
    if usage.contains("wsgi-tutor list") {
        format!("'list' takes nothing more, and '{argument}' is more")
    } else if argument.starts_with('-') {
        format!(
            "'{argument}' is not understood; the options of 'lesson' are {}",
            options()
        )
    } else {
        format!(
            "'{argument}' is one too many; 'lesson' opens one lesson, as in 'wsgi-tutor lesson 1'"
        )
    }
}

fn commands() -> String {
    let command = Cli::command();
    let names: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    names.join(", ")
}

fn options() -> String {
    let command = Cli::command();
    let lesson = command.find_subcommand("lesson");
    let names: Vec<String> = lesson
        .into_iter()
        .flat_map(clap::Command::get_arguments)
        .filter_map(|argument| Some(format!("--{}", argument.get_long()?)))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use rstest::rstest;

    use super::{Cli, Refusal, parse};

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[rstest]
    #[case(&["lessn"], "there is no command 'lessn'; the commands are lesson, list")]
    #[case(&["lesson"], "<LESSON> is missing; try 'wsgi-tutor lesson 1'")]
    #[case(&["lesson", "1", "--port"], "--port <PORT> needs a value")]
    #[case(&["lesson", "1", "--plain", "--json"], "--plain and --json cannot go together")]
    #[case(&["lesson", "1", "--port", "x"], "'x' is no value for --port <PORT>: it is a number from 0 to 65535")]
    #[case(&["lesson", "1", "--port", "65536"], "'65536' is no value for --port <PORT>: it is a number from 0 to 65535")]
    #[case(&["list", "--json"], "'list' takes nothing more, and '--json' is more")]
    #[case(&["list", "all"], "'list' takes nothing more, and 'all' is more")]
    #[case(&["lesson", "1", "2"], "'2' is one too many; 'lesson' opens one lesson, as in 'wsgi-tutor lesson 1'")]
    fn mistakes_are_told_in_one_line(#[case] arguments: &[&str], #[case] expected: &str) {
        let line = ["wsgi-tutor"].iter().chain(arguments).map(Into::into);
        match parse(line) {
            Err(Refusal::Wrong(message)) => assert_eq!(message, expected),
            _ => panic!("{arguments:?} was accepted"),
        }
    }
}
