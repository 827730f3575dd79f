//! Parse the command line, run what it asks for, say how it went.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use signal_hook::consts::SIGXFSZ;
use signal_hook::flag;
use wsgi_tutor::cli::{
    self, CheckArgs, Cli, Command, DoctorArgs, LessonsArgs, LessonsCommand, Refusal, ResetArgs,
    RunArgs, ServeArgs, ShowArgs, WorkspaceArgs,
};
use wsgi_tutor::doctor;
use wsgi_tutor::exchange::{visible, visible_json, visible_text};
use wsgi_tutor::explain;
use wsgi_tutor::headless::{self, Style, Subject};
use wsgi_tutor::lesson::{
    Catalogue, Change, Lesson, LessonError, ProgressFile, Workspace, default_folder, listing,
    state_folder,
};
use wsgi_tutor::locate::{self, BrokenEnvironment, Located, Surroundings};
use wsgi_tutor::manual;
use wsgi_tutor::progress_line::ProgressLine;
use wsgi_tutor::python::{self, DEFAULT_TIMEOUT, Engine, EngineChoice, PoolSize, Target};
use wsgi_tutor::recording;
use wsgi_tutor::session::{Options, resources};
use wsgi_tutor::tui::{
    self, Open,
    theme::{Theme, ThemeName},
};
use wsgi_tutor::verify::{self, CheckOptions, Outcome};

/// Something could not be run.
const FAILED: u8 = 1;
/// The command line could not be obeyed.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match arguments.get(1).and_then(|word| word.to_str()) {
        Some(python::WORKER_COMMAND) => return python::run_worker(&arguments[2..]),
        Some(python::WATCHDOG_COMMAND) => return python::run_watchdog(&arguments[2..]),
        _ => {}
    }
    // A file that would be larger than this user's may be is an error like a full disk, and no
    // reason to be killed. Without this it is one.
    let _ = flag::register(SIGXFSZ, Arc::default());
    resources::spare_addresses(&arguments);
    match cli::parse(arguments) {
        Ok(cli) => run(cli),
        Err(Refusal::Help(text)) => print(&text),
        Err(Refusal::Usage(text)) => {
            // Where standard error is closed there is nobody to tell.
            let _ = write!(std::io::stderr(), "{text}");
            ExitCode::from(USAGE)
        }
    }
}

fn run(cli: Cli) -> ExitCode {
    let catalogue = match lessons(&cli) {
        Ok(catalogue) => catalogue,
        Err(errors) => return complain_of(&errors, FAILED),
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
        Some(Command::Check(arguments)) => check(&catalogue, &arguments),
        Some(Command::Lessons(arguments)) => match arguments.command {
            LessonsCommand::Check { python, .. } => check_lessons(&catalogue, python),
            LessonsCommand::New { folder } => begin_course(&folder),
        },
        Some(Command::List(_)) => list(&catalogue),
        Some(Command::Reset(arguments)) => reset(&catalogue, &arguments),
        Some(Command::Doctor(arguments)) => examine(&catalogue, &arguments),
        Some(Command::Completions { shell }) => print_bytes(&manual::completions(shell)),
        Some(Command::Man) => match manual::man_page() {
            Ok(page) => print_bytes(&page),
            Err(error) => complain(&error.to_string(), FAILED),
        },
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
        None if !std::io::stdout().is_terminal() => list(&catalogue),
        None => teach(catalogue, None, &cli.workspace, &cli.serve),
    }
}

/// The lessons that came with the program, or those of a course of somebody's own.
fn lessons(cli: &Cli) -> Result<Catalogue, Vec<LessonError>> {
    let course = match &cli.command {
        Some(Command::Lesson(arguments)) => &arguments.workspace.course.lessons,
        Some(Command::Check(arguments)) => &arguments.workspace.course.lessons,
        Some(Command::Reset(arguments)) => &arguments.workspace.course.lessons,
        Some(Command::Doctor(arguments)) => &arguments.workspace.course.lessons,
        Some(Command::List(arguments)) => &arguments.lessons,
        Some(Command::Lessons(LessonsArgs {
            command: LessonsCommand::Check { folder, .. },
        })) => folder,
        _ => &cli.workspace.course.lessons,
    };
    course
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
    let python = serve.python.clone().unwrap_or_default();
    let options = options(serve, python.into(), PoolSize::default());
    let lesson = place.and_then(|place| catalogue.lessons.get(place));
    ended(
        if let (Some(style), Some(lesson)) = (style(serve.json, serve.plain), lesson) {
            headless::run(&options, &Subject::Lesson(lesson, &folder), style)
        } else {
            let (progress, notice) = progress();
            let last = progress
                .as_ref()
                .and_then(|file| catalogue.last(file.progress()));
            let open = place.or(last).map_or(Open::List, Open::Lesson);
            let settings = tui::Settings {
                progress,
                notice,
                ..settings(options, open, folder, serve)
            };
            tui::run(settings, catalogue)
        },
    )
}

/// What progress is kept in, if it can be kept; and what has to be said about it.
fn progress() -> (Option<ProgressFile>, Option<String>) {
    match state_folder().and_then(|folder| ProgressFile::open(&folder)) {
        Ok((file, said)) => (Some(file), said),
        Err(error) => (None, Some(format!("{error:#}"))),
    }
}

/// Runs an app of the user's own, in the current folder.
fn run_app(catalogue: Catalogue, arguments: &RunArgs) -> ExitCode {
    let serve = &arguments.serve;
    let surroundings = Surroundings::of_process();
    let target = std::env::current_dir()
        .map_err(|error| format!("the current folder no longer exists: {error}"))
        .and_then(|folder| locate::application(arguments.app.as_deref(), &folder, &surroundings));
    let Located { target, found } = match target {
        Ok(located) => located,
        Err(message) => return complain(&message, USAGE),
    };
    let python = match python_for(serve.python.as_ref(), &target, &surroundings) {
        Ok(python) => python,
        Err(broken) => return complain(&broken.to_string(), FAILED),
    };
    let notice = notice(found.as_deref(), &target, &python);
    let options = options(serve, python, arguments.pool_size());
    ended(match style(serve.json, serve.plain) {
        Some(style) => {
            name_found(found.as_deref());
            headless::run(&options, &Subject::App(target), style)
        }
        None => default_folder().and_then(|folder| {
            let settings = tui::Settings {
                notice,
                ..settings(options, Open::App(target), folder, serve)
            };
            tui::run(settings, catalogue)
        }),
    })
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
fn name_found(found: Option<&str>) {
    if let Some(found) = found {
        complain(&format!("running {found}"), FAILED);
    }
}

/// The lessons, and how far the learner has come.
fn list(catalogue: &Catalogue) -> ExitCode {
    let (progress, notice) = progress();
    let progress = progress.map(|file| file.progress().clone());
    if let Some(notice) = notice {
        complain(&notice, FAILED);
    }
    print(&listing(catalogue, &progress.unwrap_or_default()))
}

/// Begins a lesson anew.
fn reset(catalogue: &Catalogue, arguments: &ResetArgs) -> ExitCode {
    let place = match catalogue.find(&arguments.lesson) {
        Ok(place) => place,
        Err(unknown) => return complain(&unknown.to_string(), USAGE),
    };
    let lesson = &catalogue.lessons[place];
    let folder = arguments.workspace.workspace.clone();
    let folder = folder.map_or_else(default_folder, Ok);
    let kept =
        folder.and_then(|folder| Workspace::new(&catalogue.workspace(&folder)).reset(lesson));
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => return complain(&format!("{error:#}"), FAILED),
    };
    let forgotten = Change::Forgotten {
        lesson: catalogue.key(lesson),
    };
    if let (Some(mut file), _) = progress()
        && let Err(error) = file.record(&[forgotten])
    {
        return complain(&format!("{error:#}"), FAILED);
    }
    print(&match kept {
        Some(kept) => format!(
            "Lesson {} starts over. Your files are kept in {}.\n",
            lesson.number,
            visible(&kept.to_string_lossy())
        ),
        None => format!(
            "You have not started lesson {}; there is nothing to reset.\n",
            lesson.number
        ),
    })
}

/// Looks at what the lessons need: exit code 1 when something is broken.
fn examine(catalogue: &Catalogue, arguments: &DoctorArgs) -> ExitCode {
    let folder = arguments.workspace.workspace.clone();
    let folder = folder.map_or_else(default_folder, Ok);
    let findings = doctor::examine(&doctor::Configuration {
        python: arguments.python.clone(),
        home: std::env::current_dir().ok(),
        port: arguments.port,
        workspace: folder.map(|folder| catalogue.workspace(&folder)),
    });
    match serde_json::to_string(&findings) {
        Ok(json) if arguments.json => print(&format!("{}\n", visible_json(json))),
        _ => print(&doctor::told(&findings)),
    };
    ExitCode::from(u8::from(!doctor::is_well(&findings)))
}

/// Verifies the learner's files, or looks for mistakes in an app: exit code 0 when all is right, 1
/// when something is not, 2 when they could not be run.
fn check(catalogue: &Catalogue, arguments: &CheckArgs) -> ExitCode {
    let app = arguments
        .lesson
        .as_deref()
        .filter(|word| is_app(catalogue, word));
    if let Some(app) = app {
        return match check_app(app, arguments) {
            Ok(Outcome::Right) => ExitCode::SUCCESS,
            Ok(Outcome::Wrong) => ExitCode::from(FAILED),
            Ok(Outcome::Unchecked) => ExitCode::from(USAGE),
            Err(error) => complain(&format!("{error:#}"), USAGE),
        };
    }
    if let Err(message) = arguments.refuse_app_options() {
        return complain(&message, USAGE);
    }
    match checked(catalogue, arguments) {
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
    let folder = std::env::current_dir()
        .map_err(|error| anyhow::anyhow!("the current folder no longer exists: {error}"))?;
    let surroundings = Surroundings::of_process();
    let located = locate::application(Some(app), &folder, &surroundings);
    let Located { target, found } = located.map_err(anyhow::Error::msg)?;
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
    if arguments.json {
        print(&format!(
            "{}\n",
            visible_json(serde_json::to_string(&report)?)
        ));
    } else {
        print(&report.told());
    }
    Ok(report.outcome())
}

fn checked(catalogue: &Catalogue, arguments: &CheckArgs) -> anyhow::Result<bool> {
    let folder = arguments.workspace.workspace.clone();
    let folder = folder.map_or_else(default_folder, Ok)?;
    let workspace = Workspace::new(&catalogue.workspace(&folder));
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
        if arguments.json {
            print(&format!(
                "{}\n",
                visible_json(serde_json::to_string(&report)?)
            ));
        } else {
            print(&report.told());
        }
    }
    Ok(passed)
}

/// Verifies the lessons themselves, with the same exit codes.
fn check_lessons(catalogue: &Catalogue, python: Option<Engine>) -> ExitCode {
    let engines = python.map_or_else(verify::engines, |engine| vec![engine]);
    let mut tell = |line: &str| {
        print(&format!("{line}\n"));
    };
    match verify::course(catalogue, &engines, &mut tell) {
        Ok(errors) if errors.is_empty() => print("Everything passes.\n"),
        Ok(errors) => complain_of(&errors, FAILED),
        Err(error) => complain(&format!("{error:#}"), USAGE),
    }
}

fn begin_course(folder: &Path) -> ExitCode {
    match verify::skeleton(folder) {
        Ok(()) => {
            let folder = visible(&folder.to_string_lossy());
            print(&format!(
                "{folder} now has a course with one lesson.\n\
                 wsgi-tutor lessons check {folder} runs its checks;\n\
                 wsgi-tutor lesson 1 --lessons {folder} opens it.\n"
            ))
        }
        Err(error) => complain(&format!("{error:#}"), FAILED),
    }
}

/// Opens a recording.
fn show(catalogue: Catalogue, arguments: &ShowArgs) -> ExitCode {
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

/// The Python for an app of the user's own: the one that was named, or else one that suits it.
fn python_for(
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

/// Courses, learners and visitors wrote some of it, and a terminal obeys what is in it.
fn print(text: &str) -> ExitCode {
    print_bytes(visible_text(text).as_bytes())
}

/// A reader that has gone, as in `| head`, is a normal end; a disk that is full is not.
fn print_bytes(bytes: &[u8]) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if !headless::is_unread(&error) => {
            complain(&headless::unwritten(&error), FAILED)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Says what is wrong with lessons, a line each.
fn complain_of(errors: &[LessonError], code: u8) -> ExitCode {
    for error in errors {
        complain(&error.to_string(), code);
    }
    ExitCode::from(code)
}

fn complain(message: &str, code: u8) -> ExitCode {
    // It may hold what somebody typed, or the name of a file.
    let _ = writeln!(std::io::stderr(), "wsgi-tutor: {}", visible(message));
    ExitCode::from(code)
}
