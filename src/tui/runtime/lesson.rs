//! What the lesson's loop asks for: checks to run, mistakes to make, files to keep, progress to
//! record.

use super::Runtime;
use super::worker::Worker;
use crate::browser::Request;
use crate::exchange::Exchange;
use crate::lesson::check::{Check, CheckRun, DiagnosedExchange, Reply, Unanswered};
use crate::lesson::{Change, Lesson, ProgressFile, Workspace};
use crate::session::mailbox::Outbox;
use crate::session::{ExamineError, Session};
use crate::tui::message::{CourseMessage, Message};

impl Runtime {
    /// Sends the requests of checks.
    pub(super) fn check(&self, number: u64, checks: &[Check]) {
        let Some(session) = &self.session else { return };
        let run = match CheckRun::prepare(checks, || fastrand::u64(..)) {
            Ok(run) => run,
            Err(error) => return self.notice(&error.to_string()),
        };
        let outbox = self.outbox.clone();
        let diagnose = self.diagnose_with(session);
        session.examine(run.requests(), move |came| {
            let message = CourseMessage::Checked {
                number,
                run,
                replies: came.into_iter().map(|one| reply(one, &diagnose)).collect(),
            };
            // The screen is closing when nobody listens any more.
            let _ = outbox.send(Message::Lesson(message));
        });
    }

    /// Sends the request that answers a question.
    pub(super) fn ask(&self, number: u64, request: Request) {
        let Some(session) = &self.session else { return };
        let outbox = self.outbox.clone();
        let diagnose = self.diagnose_with(session);
        session.examine(vec![request], move |came| {
            let came = came.into_iter().next().map(|one| reply(one, diagnose));
            let reply = Box::new(came.unwrap_or(Err(Unanswered::Nothing)));
            let _ = outbox.send(Message::Lesson(CourseMessage::Answered { number, reply }));
        });
    }

    /// Finds the mistakes of an exchange with the application as it is now, off the screen's
    /// thread.
    fn diagnose_with(
        &self,
        session: &Session,
    ) -> impl Fn(Exchange) -> DiagnosedExchange + Send + use<> {
        let analyzer = session.analyzer().clone();
        let opened = self.model.session.opened.as_ref();
        let sources = opened.map(|opened| opened.sources.clone());
        let sources = sources.unwrap_or_default();
        move |exchange| DiagnosedExchange {
            mistakes: analyzer.diagnose(&exchange, &sources).slugs(),
            exchange,
        }
    }

    /// Makes a mistake in the learner's file; `lends` takes the lesson's own in its place.
    pub(super) fn break_on_purpose(&self, place: usize, lends: bool) {
        let Some((workspace, lesson)) = self.lesson() else {
            return;
        };
        let Some(mistake) = lesson.mistakes.get(place) else {
            return;
        };
        let message = match workspace.break_on_purpose(lesson, mistake, lends) {
            Ok(own) => Message::Lesson(CourseMessage::Broken { lent: !own }),
            Err(error) => Message::Notice(format!("{error:#}")),
        };
        let _ = self.outbox.send(message);
    }

    /// Puts the file back to what it was before the mistake.
    pub(super) fn put_back(&self) {
        let Some((workspace, lesson)) = self.lesson() else {
            return;
        };
        match workspace.put_back(lesson) {
            Ok(kept) => {
                let _ = self.outbox.send(Message::Lesson(CourseMessage::PutBack));
                self.notice(&match kept {
                    Some(kept) => format!(
                        "your file is as it was; your edits of the broken one are in {}",
                        kept.display()
                    ),
                    None => "your file is as it was".to_owned(),
                });
            }
            Err(error) => self.notice(&format!("{error:#}")),
        }
    }

    /// Puts a solution into the learner's file.
    pub(super) fn take_over(&self, source: &str) {
        let Some((workspace, lesson)) = self.lesson() else {
            return;
        };
        self.notice(&match workspace.replace(lesson, source) {
            Ok(Some(kept)) => format!(
                "this is the solution; your file is kept as {}",
                kept.display()
            ),
            Ok(None) => "this is the solution".to_owned(),
            Err(error) => format!("{error:#}"),
        });
    }

    /// Keeps what passed the checks of a step.
    pub(super) fn keep_passed(&self, step: &str, source: &str) {
        let Some((workspace, lesson)) = self.lesson() else {
            return;
        };
        if let Err(error) = workspace.keep_passed(lesson, step, source) {
            self.notice(&format!("{error:#}"));
        }
    }

    /// The lesson that is open, and the folder of the learner's files.
    fn lesson(&self) -> Option<(Workspace, &Lesson)> {
        let place = self.model.session.opened.as_ref()?.place()?;
        let lesson = self.model.catalogue.lessons.get(place)?;
        Some((Workspace::new(&self.settings.workspace), lesson))
    }
}

/// Records progress, in order. Without a file nothing is recorded.
pub fn start_recorder(file: Option<ProgressFile>, outbox: Outbox<Message>) -> Worker<Vec<Change>> {
    Worker::<Vec<Change>>::start("progress", move |queue| {
        let Some(mut file) = file else { return };
        let mut failed = false;
        for changes in queue {
            let notice = match file.record(&changes) {
                Ok(said) => said,
                // Once is enough.
                Err(_) if failed => None,
                Err(error) => {
                    failed = true;
                    Some(format!("{error:#}"))
                }
            };
            if let Some(notice) = notice {
                let _ = outbox.send(Message::Notice(notice));
            }
        }
    })
}

/// What came of a request of the tutor's.
fn reply(
    came: Result<Exchange, ExamineError>,
    diagnose: impl FnOnce(Exchange) -> DiagnosedExchange,
) -> Reply {
    Ok(diagnose(came?))
}
