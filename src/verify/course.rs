//! Whether the lessons themselves are sound: every check fails on the file its step begins with and
//! passes on its solution, every question has one right answer, every mistake does what it says,
//! and every name in a text exists.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::bench::{Bench, in_a_folder};
use crate::diagnosis::Mistake as Known;
use crate::glossary;
use crate::lesson::check::{Check, Failure, Question, Verdict};
use crate::lesson::{Catalogue, Lesson, LessonError, Link, Mention, Mentioned, Mistake, Step};
use crate::python::{DEFAULT_TIMEOUT, Engine, HAS_EMBEDDED};

/// Characters of a lesson's summary, and columns of its Python.
const SUMMARY: usize = 72;
const COLUMNS: usize = 72;

/// The engines lessons are checked with unless one is asked for: those there are.
pub fn engines() -> Vec<Engine> {
    let embedded = HAS_EMBEDDED.then_some(Engine::Embedded);
    let system = "python3".parse().ok();
    embedded.into_iter().chain(system).collect()
}

/// What is wrong with the lessons. What is run is told as it goes.
///
/// # Errors
/// When an engine cannot start.
pub fn course(
    catalogue: &Catalogue,
    engines: &[Engine],
    tell: &mut impl FnMut(&str),
) -> anyhow::Result<Vec<LessonError>> {
    let mut errors = Vec::new();
    for lesson in &catalogue.lessons {
        errors.extend(remarks(lesson));
        errors.extend(unknown(lesson, catalogue));
    }
    for engine in engines {
        let mut bench = Bench::open(engine, DEFAULT_TIMEOUT)?;
        for lesson in &catalogue.lessons {
            let mut proof = Proof {
                bench: &mut bench,
                lesson,
                engine,
                errors: &mut errors,
                ran: Ran::default(),
            };
            proof.lesson()?;
            let ran = proof.ran;
            tell(&format!("{} with {engine}: {ran}", lesson.folder()));
        }
    }
    Ok(errors)
}

/// What is too long.
fn remarks(lesson: &Lesson) -> Vec<LessonError> {
    let steps = lesson.steps.iter();
    let mut remarks: Vec<LessonError> = steps.flat_map(|step| step.remarks.clone()).collect();
    let summary = lesson.summary.chars().count();
    if summary > SUMMARY {
        let what = format!("the summary has {summary} characters; the limit is {SUMMARY}");
        remarks.push(LessonError::new(
            format!("{}/lesson.toml", lesson.folder()),
            None,
            what,
        ));
    }
    let solutions = lesson.steps.iter().filter_map(|step| {
        let solution = step.solution.as_deref()?;
        Some((format!("steps/{}.py", step.id), solution))
    });
    for (file, source) in solutions.chain([(lesson.file.clone(), lesson.source.as_str())]) {
        for (index, line) in source.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS {
                let what = format!("this line has {columns} columns; the limit is {COLUMNS}");
                let file = format!("{}/{file}", lesson.folder());
                remarks.push(LessonError::new(file, index + 1, what));
            }
        }
    }
    remarks
}

/// What is named and does not exist.
fn unknown(lesson: &Lesson, catalogue: &Catalogue) -> Vec<LessonError> {
    let names = names(lesson);
    let mentions = lesson.steps.iter().flat_map(|step| &step.mentions);
    let mut errors: Vec<LessonError> = mentions
        .filter_map(|mention| {
            let what = missing(mention, catalogue, &names)?;
            Some(LessonError::new(&mention.file, mention.line, what))
        })
        .collect();
    for mistake in &lesson.mistakes {
        if let Some(slug) = mistake
            .slug
            .as_ref()
            .filter(|it| Known::named(it).is_none())
        {
            let what = format!("mistake = '{slug}': 'wsgi-tutor explain' knows no such mistake");
            errors.push(LessonError::new(file_of(lesson, mistake), None, what));
        }
    }
    errors
}

/// Every word of the lesson's Python that could be a name.
fn names(lesson: &Lesson) -> BTreeSet<&str> {
    let solutions = lesson
        .steps
        .iter()
        .filter_map(|step| step.solution.as_deref());
    let sources = solutions.chain([lesson.source.as_str()]);
    sources
        .flat_map(|source| source.split(|it: char| !it.is_alphanumeric() && it != '_'))
        .collect()
}

fn missing(mention: &Mention, catalogue: &Catalogue, names: &BTreeSet<&str>) -> Option<String> {
    match &mention.what {
        Mentioned::Link(Link::Key(key)) => glossary::find(key)
            .is_none()
            .then(|| format!("there is no key '{key}' of environ")),
        Mentioned::Code(code) => (glossary::find(code).is_none() && !names.contains(code.as_str()))
            .then(|| {
                format!("'{code}' is neither a key of environ nor a name in the lesson's Python")
            }),
        Mentioned::Link(Link::Term(name)) => glossary::find_term(name)
            .is_none()
            .then(|| format!("'wsgi-tutor explain' knows no term '{name}'")),
        Mentioned::Link(Link::Lesson(name)) => {
            let known = catalogue.lessons.iter().any(|lesson| lesson.name == *name);
            (!known).then(|| format!("there is no lesson '{name}'"))
        }
        Mentioned::Link(Link::Mistake(slug)) => Known::named(slug)
            .is_none()
            .then(|| format!("'wsgi-tutor explain' knows no mistake '{slug}'")),
        Mentioned::Link(Link::Address(link)) => (!link.starts_with("https://")).then(|| {
            format!("'{link}': a link begins with key:, term:, lesson:, mistake: or https://")
        }),
    }
}

fn file_of(lesson: &Lesson, mistake: &Mistake) -> String {
    format!("{}/mistakes/{}.toml", lesson.folder(), mistake.name)
}

/// A lesson that is run under one engine.
struct Proof<'a> {
    bench: &'a mut Bench,
    lesson: &'a Lesson,
    engine: &'a Engine,
    errors: &'a mut Vec<LessonError>,
    ran: Ran,
}

/// How much was run.
#[derive(Default)]
struct Ran {
    checks: usize,
    ways: usize,
    questions: usize,
    mistakes: usize,
}

impl fmt::Display for Ran {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            checks,
            ways,
            questions,
            mistakes,
        } = self;
        write!(formatter, "{checks} checks, ")?;
        if *ways > 0 {
            write!(formatter, "{ways} other ways, ")?;
        }
        write!(formatter, "{questions} questions, {mistakes} mistakes")
    }
}

impl Proof<'_> {
    fn lesson(&mut self) -> anyhow::Result<()> {
        for (place, step) in self.lesson.steps.iter().enumerate() {
            self.step(place, step)?;
        }
        for mistake in &self.lesson.mistakes {
            self.mistake(mistake)?;
        }
        Ok(())
    }

    fn step(&mut self, place: usize, step: &Step) -> anyhow::Result<()> {
        let before = self.lesson.before(place);
        let after = self.lesson.before(place + 1);
        let file = format!("{}/steps/{}.toml", self.lesson.folder(), step.id);
        if step.is_exercise() {
            let sent = || step.checks.iter().filter(|check| check.is_sent());
            for (check, verdict) in self.verdicts(sent(), before)? {
                if verdict == Verdict::Passed {
                    let what = format!("'{}' passes before anything was done", check.says);
                    self.error(&file, check.line, &what);
                }
            }
        }
        for (check, verdict) in self.verdicts(step.checks.iter(), after)? {
            self.ran.checks += 1;
            if let Verdict::Failed(failure) = verdict {
                let whose = if step.solution.is_some() {
                    "its solution"
                } else {
                    "the file the step begins with"
                };
                self.error(&file, check.line, &fails_on(whose, check, &failure));
            }
        }
        self.ways(step, &file)?;
        match &step.question {
            Some(question) => {
                self.ran.questions += 1;
                self.question(question, &file, before).map(drop)
            }
            None => Ok(()),
        }
    }

    /// The other ways to do a step: right ones must pass, and of each wrong one the learner must be
    /// told what it says. `file` is that of the step's checks.
    fn ways(&mut self, step: &Step, file: &str) -> anyhow::Result<()> {
        let sent = || step.checks.iter().filter(|check| check.is_sent());
        let mut fired = BTreeSet::new();
        let mut told: Vec<(String, &str)> = Vec::new();
        for way in &step.ways {
            self.ran.ways += 1;
            let verdicts = self.verdicts(sent(), &way.source)?;
            let failure = verdicts
                .into_iter()
                .find_map(|(check, verdict)| match verdict {
                    Verdict::Failed(failure) => Some((check, failure)),
                    Verdict::Passed => None,
                });
            match (&way.told, failure) {
                (None, None) => {}
                (None, Some((check, failure))) => {
                    let what = fails_on("this right way", check, &failure);
                    self.error(&way.file, 1, &what);
                }
                (Some(_), None) => {
                    self.error(&way.file, 1, "this wrong way passes all checks of its step");
                }
                (Some(wanted), Some((_, failure))) => {
                    let advice = failure.advice.unwrap_or_default();
                    if !advice.starts_with(wanted) {
                        let what = format!("the learner is told '{advice}': {}", failure.came);
                        self.error(&way.file, 1, &what);
                    } else if let Some((_, other)) = told.iter().find(|(it, _)| *it == advice) {
                        let what = format!("{other} is told the same");
                        self.error(&way.file, 1, &what);
                    }
                    fired.extend(failure.rule);
                    told.push((advice, &way.file));
                }
            }
        }
        // Without any wrong way nobody can say that a rule is of no use.
        let rules = sent().flat_map(Check::rule_lines);
        for line in rules.filter(|it| !told.is_empty() && !fired.contains(it)) {
            self.error(file, line, "no wrong way of this step is told this");
        }
        Ok(())
    }

    fn mistake(&mut self, mistake: &Mistake) -> anyhow::Result<()> {
        self.ran.mistakes += 1;
        let file = file_of(self.lesson, mistake);
        let line = mistake.question.line;
        let Some(broken) = mistake.make_in(self.lesson.base_of(mistake)) else {
            let what = "the text to find must occur exactly once in the file that 'on' names";
            self.error(&file, line, what);
            return Ok(());
        };
        let found = self.question(&mistake.question, &file, &broken)?;
        if let Some(slug) = mistake
            .slug
            .as_ref()
            .filter(|it| !found.contains(&it.as_str()))
        {
            let what = format!(
                "this is not recognized as '{slug}'; found: {}",
                found.join(", ")
            );
            self.error(&file, line, &what);
        }
        Ok(())
    }

    /// Whether exactly one answer is right; gives the mistakes that were found.
    fn question(
        &mut self,
        question: &Question,
        file: &str,
        source: &str,
    ) -> anyhow::Result<Vec<&'static str>> {
        let folder = in_a_folder(self.lesson, source)?;
        self.bench
            .run(self.lesson, &folder.path().join(&self.lesson.file))?;
        let (right, found) = self.bench.ask(question, source)?;
        if right.len() != 1 {
            let mut what = "exactly one answer must be right; these are:".to_owned();
            for &place in &right {
                // Writing to a String cannot fail.
                let _ = write!(what, " '{}'", question.answers[place].text);
            }
            if right.is_empty() {
                what.push_str(" none");
            }
            self.error(file, question.line, &what);
        }
        Ok(found)
    }

    fn verdicts<'b>(
        &mut self,
        checks: impl Iterator<Item = &'b Check>,
        source: &str,
    ) -> anyhow::Result<Vec<(&'b Check, Verdict)>> {
        let folder = in_a_folder(self.lesson, source)?;
        self.bench
            .run(self.lesson, &folder.path().join(&self.lesson.file))?;
        checks
            .map(|check| Ok((check, self.bench.verdict(check, source)?)))
            .collect()
    }

    fn error(&mut self, file: &str, line: usize, what: &str) {
        let what = format!("{what} (with {})", self.engine);
        self.errors.push(LessonError::new(file, line, what));
    }
}

fn fails_on(whose: &str, check: &Check, failure: &Failure) -> String {
    format!(
        "'{}' fails on {whose}: {} gave {}; expected {}",
        check.says, failure.sent, failure.came, failure.expected
    )
}
