//! The tutor: what it knows, and the loop that waits for commands and for what comes of them.

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;

use super::input::{Input, Next};
use super::told::{checks, step};
use super::{Happened, Settings};
use crate::diagnosis::{Mistake, Spot};
use crate::exchange::{Exchange, ExchangeId, visible_text};
use crate::headless::{Ended, Message, News, Teller, write};
use crate::lesson::course::{Course, QuestionOf};
use crate::lesson::{Catalogue, Change, Lesson, Progress, ProgressFile, Workspace};
use crate::ordinary_file;
use crate::session::Session;
use crate::session::mailbox::{Inbox, Outbox};

/// What a number would answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    Question(QuestionOf),
    /// Which mistake to make.
    Mistake,
    /// Whether to see the solution of a step that is not done.
    Solution,
}

/// All that is known of the lesson that is open, and how to do something about it.
pub struct Tutor<'a> {
    pub(in crate::headless) teller: Teller<'a>,
    pub session: Arc<Session>,
    pub outbox: Outbox<Message>,
    pub catalogue: &'a Catalogue,
    /// The place of the lesson that is open.
    pub place: usize,
    pub workspace: Workspace,
    pub progress: Progress,
    file: Option<ProgressFile>,
    pub course: Course,
    /// The learner's file, and its text as it was loaded last.
    pub app: PathBuf,
    pub source: String,
    /// Whether it is known what became of the file.
    pub is_loaded: bool,
    /// While the learner's own request is on its way: the exchanges that were told since.
    pub sending: Option<HashSet<ExchangeId>>,
    /// Exchanges that were told before their last event came.
    pub told_early: HashSet<ExchangeId>,
    /// The mistakes that were told in full since the file was loaded.
    pub told_mistakes: Vec<(Mistake, Option<Spot>)>,
    /// The last exchange that was told, or that answered a question.
    pub last: Option<Exchange>,
    pub asked: Asked,
    /// Whether the solution of the step was told.
    pub saw_solution: bool,
    notice: Option<String>,
    pub input: Input,
}

impl<'a> Tutor<'a> {
    pub fn new(
        settings: Settings<'a>,
        workspace: Workspace,
        teller: Teller<'a>,
        session: Arc<Session>,
        outbox: Outbox<Message>,
    ) -> anyhow::Result<Self> {
        let progress = settings.progress.as_ref();
        let mut tutor = Self {
            teller,
            session,
            catalogue: settings.catalogue,
            place: settings.place,
            workspace,
            progress: progress.map_or_else(Progress::default, |file| file.progress().clone()),
            file: settings.progress,
            course: Course::default(),
            app: PathBuf::new(),
            source: String::new(),
            is_loaded: false,
            sending: None,
            told_early: HashSet::new(),
            told_mistakes: Vec::new(),
            last: None,
            asked: Asked::Nothing,
            saw_solution: false,
            notice: settings.notice,
            input: Input::start(outbox.clone()).context("the system allows no more threads")?,
            outbox,
        };
        tutor.open(settings.place)?;
        if let Some(step) = settings.step {
            tutor.course.enter(tutor.lesson(), step);
        }
        Ok(tutor)
    }

    pub fn lesson(&self) -> &'a Lesson {
        &self.catalogue.lessons[self.place]
    }

    /// What the lesson is called in the progress.
    pub fn key(&self) -> String {
        self.catalogue.key(self.lesson())
    }

    /// Opens a lesson where it was left.
    pub fn open(&mut self, place: usize) -> anyhow::Result<()> {
        let lesson = &self.catalogue.lessons[place];
        let app = self.workspace.open(lesson)?;
        let bytes = ordinary_file::read(&app).with_context(|| format!("{}", app.display()))?;
        self.place = place;
        self.source = String::from_utf8_lossy(&bytes).into_owned();
        let is_broken = self.workspace.is_broken(lesson);
        let key = self.key();
        self.course = Course::open(lesson, &key, &self.progress, &self.source, is_broken);
        self.is_loaded = false;
        self.asked = Asked::Nothing;
        self.session.teach(lesson, &app);
        self.app = app;
        Ok(())
    }

    /// Obeys the commands until they end or a signal comes; gives what came after that.
    pub fn converse(&mut self, inbox: &Inbox<Message>) -> Result<VecDeque<Message>, Ended> {
        loop {
            if self.go_on()? {
                return Ok(VecDeque::new());
            }
            let mut messages = inbox.recv();
            while let Some(message) = messages.pop_front() {
                match message {
                    Message::Session(event) => self.hear(event)?,
                    Message::Lesson(happened) => self.take(happened)?,
                    Message::Stop => return Ok(messages),
                }
            }
        }
    }

    /// Obeys a line that waits, or asks for the next one, as soon as nothing else is on its way.
    /// Whether the program is to end.
    fn go_on(&mut self) -> Result<bool, Ended> {
        while !self.is_busy() {
            match self.input.next()? {
                Next::Line(line) => {
                    if self.obey(&line)? {
                        return Ok(true);
                    }
                }
                Next::End => return Ok(true),
                Next::Asked => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Whether something that was asked for has not come yet.
    fn is_busy(&self) -> bool {
        let has_begun = self.teller.python.is_some();
        !has_begun || !self.is_loaded || self.sending.is_some() || self.course.running
    }

    /// Takes what was waited for.
    fn take(&mut self, happened: Happened) -> Result<(), Ended> {
        match happened {
            Happened::Line(line) => {
                self.input.take(line);
                Ok(())
            }
            Happened::Checked { number, run, came } => self.checked(number, &run, came),
            Happened::Answered { number, came } => self.answered(number, came),
            Happened::Sent(came) => self.sent(came),
        }
    }

    /// Says something, whose control characters are escaped.
    pub fn say(&mut self, text: &str) -> Result<(), Ended> {
        self.input.leave_prompt()?;
        Ok(write(&visible_text(text))?)
    }

    /// Tells what is told of every session.
    pub fn tell(&mut self, news: &News<'_>) -> Result<(), Ended> {
        self.input.leave_prompt()?;
        Ok(self.teller.tell(news)?)
    }

    /// Says how to go on, and where the learner is.
    pub fn begin(&mut self) -> Result<(), Ended> {
        if let Some(notice) = self.notice.take() {
            self.say(&format!("{notice}\n"))?;
        }
        self.say(
            "Type a command and enter: 'help' lists them, 'next' goes on, 'quit' ends. Any editor may change your file.\n",
        )?;
        self.say_step()
    }

    /// Tells the step that is open, or the lesson's end.
    pub fn say_step(&mut self) -> Result<(), Ended> {
        let lesson = self.lesson();
        let text = match self.course.step_of(lesson) {
            Some(step) => {
                let was_done = self.progress.is_done(&self.key(), &step.id);
                step::step(lesson, &self.course, step, was_done)
            }
            None => step::end(lesson, self.catalogue, &self.progress),
        };
        self.say(&text)?;
        if self.course.broken {
            self.say("Your file is broken on purpose: a mistake was made in it. 'put back' puts it back as it was.\n")?;
        }
        let at = self.course.at(lesson, &self.key());
        self.remember(at.as_slice())
    }

    /// Tells what became of the checks, and remembers a step that is done.
    pub fn say_result(&mut self) -> Result<(), Ended> {
        let lesson = self.lesson();
        let Some(step) = self.course.step_of(lesson) else {
            return Ok(());
        };
        // What is said to be done is in the file of the progress.
        let result = checks::result(&self.course, step);
        if let Some(done) = self.course.done(lesson, &self.key()) {
            if done.is_exercise
                && let Err(error) = self.workspace.keep_passed(lesson, &done.step, &self.source)
            {
                self.say(&format!("{error:#}\n"))?;
            }
            self.remember(&[done.change])?;
        }
        self.say(&result)
    }

    /// Records changes of the progress.
    pub fn remember(&mut self, changes: &[Change]) -> Result<(), Ended> {
        for change in changes {
            // Only the file's times are read by anybody.
            self.progress.apply(change, "");
        }
        let Some(file) = self.file.as_mut().filter(|_| !changes.is_empty()) else {
            return Ok(());
        };
        match file.record(changes) {
            Ok(None) => Ok(()),
            Ok(Some(said)) => self.say(&format!("{said}\n")),
            Err(error) => {
                // Once is enough.
                self.file = None;
                self.say(&format!("{error:#}\n"))
            }
        }
    }
}
