//! The files of a lesson, as `docs/lessons.md` describes them.

mod arrange;
mod error;
mod files;
mod link;
mod mistake;
mod prose;
mod step;
mod text;
mod way;

#[cfg(test)]
mod tests;

use anyhow::Context as _;
use serde::Deserialize;

use crate::exchange::visible;

pub use error::LessonError;
use error::ManifestError;
pub use files::Files;
pub use link::Link;
pub use mistake::{Edit, Mistake};
pub use prose::{Mention, Mentioned};
pub use step::Step;
pub use way::Way;

/// The version of the format this program describes, and the oldest that it reads as well.
const FORMAT: u32 = 3;
const OLDEST_FORMAT: u32 = 2;

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    pub number: u32,
    /// As it is typed: `basic-response`.
    pub name: String,
    pub title: String,
    /// One line for the list of lessons.
    pub summary: String,
    /// The name of the application's file.
    pub file: String,
    /// The application as the lesson gives it.
    pub source: String,
    /// The name of the callable in it.
    pub callable: String,
    pub suggestion: Suggestion,
    /// The fields of the form, where the lesson has one.
    pub form: Vec<Field>,
    /// In order; at least one.
    pub steps: Vec<Step>,
    /// Mistakes to make on purpose, in order.
    pub mistakes: Vec<Mistake>,
    /// What the learner can do at the end, a sentence each.
    pub learned: Vec<String>,
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
    title: String,
    summary: String,
    app: String,
    callable: String,
    steps: Vec<String>,
    #[serde(default)]
    mistakes: Vec<String>,
    learned: Vec<String>,
    request: Suggestion,
    #[serde(default)]
    form: Vec<Field>,
    #[serde(rename = "format")]
    _format: u32,
}

/// What every version of `lesson.toml` has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Lesson {
    /// Reads a lesson from its folder.
    ///
    /// # Errors
    /// Everything that is wrong with its files, as far as they could be read.
    pub fn read(files: &Files) -> Result<Self, Vec<LessonError>> {
        let folder = files.name();
        let (number, name) = numbered(&folder).map_err(|error| vec![error])?;
        let manifest = Manifest::read(files).map_err(|error| vec![error])?;
        let mut errors = Vec::new();
        let mut steps = Vec::new();
        for id in &manifest.steps {
            match Step::read(files, id, &manifest.app) {
                Ok(step) => steps.push(step),
                Err(found) => errors.extend(found),
            }
        }
        let mut mistakes = Vec::new();
        for name in &manifest.mistakes {
            match Mistake::read(files, name) {
                Ok(mistake) => mistakes.push(mistake),
                Err(error) => errors.push(error),
            }
        }
        for mistake in &mistakes {
            if let Some(on) = mistake
                .on
                .as_ref()
                .filter(|on| !manifest.steps.contains(on))
            {
                let file = format!("{folder}/mistakes/{}.toml", mistake.name);
                let what = format!("on = '{on}': there is no such step");
                errors.push(LessonError::new(file, None, what));
            }
        }
        errors.extend(unnamed(files, "steps", &manifest.steps));
        errors.extend(unnamed(files, "mistakes", &manifest.mistakes));
        let other = files.folders("ways").into_iter();
        errors.extend(other.filter(|it| !manifest.steps.contains(it)).map(|it| {
            let what = format!("there is no step '{it}'");
            LessonError::new(format!("{folder}/ways/{it}"), None, what)
        }));
        let source = files
            .text(&manifest.app)
            .map_err(|error| errors.push(error));
        match source {
            Ok(source) if errors.is_empty() => Ok(Self {
                number,
                name,
                title: manifest.title,
                summary: manifest.summary,
                source,
                file: manifest.app,
                callable: manifest.callable,
                suggestion: manifest.request,
                form: manifest.form,
                steps,
                mistakes,
                learned: manifest.learned,
            }),
            _ => Err(errors),
        }
    }

    /// The name of the lesson's folder: `01-basic-response`.
    pub fn folder(&self) -> String {
        format!("{:02}-{}", self.number, self.name)
    }

    /// The file a step begins with: the solution before it, or the lesson's own application.
    pub fn before(&self, step: usize) -> &str {
        let earlier = self.steps.iter().take(step).rev();
        let mut solutions = earlier.filter_map(|step| step.solution.as_deref());
        solutions.next().unwrap_or(&self.source)
    }

    /// The application a mistake is made in where the learner's own cannot be: the solution of the
    /// step it names, or the lesson's own application.
    pub fn base_of(&self, mistake: &Mistake) -> &str {
        let step = mistake.on.as_ref().and_then(|on| self.place_of(on));
        // The file a step ends with is the one the next step begins with.
        step.map_or(&self.source, |step| self.before(step + 1))
    }

    /// The place of the step of this name, or of this number, counted from 1.
    ///
    /// # Errors
    /// When there is none; the error names those there are.
    pub fn find_step(&self, wanted: &str) -> anyhow::Result<usize> {
        let number = wanted.parse::<usize>().ok();
        let number = number.and_then(|number| number.checked_sub(1));
        let number = number.filter(|&place| place < self.steps.len());
        self.place_of(wanted).or(number).with_context(|| {
            let names: Vec<&str> = self.steps.iter().map(|step| step.id.as_str()).collect();
            format!(
                "lesson {} has no step '{}'; its steps are 1 to {}, or {}",
                self.number,
                visible(wanted),
                names.len(),
                names.join(", ")
            )
        })
    }

    /// The place of the step of this name, if there is one.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }
}

impl Manifest {
    fn read(files: &Files) -> Result<Self, LessonError> {
        let text = files.text("lesson.toml")?;
        let file = format!("{}/lesson.toml", files.name());
        let of_toml = |error| LessonError::of_toml(&file, &text, &error);
        // An older or newer file is told as that, and not by its first unknown key.
        let version: Version = toml::from_str(&text).map_err(of_toml)?;
        if !(OLDEST_FORMAT..=FORMAT).contains(&version.format) {
            let what = format!(
                "this program reads formats {OLDEST_FORMAT} and {FORMAT}, not {}",
                version.format
            );
            return Err(LessonError::new(file, None, what));
        }
        let manifest: Self = toml::from_str(&text).map_err(of_toml)?;
        manifest
            .validate()
            .map_err(|error| LessonError::new(file, None, error.to_string()))?;
        Ok(manifest)
    }

    fn validate(&self) -> Result<(), ManifestError> {
        let plain = |name: &String| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let names = self.steps.iter().chain(&self.mistakes);
        if let Some(name) = names.clone().find(|name| !plain(name)) {
            return Err(ManifestError::Name(name.clone()));
        }
        for (place, name) in self.steps.iter().enumerate() {
            if self.steps[..place].contains(name) {
                return Err(ManifestError::StepTwice(name.clone()));
            }
        }
        if self.steps.is_empty() {
            return Err(ManifestError::NoStep);
        }
        if self.app.contains(['/', '\\']) || self.app.starts_with('.') || self.app.is_empty() {
            return Err(ManifestError::App(self.app.clone()));
        }
        if !(1..=6).contains(&self.learned.len()) {
            return Err(ManifestError::Learned);
        }
        Ok(())
    }
}

/// The number and the name of a lesson's folder.
fn numbered(folder: &str) -> Result<(u32, String), LessonError> {
    let parts = folder.split_once('-');
    let parts = parts.and_then(|(number, name)| Some((number.parse().ok()?, name.to_owned())));
    parts.ok_or_else(|| {
        let what = "a lesson's folder is named by its number and its name, as 01-basic-response";
        LessonError::new(folder, None, what)
    })
}

/// Files that belong to no step or mistake: forgotten, or misspelt.
fn unnamed(files: &Files, folder: &str, names: &[String]) -> Vec<LessonError> {
    let error = |file: String| {
        let what = format!("'{folder}' in lesson.toml names nothing that uses this file");
        LessonError::new(format!("{}/{folder}/{file}", files.name()), None, what)
    };
    let stem = |file: &str| {
        file.split_once('.')
            .map_or(file, |(stem, _)| stem)
            .to_owned()
    };
    let there = files.names(folder).into_iter();
    there
        .filter(|file| !names.contains(&stem(file)))
        .map(error)
        .collect()
}
