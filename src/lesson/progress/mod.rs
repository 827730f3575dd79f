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
    /// The step's question was answered; whether the first answer was right.
    Guessed {
        lesson: String,
        step: String,
        right: bool,
    },
    /// So many hints of a step were shown.
    Hinted {
        lesson: String,
        step: String,
        hints: usize,
    },
    /// The solution of a step was looked at before the step was done.
    SolutionSeen { lesson: String, step: String },
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
                let lesson = self.inner_of(lesson);
                lesson.insert("at".to_owned(), step.as_str().into());
            }
            Change::Done { lesson, step } => {
                let done = inner(self.inner_of(lesson), "done");
                // When it was done first is what is remembered.
                done.entry(step.clone()).or_insert_with(|| time.into());
            }
            Change::Guessed {
                lesson,
                step,
                right,
            } => {
                let guesses = inner(self.inner_of(lesson), "guesses");
                guesses
                    .entry(step.clone())
                    .or_insert_with(|| Value::from(if *right { "right" } else { "wrong" }));
            }
            Change::Hinted {
                lesson,
                step,
                hints,
            } => {
                let known = self.hints(lesson, step);
                let hints = i64::try_from(known.max(*hints)).unwrap_or(i64::MAX);
                inner(self.inner_of(lesson), "hints").insert(step.clone(), hints.into());
            }
            Change::SolutionSeen { lesson, step } => {
                let seen = inner(self.inner_of(lesson), "solutions");
                seen.entry(step.clone()).or_insert_with(|| time.into());
            }
            Change::Forgotten { lesson } => {
                inner(&mut self.0, "lessons").remove(lesson);
            }
        }
    }

    /// Whether the first answer to a step's question was right; nothing where none was given.
    pub fn guess(&self, lesson: &str, step: &str) -> Option<bool> {
        match self.of_step(lesson, "guesses", step)?.as_str()? {
            "right" => Some(true),
            "wrong" => Some(false),
            _ => None,
        }
    }

    /// How many hints of a step were shown.
    pub fn hints(&self, lesson: &str, step: &str) -> usize {
        let hints = self.of_step(lesson, "hints", step);
        let hints = hints.and_then(Value::as_integer);
        hints.map_or(0, |hints| usize::try_from(hints).unwrap_or(0))
    }

    /// Whether the solution of a step was looked at before the step was done.
    pub fn has_seen_solution(&self, lesson: &str, step: &str) -> bool {
        self.of_step(lesson, "solutions", step).is_some()
    }

    fn of_step(&self, lesson: &str, what: &str, step: &str) -> Option<&Value> {
        self.lesson(lesson)?.get(what)?.as_table()?.get(step)
    }

    fn inner_of(&mut self, lesson: &str) -> &mut Table {
        inner(inner(&mut self.0, "lessons"), lesson)
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
    fn the_first_guess_the_most_hints_and_a_solution_are_remembered() {
        let mut progress = Progress::default();
        let names = || ("form-post".to_owned(), "look".to_owned());
        assert_eq!(progress.guess("form-post", "look"), None);
        for right in [false, true] {
            let (lesson, step) = names();
            let guessed = Change::Guessed {
                lesson,
                step,
                right,
            };
            progress.apply(&guessed, "now");
        }
        for hints in [2, 1] {
            let (lesson, step) = names();
            let hinted = Change::Hinted {
                lesson,
                step,
                hints,
            };
            progress.apply(&hinted, "now");
        }
        assert!(!progress.has_seen_solution("form-post", "look"));
        let (lesson, step) = names();
        progress.apply(&Change::SolutionSeen { lesson, step }, "now");
        let progress = Progress::read(&progress.text()).unwrap();
        assert_eq!(progress.guess("form-post", "look"), Some(false));
        assert_eq!(progress.hints("form-post", "look"), 2);
        assert!(progress.has_seen_solution("form-post", "look"));
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
