//! The learner's own editor: `$VISUAL`, `$EDITOR` or `vi`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// An editor for a file.
pub struct Editor {
    command: String,
    file: PathBuf,
}

/// The editor could not be started, or said that something went wrong.
#[derive(Debug, thiserror::Error)]
#[error("the editor '{command}' failed; set EDITOR to another one, or edit {} in another window", file.display())]
pub struct EditorFailed {
    command: String,
    file: PathBuf,
}

impl Editor {
    /// The one that the environment names.
    pub fn of(file: &Path) -> Self {
        let command = ["VISUAL", "EDITOR"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.trim().is_empty())
            .unwrap_or_else(|| "vi".to_owned());
        Self {
            command,
            file: file.to_owned(),
        }
    }

    /// What starts it.
    ///
    /// # Errors
    /// When its command line cannot be read.
    pub fn command(&self) -> Result<Command, EditorFailed> {
        let words = shell_words::split(&self.command).map_err(|_| self.failed())?;
        let (program, arguments) = words.split_first().ok_or_else(|| self.failed())?;
        let mut command = Command::new(program);
        command.args(arguments).arg(&self.file);
        Ok(command)
    }

    /// What to say when it does not work.
    pub fn failed(&self) -> EditorFailed {
        EditorFailed {
            command: self.command.clone(),
            file: self.file.clone(),
        }
    }
}
