//! Finding the mistakes of finished exchanges, off the screen's thread and one at a time: the
//! history keeps what waits, so that many requests at once fill no memory.

use std::collections::VecDeque;

use super::Runtime;
use crate::diagnosis::{Analyzer, Sources};
use crate::exchange::ExchangeId;
use crate::tui::message::Message;
use crate::tui::state::session::Load;

/// Exchanges whose mistakes are not known yet.
#[derive(Default)]
pub struct Waiting {
    /// Each with the files as they were when it finished.
    exchanges: VecDeque<(ExchangeId, Sources)>,
    /// Whether one is looked into now.
    busy: bool,
}

impl Runtime {
    /// Has the mistakes of a finished exchange found, after those that wait already.
    pub(super) fn diagnose(&mut self, id: ExchangeId) {
        if let Some(opened) = &self.model.session.opened {
            let sources = opened.sources.clone();
            self.waiting.exchanges.push_back((id, sources));
        }
        if !self.waiting.busy {
            self.diagnose_next();
        }
    }

    /// Goes on with the next exchange that waits and is still kept.
    pub(super) fn diagnose_next(&mut self) {
        self.waiting.busy = false;
        let Some(analyzer) = self.analyzer() else {
            return;
        };
        while let Some((id, sources)) = self.waiting.exchanges.pop_front() {
            let Some(exchange) = self.model.session.history.get(id) else {
                continue;
            };
            let outbox = self.outbox.clone();
            analyzer.submit(exchange.clone(), sources, move |findings| {
                // The screen is closing when nobody listens any more.
                let _ = outbox.send(Message::Diagnosed { id, findings });
            });
            self.waiting.busy = true;
            return;
        }
    }

    /// Has the mistake found because of which the application cannot be loaded.
    pub(super) fn diagnose_load(&mut self) {
        let Some(analyzer) = self.analyzer() else {
            return;
        };
        let Some(opened) = &self.model.session.opened else {
            return;
        };
        let Load::Failed(raised) = &opened.loaded else {
            return;
        };
        let sources = opened.sources.clone();
        let outbox = self.outbox.clone();
        analyzer.submit_load((**raised).clone(), sources.clone(), move |findings| {
            let _ = outbox.send(Message::LoadDiagnosed { sources, findings });
        });
    }

    /// The session's analyzer, or one for a recording, which has no session. Without a thread for
    /// it nothing is said of mistakes.
    fn analyzer(&mut self) -> Option<Analyzer> {
        if self.analyzer.is_none() {
            let session = self.session.as_ref();
            self.analyzer = match session {
                Some(session) => Some(session.analyzer().clone()),
                None => Analyzer::start().ok(),
            };
        }
        self.analyzer.clone()
    }
}
