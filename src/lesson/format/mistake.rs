//! A mistake to make on purpose: edits of the application, and a question about what comes of them.

use serde::Deserialize;
use toml::Spanned;

use super::error::{LessonError, line_of};
use super::files::Files;
use super::step::QuestionFile;
use crate::lesson::check::{Answer, Question, RequestSpec};

/// A mistake to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The name of its file: `body-is-str`.
    pub name: String,
    pub title: String,
    /// What the tutor calls it, as in `wsgi-tutor explain body-is-str`.
    pub slug: Option<String>,
    /// The step whose solution is broken where the learner's file cannot be.
    pub on: Option<String>,
    pub edits: Vec<Edit>,
    pub question: Question,
}

/// A piece of the file, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub find: String,
    pub replace: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MistakeFile {
    title: String,
    mistake: Option<String>,
    on: Option<String>,
    edit: Vec<Edit>,
    asks: Spanned<String>,
    send: RequestSpec,
    why: String,
    answer: Vec<Answer>,
}

impl Mistake {
    /// Reads `mistakes/NAME.toml`.
    pub(super) fn read(files: &Files, name: &str) -> Result<Self, LessonError> {
        let path = format!("mistakes/{name}.toml");
        let text = files.text(&path)?;
        let file = format!("{}/{path}", files.name());
        let read: MistakeFile =
            toml::from_str(&text).map_err(|error| LessonError::of_toml(&file, &text, &error))?;
        let line = line_of(&text, read.asks.span().start);
        if read.edit.is_empty() || read.edit.iter().any(|edit| edit.find.is_empty()) {
            let what = "a mistake has at least one edit, and each finds something";
            return Err(LessonError::new(file, line, what));
        }
        let question = QuestionFile {
            asks: read.asks,
            send: read.send,
            why: read.why,
            answer: read.answer,
        };
        Ok(Self {
            name: name.to_owned(),
            title: read.title,
            slug: read.mistake,
            on: read.on,
            edits: read.edit,
            question: question.validate(&file, &text)?,
        })
    }

    /// The source with the mistake in it; `None` where what is to be replaced does not stand there
    /// exactly once.
    pub fn make_in(&self, source: &str) -> Option<String> {
        let mut broken = source.to_owned();
        for edit in &self.edits {
            if broken.matches(&edit.find).count() != 1 {
                return None;
            }
            broken = broken.replacen(&edit.find, &edit.replace, 1);
        }
        Some(broken)
    }
}
