//! The command line, and nothing else.

mod error;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};

use clap_complete::Shell;

use crate::browser::typed_target;
use crate::exchange::{visible_bytes, visible_text};
use crate::gateway::Mount;
use crate::installation;
use crate::python::{Engine, PoolSize};
use crate::terminal::ThemeName;
pub use error::OptionError;

/// Learn WSGI (PEP 3333), the interface between Python web servers and applications, by watching
/// it happen: a real Python interpreter, a real server, every byte on the screen.
#[derive(Debug, Parser)]
#[command(name = "wsgi-tutor", version, long_version = installation::version())]
#[command(disable_help_subcommand = true)]
#[command(after_help = "Start with: wsgi-tutor lesson 1")]
#[command(args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: ServeArgs,
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
    /// Append to this file what the server, the Python processes and the screen do, to find a bug
    /// in wsgi-tutor
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a lesson, by its number or its name
    Lesson(LessonArgs),
    /// List the lessons
    List(CourseArgs),
    /// Start a lesson over; your files are kept
    Reset(ResetArgs),
    /// Check what the lessons need, and say how to fix what is wrong
    Doctor(DoctorArgs),
    /// Print the completions for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: Shell,
    },
    /// Print the man page
    Man,
    /// Check your lesson files, or find the mistakes in an app of your own
    Check(CheckArgs),
    /// For lesson authors: check a course, or start one
    Lessons(LessonsArgs),
    /// Run a WSGI app of your own
    Run(RunArgs),
    /// Show a saved exchange
    Show(ShowArgs),
    /// Explain a term, a key of environ or a mistake, or list them all
    Explain(ExplainArgs),
}

#[derive(Debug, Args)]
pub struct LessonArgs {
    /// Which lesson: 1, 2, or a name such as form-post
    pub lesson: String,
    /// Which step: its number or its name; without it, where you left off
    pub step: Option<String>,
    #[command(flatten)]
    pub serve: ServeArgs,
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
}

#[derive(Debug, Args)]
pub struct ResetArgs {
    /// Which lesson: 1, 2, or a name such as form-post
    pub lesson: String,
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
}

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// The port the lessons would be served on
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 8080,
        allow_negative_numbers = true
    )]
    pub port: u16,
    /// The Python that would run the apps
    #[arg(long, value_name = "embedded|PATH")]
    pub python: Option<Engine>,
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The forms on the app's pages are really sent: let it use data that you can afford to lose.

Exit code:
  0  nothing is wrong
  1  there is an error or a warning, or a lesson's check failed
  2  it could not be loaded or run, or no request got a complete answer other than 404")]
pub struct CheckArgs {
    /// A lesson: 1, 2, or a name such as form-post; without it, all that you have started. Or an
    /// app of your own, as for run: app.py, app.py:application, package.module:app, or a folder
    /// (such as '.', the current one)
    #[arg(value_name = "LESSON|APP")]
    pub lesson: Option<String>,
    /// One step of the lesson, by its number or its name; without it, all of them
    pub step: Option<String>,
    /// Write one line of JSON for each lesson, or for the app
    #[arg(long)]
    pub json: bool,
    /// App only: a page to start with, such as /shop?page=1. It is requested exactly as written,
    /// even /../x. May be repeated; links and forms in the answers are followed [default: /]
    #[arg(long = "path", value_name = "PATH", value_parser = page_path)]
    pub paths: Vec<String>,
    /// App only: stop sending requests after this many seconds [default: 30]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub budget: Option<Duration>,
    /// Stop an app that takes longer than this to load, to answer, or for one block of an answer
    /// [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub timeout: Option<Duration>,
    /// Run the apps with the embedded Python, or with this interpreter or virtual environment.
    /// Without it lessons run embedded, and an app of your own as for run
    #[arg(long, value_name = "embedded|PATH")]
    pub python: Option<Engine>,
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
}

impl CheckArgs {
    /// The pages to begin with, each once.
    pub fn app_paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = Vec::new();
        for path in &self.paths {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        if paths.is_empty() {
            paths.push("/".to_owned());
        }
        paths
    }

    /// Refuses the options of an app, for what is none.
    ///
    /// # Errors
    /// When one was given.
    pub fn refuse_app_options(&self) -> Result<(), OptionError> {
        let (option, example) = if !self.paths.is_empty() {
            ("--path", "/shop")
        } else if self.budget.is_some() {
            ("--budget", "60")
        } else {
            return Ok(());
        };
        Err(OptionError::OnlyForApps { option, example })
    }
}

/// A path to ask the app for, as it was typed: `/../x` is one of those an app must withstand.
fn page_path(text: &str) -> Result<String, OptionError> {
    typed_target(text).ok_or(OptionError::Path)
}

fn seconds(text: &str) -> Result<Duration, OptionError> {
    let seconds = text
        .parse()
        .ok()
        .filter(|it| (1..=MAX_SECONDS).contains(it));
    let seconds = seconds.ok_or(OptionError::Seconds { most: MAX_SECONDS })?;
    Ok(Duration::from_secs(seconds))
}

/// Seconds that an app, or a check of one, may be given.
const MAX_SECONDS: u64 = 3600;

#[derive(Debug, Args)]
pub struct LessonsArgs {
    #[command(subcommand)]
    pub command: LessonsCommand,
}

#[derive(Debug, Subcommand)]
pub enum LessonsCommand {
    /// Run every check, question and mistake of a course, under each Python there is
    Check {
        /// The folder of the course; without it, the lessons that came with the program
        folder: Option<PathBuf>,
        /// Only with this Python: embedded, or an interpreter or virtual environment
        #[arg(long, value_name = "embedded|PATH")]
        python: Option<Engine>,
    },
    /// Print the notes for whoever teaches with a course
    Notes {
        /// The folder of the course; without it, the lessons that came with the program
        folder: Option<PathBuf>,
    },
    /// Start a course: a folder with one small, complete lesson
    New {
        /// The folder, which must be empty or not exist yet
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The file, as saved with the key s
    pub file: PathBuf,
    /// Print it as sentences, without a screen
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Print it as lines of JSON, without a screen
    #[arg(long)]
    pub json: bool,
    /// Leave the mouse to the terminal, for its own selection
    #[arg(long)]
    pub no_mouse: bool,
    /// Colours for a dark or a light terminal, or the terminal's own sixteen
    #[arg(long, value_name = "THEME", value_enum, default_value_t = ThemeName::Auto)]
    pub theme: ThemeName,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// What: generator, query string, PATH_INFO, body-is-str, or a name of PHP's, in quotes:
    /// '$_GET'
    #[arg(value_name = "TERM")]
    pub words: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Without a name the callable is application or app, or else what create_app() or
make_app() gives. In a folder these are looked for: the application of a Django
project (manage.py), wsgi.py and app.py, those of the packages in it, and whatever
other file has one.

Without --python the app runs with the first of these:
  1. the virtual environment of its project: .venv or venv beside it, or in a folder above
  2. the virtual environment that is active, or else the one wsgi-tutor is installed in,
     if it has a module that the app imports and the embedded Python lacks
  3. the embedded Python (python3, in a build without it)
What was chosen, and why, is shown. --python embedded always takes the embedded one.")]
pub struct RunArgs {
    /// Which app: app.py, app.py:application, package.module:app, 'app:make("test")', or a folder
    /// [default: the one that is found in the current folder]
    pub app: Option<String>,
    /// Call the app from this many threads at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=MAX_CALLS), allow_negative_numbers = true)]
    pub threads: u8,
    /// Run the app in this many processes
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=MAX_CALLS), allow_negative_numbers = true)]
    pub workers: u8,
    /// Mount the app at this path, such as /shop; what follows it in a request is the app's own
    /// path
    #[arg(long, value_name = "PATH", value_parser = clap::value_parser!(Mount))]
    pub mount: Option<Mount>,
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// Threads in a process, and processes: more teach nothing more.
const MAX_CALLS: i64 = 16;

impl RunArgs {
    /// How many calls of the app can run at once.
    pub fn pool_size(&self) -> PoolSize {
        PoolSize {
            workers: usize::from(self.workers),
            threads: usize::from(self.threads),
        }
    }
}

#[derive(Debug, Args)]
pub struct WorkspaceArgs {
    /// Keep your copies of the apps here [default: in your data folder]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    #[command(flatten)]
    pub course: CourseArgs,
}

#[derive(Debug, Args)]
pub struct CourseArgs {
    /// Use the lessons in this folder, instead of those that came with the program
    #[arg(long, value_name = "DIR")]
    pub lessons: Option<PathBuf>,
}

/// How to serve, and how to show it.
#[derive(Debug, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct ServeArgs {
    /// Serve on this port; when it is taken, on the next free one (0: any)
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 8080,
        allow_negative_numbers = true
    )]
    pub port: u16,
    /// Serve on this address; other machines can reach it unless it is a loopback one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// Run the app with the embedded Python, or with this interpreter or virtual environment
    /// [default: embedded; for an app of your own the .venv beside it, if there is one]
    #[arg(long, value_name = "embedded|PATH")]
    pub python: Option<Engine>,
    /// Print each exchange as sentences, without a screen. A lesson is then taught in sentences,
    /// with commands on standard input; its command 'help' lists them
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Print each exchange as a line of JSON, without a screen
    #[arg(long)]
    pub json: bool,
    /// Stop an app that takes longer than this to load, to answer, or for one block of an answer
    /// [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub timeout: Option<Duration>,
    /// Do not record the lines of the app as they run
    #[arg(long)]
    pub no_trace: bool,
    /// Leave the mouse to the terminal, for its own selection
    #[arg(long)]
    pub no_mouse: bool,
    /// Colours for a dark or a light terminal, or the terminal's own sixteen
    #[arg(long, value_name = "THEME", value_enum, default_value_t = ThemeName::Auto)]
    pub theme: ThemeName,
}

/// Why a command line runs nothing.
pub enum Refusal {
    /// `--help` or `--version`: text for standard output.
    Help(String),
    /// A mistake: text for standard error, of several lines.
    Usage(String),
}

/// Reads the command line. The nearest option or command is named where one is misspelt.
///
/// # Errors
/// A [`Refusal`], when there is nothing to run.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Refusal> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    Cli::try_parse_from(&arguments).map_err(|error| {
        let text = visible_text(&error.render().to_string());
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Refusal::Help(text),
            ErrorKind::InvalidUtf8 => Refusal::Usage(not_utf8(&arguments)),
            _ => Refusal::Usage(text),
        }
    })
}

/// Names the arguments that are no UTF-8, which clap does not.
fn not_utf8(arguments: &[OsString]) -> String {
    let named = arguments.iter().skip(1).filter(|it| it.to_str().is_none());
    let shown: Vec<String> = named
        .map(|it| format!("'{}'", visible_bytes(it.as_encoded_bytes())))
        .collect();
    format!(
        "error: not UTF-8: {}; rename the file, or change to its folder first\n",
        shown.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    use clap::CommandFactory as _;
    use rstest::rstest;

    use super::{Cli, Refusal, parse};

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    /// What is said of a command line, without the usage.
    fn refused(arguments: &[&str]) -> String {
        let line = ["wsgi-tutor"].iter().chain(arguments).map(Into::into);
        match parse(line) {
            Err(Refusal::Usage(message)) => message,
            _ => panic!("{arguments:?} was accepted"),
        }
    }

    #[rstest]
    #[case(&["lessn"], &["unrecognized subcommand 'lessn'", "'lesson'"])]
    #[case(&["run", "app.py", "b.py"], &["unexpected argument 'b.py'", "Usage: wsgi-tutor run"])]
    #[case(&["run", "app.py", "--thread", "2"], &["'--thread'", "'--threads'"])]
    #[case(&["run", "app.py", "--threads", "0"], &["invalid value '0' for '--threads <N>'", "1..=16"])]
    #[case(&["run", "app.py", "--workers", "x"], &["invalid value 'x' for '--workers <N>'"])]
    #[case(&["check", "app.py", "--budgt", "9"], &["'--budgt'", "'--budget'", "Usage: wsgi-tutor check"])]
    #[case(&["reset", "1", "--workspac", "x"], &["'--workspac'", "'--workspace'", "Usage: wsgi-tutor reset"])]
    #[case(&["doctor", "--prot", "1"], &["'--prot'", "'--port'", "Usage: wsgi-tutor doctor"])]
    #[case(&["show"], &["<FILE>", "Usage: wsgi-tutor show"])]
    #[case(&["lesson", "1", "--port"], &["a value is required for '--port <PORT>'"])]
    #[case(&["lesson", "1", "--plain", "--json"], &["'--plain' cannot be used with '--json'"])]
    #[case(&["lesson", "1", "--port", "65536"], &["invalid value '65536' for '--port <PORT>'", "0..=65535"])]
    #[case(&["check", "app.py", "--path", "shop"], &["invalid value 'shop' for '--path <PATH>'", "as in /shop"])]
    #[case(&["check", "app.py", "--timeout", "-1"], &["invalid value '-1' for '--timeout <SECONDS>'"])]
    #[case(&["check", "app.py", "--budget", "soon"], &["invalid value 'soon' for '--budget <SECONDS>'"])]
    fn a_wrong_command_line_says_what_is_right(
        #[case] arguments: &[&str],
        #[case] expected: &[&str],
    ) {
        let message = refused(arguments);
        for text in expected {
            assert!(message.contains(text), "{text}: {message}");
        }
    }

    #[test]
    fn a_name_that_is_no_text_is_shown() {
        let name = OsString::from_vec(b"caf\xe9/app.py".to_vec());
        let line = ["wsgi-tutor", "run"].map(Into::into).into_iter();
        match parse(line.chain([name])) {
            Err(Refusal::Usage(message)) => assert!(
                message.contains("not UTF-8: 'caf\\xe9/app.py'; "),
                "{message}"
            ),
            _ => panic!("it was accepted"),
        }
    }
}
