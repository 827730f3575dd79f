//! What a command prints, and the exit code it ends with.

use std::io::Write as _;
use std::process::ExitCode;

use crate::exchange::{visible, visible_text};
use crate::headless;
use crate::lesson::LessonError;

/// Something could not be run.
pub const FAILED: u8 = 1;
/// The command line could not be obeyed.
pub const USAGE: u8 = 2;

pub fn ended(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("{error:#}"), FAILED),
    }
}

/// Courses, learners and visitors wrote some of it, and a terminal obeys what is in it.
pub fn print(text: &str) -> ExitCode {
    print_bytes(visible_text(text).as_bytes())
}

/// A reader that has gone, as in `| head`, is a normal end; a disk that is full is not.
pub fn print_bytes(bytes: &[u8]) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if !headless::is_unread(&error) => {
            complain(&headless::unwritten(&error), FAILED)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Says what is wrong with lessons, a line each.
pub fn complain_of(errors: &[LessonError], code: u8) -> ExitCode {
    for error in errors {
        complain(&error.to_string(), code);
    }
    ExitCode::from(code)
}

pub fn complain(message: &str, code: u8) -> ExitCode {
    // It may hold what somebody typed, or the name of a file.
    let _ = writeln!(std::io::stderr(), "wsgi-tutor: {}", visible(message));
    ExitCode::from(code)
}
