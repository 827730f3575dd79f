//! How far the learner has come, over all lessons. `docs/progress.md` describes the file it is kept
//! in; `file.rs` reads and writes it.

mod error;
mod file;

pub use file::{ProgressFile, state_folder};

use toml::{Table, Value};

use error::ProgressError;

/// The version of the format this program writes.
const FORMAT: i64 = 1;

/// How far the learner has come. What is not understood in it, as from a newer version or of a step
/// that is no more, is kept as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Progress(Table);

/// Something that is to be remembered. A lesson is named by `Catalogue::key`, a step by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The first words were read.
    Welcomed,
    /// The learner is at this step.
    At { lesson: String, step: String },
    /// A step is done.
    Done { lesson: String, step: String },
    /// A lesson begins anew.
    Forgotten { lesson: String },
}

impl Progress {
    /// Reads progress.
    ///
    /// # Errors
    /// Why it cannot be understood.
    pub fn read(text: &str) -> Result<Self, ProgressError> {
        let table: Table = toml::from_str(text)
            .map_err(|error| ProgressError::NotToml(error.message().to_owned()))?;
        let progress = Self(table);
        match progress.0.get("format") {
            Some(Value::Integer(_)) => {}
            _ => return Err(ProgressError::NoFormat),
        }
        let lessons = progress.0.get("lessons").map(Value::as_table);
        let sound = |lesson: &Value| {
            let table = lesson.as_table();
            table.is_some_and(|it| it.get("done").is_none_or(Value::is_table))
        };
        match lessons {
            None => Ok(progress),
            Some(Some(lessons)) if lessons.values().all(sound) => Ok(progress),
            Some(_) => Err(ProgressError::Lessons),
        }
    }

    /// Whether a newer version wrote it, which this one must not write over.
    pub fn is_newer(&self) -> bool {
        let format = self.0.get("format").and_then(Value::as_integer);
        format.is_some_and(|format| format > FORMAT)
    }

    /// As it stands in the file.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// Whether the first words were read.
    pub fn welcomed(&self) -> bool {
        self.0.get("welcomed").and_then(Value::as_bool) == Some(true)
    }

    pub fn is_done(&self, lesson: &str, step: &str) -> bool {
        let done = self
            .lesson(lesson)
            .and_then(|it| it.get("done")?.as_table());
        done.is_some_and(|done| done.contains_key(step))
    }

    /// The step a lesson was left at.
    pub fn at(&self, lesson: &str) -> Option<&str> {
        self.lesson(lesson)?.get("at")?.as_str()
    }

    /// The lesson that was open last.
    pub fn last(&self) -> Option<&str> {
        self.0.get("last")?.as_str()
    }

    /// Takes a change in, which happened at this time (RFC 3339).
    pub fn apply(&mut self, change: &Change, time: &str) {
        self.0.insert("format".to_owned(), FORMAT.into());
        match change {
            Change::Welcomed => {
                self.0.insert("welcomed".to_owned(), true.into());
            }
            Change::At { lesson, step } => {
                self.0.insert("last".to_owned(), lesson.as_str().into());
                let lesson = inner(inner(&mut self.0, "lessons"), lesson);
                lesson.insert("at".to_owned(), step.as_str().into());
            }
            Change::Done { lesson, step } => {
                let lesson = inner(inner(&mut self.0, "lessons"), lesson);
                let done = inner(lesson, "done");
                // When it was done first is what is remembered.
                done.entry(step.clone()).or_insert_with(|| time.into());
            }
            Change::Forgotten { lesson } => {
                inner(&mut self.0, "lessons").remove(lesson);
            }
        }
    }

    fn lesson(&self, lesson: &str) -> Option<&Table> {
        self.0.get("lessons")?.as_table()?.get(lesson)?.as_table()
    }
}

/// The table of this name inside another one, made if it is not there.
fn inner<'a>(table: &'a mut Table, name: &str) -> &'a mut Table {
    if !table.get(name).is_some_and(Value::is_table) {
        table.insert(name.to_owned(), Table::new().into());
    }
    match table.get_mut(name) {
        Some(Value::Table(inner)) => inner,
        // It was made just now.
        _ => unreachable!("{name} is a table"),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Change, Progress};

    fn done(step: &str) -> Change {
        Change::Done {
            lesson: "form-post".into(),
            step: step.into(),
        }
    }

    #[test]
    fn what_is_done_is_remembered() {
        let mut progress = Progress::default();
        assert!(!progress.welcomed());
        assert_eq!(progress.last(), None);
        progress.apply(&Change::Welcomed, "now");
        let at = Change::At {
            lesson: "form-post".into(),
            step: "blank".into(),
        };
        progress.apply(&at, "now");
        progress.apply(&done("look"), "then");
        progress.apply(&done("look"), "now");
        let again = Progress::read(&progress.text()).unwrap();
        assert_eq!(again, progress);
        assert!(again.welcomed());
        assert_eq!(again.last(), Some("form-post"));
        assert_eq!(again.at("form-post"), Some("blank"));
        assert!(again.is_done("form-post", "look"));
        assert!(!again.is_done("form-post", "blank"));
        assert!(again.text().contains("look = \"then\""), "{}", again.text());
        let forgotten = Change::Forgotten {
            lesson: "form-post".into(),
        };
        progress.apply(&forgotten, "now");
        assert!(!progress.is_done("form-post", "look"));
    }

    #[test]
    fn what_is_not_understood_is_kept() {
        let text = "format = 1\ncolour = \"red\"\n\n[lessons.form-post]\nmood = 7\n\n[lessons.form-post.done]\ngone = \"then\"\n";
        let mut progress = Progress::read(text).unwrap();
        progress.apply(&done("new"), "now");
        let text = progress.text();
        for kept in [
            "colour = \"red\"",
            "mood = 7",
            "gone = \"then\"",
            "new = \"now\"",
        ] {
            assert!(text.contains(kept), "{text}");
        }
    }

    #[rstest]
    #[case("format = 1\nlessons = 7")]
    #[case("format = 1\n[lessons]\na = 7")]
    #[case("format = 1\n[lessons.a]\ndone = 7")]
    #[case("format = 'x'")]
    #[case("")]
    #[case("\0\0\0")]
    fn what_cannot_be_progress_is_refused(#[case] text: &str) {
        Progress::read(text).unwrap_err();
    }

    #[test]
    fn a_newer_format_is_known_as_that() {
        assert!(Progress::read("format = 2").unwrap().is_newer());
        assert!(!Progress::read("format = 1").unwrap().is_newer());
    }
}
