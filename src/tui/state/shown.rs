//! What the screen shows, by what is open, chosen and played back.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::model::Model;
use super::page::{PageResult, is_page};
use super::panes::{BodyView, Pane};
use super::recording::RecordingInfo;
use super::requests;
use super::session::Load;
use crate::browser::{Origin, Page, redirect};
use crate::diagnosis::Diagnosis;
use crate::exchange::{Event, Exchange, Moment, Raised, Traceback};
use crate::lesson::course::{Course, GuessOutcome};
use crate::lesson::{Lesson, Link};
use crate::python::Target;

impl Model {
    /// The open lesson's text and suggestions.
    pub fn lesson(&self) -> Option<&Lesson> {
        let opened = self.session.opened.as_ref()?;
        let recorded = || opened.recording()?.lesson;
        let place = opened.place().or_else(recorded)?;
        self.catalogue.lessons.get(place)
    }

    /// The learner's place in the lesson that is open.
    pub fn course(&self) -> Option<&Course> {
        self.session.opened.as_ref()?.course.as_ref()
    }

    /// What the open lesson is called in the learner's progress.
    pub fn lesson_key(&self) -> Option<String> {
        let place = self.session.opened.as_ref()?.place()?;
        let lesson = self.catalogue.lessons.get(place)?;
        Some(self.catalogue.key(lesson))
    }

    /// Whether the step that is open was done once.
    pub fn is_step_done(&self) -> bool {
        let Some(course) = self.course() else {
            return false;
        };
        let step = self.lesson().and_then(|lesson| course.step_of(lesson));
        let key = self.lesson_key();
        step.zip(key)
            .is_some_and(|(step, key)| self.progress.is_done(&key, &step.id))
    }

    /// The recording that is shown.
    pub fn recording(&self) -> Option<&RecordingInfo> {
        self.session.opened.as_ref()?.recording()
    }

    /// The application of the user's own that is open.
    pub fn target(&self) -> Option<&Target> {
        self.session.opened.as_ref()?.target()
    }

    /// The panes there are: an application of one's own has no lesson's text.
    pub fn panes(&self) -> &'static [Pane] {
        match self.lesson() {
            None if self.session.opened.is_some() => &Pane::ALL[1..],
            _ => &Pane::ALL,
        }
    }

    /// The pane so many places after the one with the focus, around the end.
    pub fn pane_after(&self, by: usize) -> Pane {
        let panes = self.panes();
        let at = panes.iter().position(|&pane| pane == self.session.focus);
        panes[(at.unwrap_or(0) + by) % panes.len()]
    }

    /// The exchange that is shown.
    pub fn exchange(&self) -> Option<&Exchange> {
        let history = &self.session.history;
        let wanted = self.session.chosen.or(self.session.failed);
        let wanted = wanted.and_then(|id| history.get(id));
        wanted.or_else(|| self.followed())
    }

    /// The latest exchange; where a browser asked for an icon by itself, the one before that.
    fn followed(&self) -> Option<&Exchange> {
        let history = &self.session.history;
        let mut latest = (0..history.len())
            .rev()
            .filter_map(|place| history.at(place));
        let meant = latest.find(|exchange| !requests::is_by_itself(exchange));
        meant.or_else(|| history.latest())
    }

    /// The mistakes of the exchange that is shown; what it comes to is known at its end.
    pub fn mistakes(&self) -> &[Diagnosis] {
        if self.exchange().is_none() {
            return self.unloaded();
        }
        let shown = self.exchange().filter(|_| self.is_now());
        let found = shown.and_then(|exchange| self.session.diagnoses.get(&exchange.id));
        found.map_or(&[], Vec::as_slice)
    }

    /// Where the links lead that the step's text has, a hint that is shown, or what was said of a
    /// guess; each once.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for link in self.texts_shown().into_iter().flat_map(Link::all_of) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    /// The Markdown of the step, as far as it is shown.
    fn texts_shown(&self) -> Vec<&str> {
        let (Some(lesson), Some(course)) = (self.lesson(), self.course()) else {
            return Vec::new();
        };
        let Some(step) = course.step_of(lesson) else {
            return Vec::new();
        };
        let said = course.guess.as_ref().and_then(|guess| {
            let is_answered = matches!(guess.outcome, GuessOutcome::Came(_));
            let question = course.question_of(lesson, guess.of);
            question.filter(|_| is_answered).map(|it| &it.why)
        });
        let hints = step.hints.iter().take(course.hints);
        let texts = [&step.text, &step.task].into_iter().chain(hints);
        texts.chain(said).map(String::as_str).collect()
    }

    /// The mistake because of which the file cannot be loaded.
    pub fn unloaded(&self) -> &[Diagnosis] {
        let opened = self.session.opened.as_ref();
        opened.map_or(&[], |opened| opened.unloaded.as_slice())
    }

    /// Whether Python could not load the file.
    pub fn is_unloaded(&self) -> bool {
        let opened = self.session.opened.as_ref();
        opened.is_some_and(|opened| matches!(opened.loaded, Load::Failed(_)))
    }

    /// The exception of the moment that is shown, or before the first request that of loading.
    pub fn raised(&self) -> Option<&Raised> {
        if self.exchange().is_some() {
            return self.moment().error.as_deref();
        }
        match &self.session.opened.as_ref()?.loaded {
            Load::Failed(raised) => Some(raised),
            Load::Pending | Load::Ready(_) => None,
        }
    }

    /// The traceback of that exception, or one that a framework wrote into the log.
    pub fn traceback(&self) -> Option<&str> {
        if let Some(raised) = self.raised() {
            // Without a frame it says no more than the message: the server itself raised it.
            return raised.has_frames().then_some(raised.traceback.as_str());
        }
        self.exchange()?;
        let moment = self.moment();
        let logs = [&moment.logged, &moment.printed];
        logs.into_iter()
            .find_map(|log| log.get(log.find(Traceback::BEGINNING)?..))
    }

    /// What is true at the moment of the exchange that is shown; nothing yet when there is none.
    pub fn moment(&self) -> &Moment {
        static NOTHING: LazyLock<Moment> = LazyLock::new(Moment::default);
        match &self.session.playback {
            Some(playback) => &playback.moment,
            None => self.exchange().map_or(&NOTHING, Exchange::now),
        }
    }

    /// The events of the exchange that is shown, up to the moment that is shown.
    pub fn events(&self) -> &[Event] {
        let events = self.exchange().map_or(&[][..], Exchange::events);
        let playback = self.session.playback.as_ref();
        let until = playback.map_or(events.len(), |playback| playback.at + 1);
        events.get(..until).unwrap_or(events)
    }

    /// How the response is shown: as it was asked for, or as text where that says nothing.
    pub fn body_view(&self) -> BodyView {
        if self.can_show(self.body) {
            self.body
        } else {
            BodyView::Text
        }
    }

    /// The next way to show the response.
    pub fn next_view(&self) -> BodyView {
        let ways = match self.body_view() {
            BodyView::Text => &[BodyView::Page, BodyView::Hex, BodyView::Wire][..],
            BodyView::Page => &[BodyView::Hex, BodyView::Wire],
            BodyView::Hex => &[BodyView::Wire],
            BodyView::Wire => &[],
        };
        let next = ways.iter().find(|&&way| self.can_show(way));
        next.copied().unwrap_or(BodyView::Text)
    }

    fn can_show(&self, view: BodyView) -> bool {
        let moment = self.moment();
        match view {
            BodyView::Text => true,
            BodyView::Page => moment.refused.is_none() && is_page(moment),
            BodyView::Hex => moment.refused.is_none() && moment.body.length > 0,
            BodyView::Wire => self.exchange().is_some(),
        }
    }

    /// Whether what is shown is all that has happened so far.
    pub fn is_now(&self) -> bool {
        self.session.playback.is_none()
    }

    /// Keys of environ that are new or other than in the last exchange before that had an environ.
    pub fn fresh_keys(&self) -> HashSet<String> {
        let Some(place) = self
            .exchange()
            .and_then(|exchange| self.session.history.index_of(exchange.id))
        else {
            return HashSet::new();
        };
        let before = (0..place)
            .rev()
            .filter_map(|place| self.session.history.at(place))
            .map(|exchange| &exchange.now().environ)
            .find(|environ| !environ.is_empty());
        let Some(before) = before else {
            return HashSet::new();
        };
        self.moment()
            .environ
            .iter()
            // Each call has objects and a port of its own; that is no news.
            .filter(|entry| !entry.key.starts_with("wsgi.") && entry.key != "REMOTE_PORT")
            .filter(|entry| {
                !before
                    .iter()
                    .any(|old| old.key == entry.key && old.repr == entry.repr)
            })
            .map(|entry| entry.key.clone())
            .collect()
    }

    /// The page of the exchange that is shown, or why there is none.
    pub fn page(&self) -> Option<&PageResult> {
        self.session.pages.of(self.exchange()?.id)
    }

    /// The page, while it is what the keys go to.
    pub fn page_in_focus(&self) -> Option<&Page> {
        let looked_at = self.session.focus == Pane::Response && self.body_view() == BodyView::Page;
        let page = self.page().filter(|_| looked_at);
        page.and_then(|page| page.as_ref().ok())
    }

    /// What the addresses of the page are relative to.
    pub fn page_origin(&self, page: &Page) -> Origin {
        self.origin().for_page(page.base.as_deref())
    }

    /// Whether the answer that is shown sends the client to another page.
    pub fn is_redirect(&self) -> bool {
        redirect::is_redirect(self.moment())
    }

    /// What the addresses in the answer that is shown are relative to.
    pub fn origin(&self) -> Origin {
        let url = self.server.url.as_deref().unwrap_or_default();
        redirect::origin(self.moment(), url)
    }
}
