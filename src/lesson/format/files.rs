//! Where the files of a lesson come from: this program itself, or a folder of somebody's own.

use std::fs;
use std::path::PathBuf;

use include_dir::Dir;

use super::error::LessonError;
use crate::ordinary_file;

/// Bytes of a lesson's file at most: it is text to read.
const MOST: u64 = 1024 * 1024;

/// The folder of one lesson.
#[derive(Debug, Clone)]
pub enum Files {
    Embedded(&'static Dir<'static>),
    Folder(PathBuf),
}

impl Files {
    /// The name of the lesson's folder: `01-basic-response`.
    pub fn name(&self) -> String {
        let path = match self {
            Self::Embedded(folder) => folder.path(),
            Self::Folder(folder) => folder,
        };
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn text(&self, name: &str) -> Result<String, LessonError> {
        let failed = |what: String| LessonError::new(format!("{}/{name}", self.name()), None, what);
        self.find(name)?
            .ok_or_else(|| failed("the file is missing".to_owned()))
    }

    /// The text of a file that may be left out.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn find(&self, name: &str) -> Result<Option<String>, LessonError> {
        let bytes = match self {
            Self::Embedded(folder) => {
                let file = folder.get_file(folder.path().join(name));
                file.map(|file| Ok(file.contents().to_vec()))
            }
            Self::Folder(folder) => {
                let path = folder.join(name);
                path.exists()
                    .then(|| ordinary_file::read_up_to(&path, MOST))
            }
        };
        let failed = |what: String| LessonError::new(format!("{}/{name}", self.name()), None, what);
        let Some(bytes) = bytes else { return Ok(None) };
        let bytes = bytes.map_err(|error| failed(format!("the file cannot be read: {error}")))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..valid]
                    .split(|&byte| byte == b'\n')
                    .count();
                Err(LessonError {
                    line: Some(line),
                    ..failed("the file is not UTF-8 here".to_owned())
                })
            }
        }
    }

    /// The names of the folders in a folder of the lesson, sorted.
    pub fn folders(&self, folder: &str) -> Vec<String> {
        let entries = self.entries(folder).into_iter();
        let folders = entries.filter(|(_, is_folder)| *is_folder);
        folders.map(|(name, _)| name).collect()
    }

    /// The names of all that lies in a folder of the lesson, sorted; none where there is no such
    /// folder.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = self.entries(folder).into_iter();
        entries.map(|(name, _)| name).collect()
    }

    /// Each name in a folder of the lesson, sorted, and whether it is a folder.
    fn entries(&self, folder: &str) -> Vec<(String, bool)> {
        let entries: Vec<(PathBuf, bool)> = match self {
            Self::Embedded(lesson) => lesson
                .get_dir(lesson.path().join(folder))
                .into_iter()
                .flat_map(Dir::entries)
                .map(|entry| (entry.path().to_owned(), entry.as_dir().is_some()))
                .collect(),
            Self::Folder(lesson) => fs::read_dir(lesson.join(folder))
                .into_iter()
                .flatten()
                .filter_map(|entry| Some(entry.ok()?.path()))
                .map(|path| (path.clone(), path.is_dir()))
                .collect(),
        };
        let pairs = entries.into_iter().filter_map(|(path, is_folder)| {
            Some((path.file_name()?.to_string_lossy().into_owned(), is_folder))
        });
        // What editors and file managers leave behind.
        let mut names: Vec<_> = pairs
            .filter(|(name, _)| !name.starts_with('.') && !name.ends_with('~'))
            .collect();
        names.sort();
        names
    }
}
