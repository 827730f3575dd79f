//! Other ways to do a step: right ones that its checks must accept, and wrong ones with what the
//! learner must be told of them. They are for whoever writes lessons; a learner never sees them.

use super::error::LessonError;
use super::files::Files;

/// How the first line of a wrong way begins.
const TOLD: &str = "# told: ";

/// The application as somebody may write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its file, from the course's folder on.
    pub file: String,
    pub source: String,
    /// How what a learner is told begins, where the way is wrong.
    pub told: Option<String>,
}

impl Way {
    /// Reads `ways/STEP/right/` and `ways/STEP/wrong/`.
    pub(super) fn read_all(files: &Files, step: &str) -> Result<Vec<Self>, Vec<LessonError>> {
        let (mut ways, mut errors) = (Vec::new(), Vec::new());
        for kind in ["right", "wrong"] {
            let folder = format!("ways/{step}/{kind}");
            for name in files.names(&folder) {
                match Self::read(files, &format!("{folder}/{name}"), kind == "wrong") {
                    Ok(way) => ways.push(way),
                    Err(error) => errors.push(error),
                }
            }
        }
        if errors.is_empty() {
            Ok(ways)
        } else {
            Err(errors)
        }
    }

    fn read(files: &Files, path: &str, is_wrong: bool) -> Result<Self, LessonError> {
        let source = files.text(path)?;
        let file = format!("{}/{path}", files.name());
        let told = source.lines().next().and_then(|it| it.strip_prefix(TOLD));
        let told = match (told, is_wrong) {
            (Some(told), true) if !told.trim().is_empty() => Some(told.trim().to_owned()),
            (None, false) => None,
            (_, true) => {
                let what = format!(
                    "a wrong way begins with a line '{TOLD}' and the beginning of what the learner is told"
                );
                return Err(LessonError::new(file, 1, what));
            }
            (Some(_), false) => {
                let what = "nothing is told of a right way: it passes";
                return Err(LessonError::new(file, 1, what));
            }
        };
        Ok(Self { file, source, told })
    }
}
