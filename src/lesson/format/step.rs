//! A step of a lesson: its text, its checks, its question and its solution.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Suggestion;
use super::error::{LessonError, line_of};
use super::files::Files;
use super::prose::{Mention, mentions, remarks};
use super::text::take_apart;
use super::way::Way;
use crate::lesson::check::{
    Answer, By, Check, Expectation, Kind, Question, RequestSpec, SpecError, Try, Wrong,
};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name, which stays the same when its text changes: `another-status`.
    pub id: String,
    pub title: String,
    /// What the learner reads, in Markdown.
    pub text: String,
    /// What there is to do, in Markdown; empty where there is nothing.
    pub task: String,
    /// From a nudge to nearly the answer, in Markdown.
    pub hints: Vec<String>,
    /// For whoever teaches with it, in Markdown; a learner never sees them.
    pub notes: String,
    pub checks: Vec<Check>,
    pub question: Option<Question>,
    /// What `space` sends in this step, where it is not what the lesson says.
    pub suggestion: Option<Suggestion>,
    /// The application as it may look when the step is done.
    pub solution: Option<String>,
    /// Other ways to do it, right and wrong.
    pub ways: Vec<Way>,
    /// What the text names that must exist.
    pub mentions: Vec<Mention>,
    /// What is too long in the text.
    pub remarks: Vec<LessonError>,
}

impl Step {
    /// Whether the learner's file has to change.
    pub fn is_exercise(&self) -> bool {
        self.checks.iter().any(Check::is_sent)
    }

    /// Reads `steps/ID.md`, and `steps/ID.toml` and `steps/ID.py` where there are such.
    pub(super) fn read(files: &Files, id: &str, app: &str) -> Result<Self, Vec<LessonError>> {
        let path = |kind: &str| format!("steps/{id}.{kind}");
        let named = |kind: &str| format!("{}/{}", files.name(), path(kind));
        let mut errors = Vec::new();
        let text = files
            .text(&path("md"))
            .and_then(|text| Ok((take_apart(&named("md"), &text)?, text)))
            .map_err(|error| errors.push(error));
        let rules = match files.find(&path("toml")) {
            Ok(Some(text)) => {
                StepFile::read(&named("toml"), &text).map_err(|error| errors.push(error))
            }
            Ok(None) => Ok(Rules::default()),
            Err(error) => {
                errors.push(error);
                Err(())
            }
        };
        let kind = app.rsplit_once('.').map_or("py", |(_, kind)| kind);
        let solution = files.find(&path(kind)).map_err(|error| errors.push(error));
        let ways = Way::read_all(files, id).map_err(|found| errors.extend(found));
        let (Ok((mut text, markdown)), Ok(rules), Ok(solution), Ok(ways)) =
            (text, rules, solution, ways)
        else {
            return Err(errors);
        };
        if let Some((arrange, line)) = text.arrange.take() {
            let misfit = arrange.misfit(solution.as_deref().unwrap_or_default());
            if let Some(what) = misfit {
                return Err(vec![LessonError::new(named("md"), line, what)]);
            }
            text.hints.push(arrange.hint(id));
        }
        let step = Self {
            id: id.to_owned(),
            title: text.title,
            text: text.text,
            task: text.task,
            hints: text.hints,
            notes: text.notes,
            checks: rules.checks,
            question: rules.question,
            suggestion: rules.suggestion,
            solution,
            ways,
            mentions: mentions(&named("md"), &markdown),
            remarks: remarks(&named("md"), &markdown),
        };
        step.validate(&named).map_err(|error| vec![error])?;
        Ok(step)
    }

    /// Whether its parts fit together.
    fn validate(&self, named: &impl Fn(&str) -> String) -> Result<(), LessonError> {
        let first = self.checks.iter().find(|check| check.is_sent());
        match (first, &self.solution) {
            (Some(check), None) => Err(LessonError::new(
                named("toml"),
                check.line,
                format!(
                    "a check the tutor sends needs a solution that passes it: steps/{}.py",
                    self.id
                ),
            )),
            (None, Some(_)) => Err(LessonError::new(
                named("toml"),
                None,
                "the step has a solution but no check that the tutor sends, so nothing tells when it is reached",
            )),
            _ if !self.checks.is_empty() && self.task.is_empty() => Err(LessonError::new(
                named("md"),
                None,
                "the step is checked and does not say what to do; write '## Task'",
            )),
            _ => Ok(()),
        }
    }
}

/// `steps/ID.toml`, read and found sound.
#[derive(Default)]
struct Rules {
    checks: Vec<Check>,
    question: Option<Question>,
    suggestion: Option<Suggestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    #[serde(default)]
    check: Vec<CheckFile>,
    question: Option<QuestionFile>,
    request: Option<Suggestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckFile {
    says: Spanned<String>,
    #[serde(default)]
    with: BTreeMap<String, Kind>,
    you: Option<RequestSpec>,
    send: Option<RequestSpec>,
    expect: Option<Expectation>,
    #[serde(default)]
    wrong: Vec<WrongFile>,
    #[serde(default)]
    r#try: Vec<TryFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TryFile {
    send: RequestSpec,
    expect: Expectation,
    #[serde(default)]
    wrong: Vec<WrongFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrongFile {
    when: Expectation,
    say: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionFile {
    pub asks: Spanned<String>,
    pub send: RequestSpec,
    pub why: String,
    pub answer: Vec<Answer>,
}

impl StepFile {
    fn read(file: &str, text: &str) -> Result<Rules, LessonError> {
        let read: Self =
            toml::from_str(text).map_err(|error| LessonError::of_toml(file, text, &error))?;
        let checks = read.check.into_iter().map(|check| {
            let line = line_of(text, check.says.span().start);
            check
                .validate(text, line)
                .map_err(|error| LessonError::new(file, line, error.to_string()))
        });
        let checks = checks.collect::<Result<Vec<_>, LessonError>>()?;
        let question = read.question.map(|question| question.validate(file, text));
        Ok(Rules {
            checks,
            question: question.transpose()?,
            suggestion: read.request,
        })
    }
}

impl CheckFile {
    fn validate(self, text: &str, line: usize) -> Result<Check, SpecError> {
        let check = Check {
            says: self.says.into_inner(),
            line,
            by: match (self.you, self.send, self.r#try) {
                (Some(asked), None, tries) if tries.is_empty() => {
                    if !self.with.is_empty() || !self.wrong.is_empty() {
                        return Err(SpecError::ValuesForLearner);
                    }
                    asked.validate_own()?;
                    By::Learner {
                        asked,
                        expect: Box::new(expected(self.expect)?),
                    }
                }
                (None, Some(send), tries) if tries.is_empty() => By::Tutor {
                    with: self.with,
                    tries: vec![Try {
                        send,
                        expect: expected(self.expect)?,
                        wrong: rules(self.wrong, text),
                    }],
                },
                (None, None, tries) if !tries.is_empty() => {
                    if self.expect.is_some() || !self.wrong.is_empty() {
                        return Err(SpecError::OutsideOfTry);
                    }
                    By::Tutor {
                        with: self.with,
                        tries: tries
                            .into_iter()
                            .map(|it| it.validate(text))
                            .collect::<Result<_, _>>()?,
                    }
                }
                _ => return Err(SpecError::NoSender),
            },
        };
        if check.says.trim().is_empty() {
            return Err(SpecError::NoTask);
        }
        // Any values tell whether all names are known.
        check.prepare(0)?;
        Ok(check)
    }
}

impl TryFile {
    fn validate(self, text: &str) -> Result<Try, SpecError> {
        Ok(Try {
            send: self.send,
            expect: expected(Some(self.expect))?,
            wrong: rules(self.wrong, text),
        })
    }
}

/// The rules for wrong answers, with the lines they stand in.
fn rules(rules: Vec<WrongFile>, text: &str) -> Vec<Wrong> {
    let rules = rules.into_iter();
    rules
        .map(|it| Wrong {
            line: line_of(text, it.say.span().start),
            when: it.when,
            say: it.say.into_inner(),
        })
        .collect()
}

impl QuestionFile {
    pub(super) fn validate(self, file: &str, text: &str) -> Result<Question, LessonError> {
        let line = line_of(text, self.asks.span().start);
        let error = |error: SpecError| LessonError::new(file, line, error.to_string());
        let question = Question {
            asks: self.asks.into_inner(),
            send: self.send,
            why: self.why.trim().to_owned(),
            answers: self.answer,
            line,
        };
        if !(2..=4).contains(&question.answers.len()) {
            return Err(error(SpecError::AnswerCount));
        }
        for answer in &question.answers {
            expected(Some(answer.expect.clone())).map_err(error)?;
        }
        question.request().map_err(error)?;
        Ok(question)
    }
}

/// An expectation that expects something.
fn expected(expect: Option<Expectation>) -> Result<Expectation, SpecError> {
    expect
        .filter(|expect| *expect != Expectation::default())
        .ok_or(SpecError::NothingExpected)
}
