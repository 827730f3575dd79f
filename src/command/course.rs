//! The lessons and the learner's copies of their apps, and the commands about them that serve
//! nothing: which there are, how far the learner has come, starting over.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::output::{FAILED, USAGE, complain, complain_of, print};
use crate::cli::{Cli, Command, DoctorArgs, LessonsArgs, LessonsCommand, ResetArgs};
use crate::doctor;
use crate::exchange::{visible, visible_json};
use crate::lesson::{
    Catalogue, Change, LessonError, ProgressFile, Workspace, default_folder, listing, notes_of,
    state_folder,
};
use crate::python::Engine;
use crate::verify;

/// The lessons, and where the learner's copies of their apps are.
pub struct Course {
    pub catalogue: Catalogue,
    /// The folder that was asked for.
    workspace: Option<PathBuf>,
}

impl Course {
    /// The lessons that came with the program, or those that the command line names.
    ///
    /// # Errors
    /// When these are not a course.
    pub fn open(cli: &Cli) -> Result<Self, Vec<LessonError>> {
        let arguments = match &cli.command {
            Some(Command::Lesson(arguments)) => &arguments.workspace,
            Some(Command::Check(arguments)) => &arguments.workspace,
            Some(Command::Reset(arguments)) => &arguments.workspace,
            Some(Command::Doctor(arguments)) => &arguments.workspace,
            _ => &cli.workspace,
        };
        let lessons = match &cli.command {
            Some(Command::List(arguments)) => &arguments.lessons,
            Some(Command::Lessons(LessonsArgs {
                command: LessonsCommand::Check { folder, .. } | LessonsCommand::Notes { folder },
            })) => folder,
            _ => &arguments.course.lessons,
        };
        let lessons = lessons.as_deref();
        Ok(Self {
            catalogue: lessons.map_or_else(Catalogue::embedded, Catalogue::read)?,
            workspace: arguments.workspace.clone(),
        })
    }

    /// The folder of the learner's copies.
    ///
    /// # Errors
    /// When none was asked for and there is no home folder.
    pub fn workspace(&self) -> anyhow::Result<PathBuf> {
        let folder = self.workspace.clone().map_or_else(default_folder, Ok)?;
        Ok(self.catalogue.workspace(&folder))
    }
}

/// What progress is kept in, if it can be kept; and what has to be said about it.
pub fn progress() -> (Option<ProgressFile>, Option<String>) {
    match state_folder().and_then(|folder| ProgressFile::open(&folder)) {
        Ok((file, said)) => (Some(file), said),
        Err(error) => (None, Some(format!("{error:#}"))),
    }
}

/// The lessons, and how far the learner has come.
pub fn list(course: &Course) -> ExitCode {
    let (progress, notice) = progress();
    let progress = progress.map(|file| file.progress().clone());
    if let Some(notice) = notice {
        complain(&notice, FAILED);
    }
    print(&listing(&course.catalogue, &progress.unwrap_or_default()))
}

/// Begins a lesson anew.
pub fn reset(course: &Course, arguments: &ResetArgs) -> ExitCode {
    let catalogue = &course.catalogue;
    let place = match catalogue.find(&arguments.lesson) {
        Ok(place) => place,
        Err(unknown) => return complain(&unknown.to_string(), USAGE),
    };
    let lesson = &catalogue.lessons[place];
    let workspace = course.workspace();
    let kept = match workspace.and_then(|folder| Workspace::new(&folder).reset(lesson)) {
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
pub fn examine(course: &Course, arguments: &DoctorArgs) -> ExitCode {
    let findings = doctor::examine(&doctor::Configuration {
        python: arguments.python.clone(),
        home: std::env::current_dir().ok(),
        port: arguments.port,
        workspace: course.workspace(),
    });
    match serde_json::to_string(&findings) {
        Ok(json) if arguments.json => print(&format!("{}\n", visible_json(json))),
        _ => print(&doctor::told(&findings)),
    };
    ExitCode::from(u8::from(!doctor::is_well(&findings)))
}

/// Verifies the lessons themselves, with the same exit codes.
pub fn check_lessons(catalogue: &Catalogue, python: Option<Engine>) -> ExitCode {
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

/// Prints the notes for whoever teaches with the lessons.
pub fn notes(catalogue: &Catalogue) -> ExitCode {
    print(&notes_of(catalogue))
}

pub fn begin_course(folder: &Path) -> ExitCode {
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
