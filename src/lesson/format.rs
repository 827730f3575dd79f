//! The files of a lesson: `lesson.toml`, `text.md` and the application.

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;

/// The version of the format this program reads.
const FORMAT: u32 = 1;

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    pub number: u32,
    /// As it is typed: `basic-response`.
    pub name: String,
    pub title: String,
    /// One line for the list of lessons.
    pub summary: String,
    /// The lesson's text, in Markdown.
    pub text: String,
    /// The name of the application's file.
    pub file: String,
    /// The application as the lesson gives it.
    pub source: String,
    /// The name of the callable in it.
    pub callable: String,
    pub suggestion: Suggestion,
    /// The fields of the form, where the lesson has one.
    pub form: Vec<Field>,
}

/// The request one key sends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    pub method: String,
    pub path: String,
}

/// A field of a form, and what stands in it at first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    pub value: String,
}

/// `lesson.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    title: String,
    summary: String,
    app: String,
    callable: String,
    request: Suggestion,
    #[serde(default)]
    form: Vec<Field>,
}

impl Lesson {
    /// Reads a lesson from its folder's name, as `01-basic-response`, and its files.
    ///
    /// # Errors
    /// When a file is missing or malformed; the error names it.
    pub fn read(folder: &str, file: impl Fn(&str) -> Option<&'static str>) -> anyhow::Result<Self> {
        let text = |name: &str| {
            file(name)
                .map(str::to_owned)
                .with_context(|| format!("{folder}/{name} is missing"))
        };
        let Some((number, name)) = folder.split_once('-') else {
            bail!("{folder}: a lesson's folder is named as 01-basic-response");
        };
        let number = number
            .parse()
            .with_context(|| format!("{folder}: its name must begin with a number"))?;
        let manifest: Manifest = toml::from_str(&text("lesson.toml")?)
            .with_context(|| format!("{folder}/lesson.toml"))?;
        ensure!(
            manifest.format == FORMAT,
            "{folder}/lesson.toml: this program reads format {FORMAT}, not {}",
            manifest.format
        );
        Ok(Self {
            number,
            name: name.to_owned(),
            title: manifest.title,
            summary: manifest.summary,
            text: text("text.md")?,
            source: text(&manifest.app)?,
            file: manifest.app,
            callable: manifest.callable,
            suggestion: manifest.request,
            form: manifest.form,
        })
    }

    /// The name of the lesson's folder: `01-basic-response`.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("{:02}-{}", self.number, self.name)
    }
}
