//! The response: status, headers, body, and whatever else the application gave.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::clip::Clip;
use super::pane::{PaneContent, PaneText};
use super::situation::{Situation, situation};
use super::writer::Writer;
use super::{mistake, page, wire};
use crate::browser::CurlError;
use crate::diagnosis::{Diagnosis, Severity};
use crate::exchange::{
    EndedEarly, EventKind, Moment, Phase, Raised, RaisedIn, sentence, visible_bytes,
};
use crate::tui::state::model::Model;
use crate::tui::state::panes::BodyView;
use crate::tui::state::session::Load;
use crate::tui::text::duration;
use crate::tui::theme::Role;

/// A pane with fewer lines has no room for what the server adds to every answer.
const MIN_HEIGHT_FOR_SERVER_HEADERS: u16 = 14;
/// A pane with fewer lines has room for a status and a body, and for no header.
const MIN_HEIGHT_FOR_HEADERS: u16 = 6;

/// The response of the exchange that is shown.
pub struct ResponsePane;

impl PaneContent for ResponsePane {
    fn title(&self, model: &Model) -> String {
        model.body_view().title().to_owned()
    }

    fn state(&self, model: &Model) -> String {
        progress(model)
    }

    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m> {
        PaneText::of(lines(model, inner))
    }

    fn can_copy(&self, model: &Model) -> bool {
        model.exchange().is_some() && model.moment().body.length > 0
    }

    fn clip(&self, model: &Model) -> Option<Result<Clip, CurlError>> {
        let body = &model.moment().body;
        let what = if body.is_whole() {
            "the body".to_owned()
        } else {
            format!("what was kept of a body of {} bytes", body.length)
        };
        Some(Ok(Clip::text(what, body.kept.clone())))
    }
}

/// How far the answer is, for the title.
fn progress(model: &Model) -> String {
    let Some(exchange) = model.exchange() else {
        return String::new();
    };
    let moment = model.moment();
    if moment.refused.is_some() {
        return "refused".to_owned();
    }
    match moment.phase {
        Phase::Arriving | Phase::Read | Phase::Called => "waiting".to_owned(),
        Phase::Stored => "stored, not sent".to_owned(),
        Phase::Sent => "sent, body on its way".to_owned(),
        Phase::Finished => {
            let what = match &moment.sent {
                Some(_) if is_cut(moment) => "cut off",
                Some(_) => "sent",
                None => "no answer",
            };
            format!("{what}, {}", duration(exchange.duration_us()))
        }
    }
}

/// Whether the answer ended before its time, when its status could no longer change.
fn is_cut(moment: &Moment) -> bool {
    let in_body = |raised: &Raised| raised.r#in != RaisedIn::Close;
    let failed = moment.error.as_deref().is_some_and(in_body)
        || moment.timed_out.is_some()
        || moment.worker_died.is_some()
        || moment.ended_early.is_some();
    failed && !moment.error_page
}

/// What a pane with this inner size has to say; only the width cuts it.
fn lines(model: &Model, inner: Rect) -> Vec<Line<'static>> {
    let mut writer = Writer::new(model.theme, usize::from(inner.width));
    if model.exchange().is_none() {
        waiting(model, &mut writer);
        return writer.lines;
    }
    let moment = model.moment();
    let view = model.body_view();
    if view == BodyView::Wire {
        wire::write(&mut writer, model);
        return writer.lines;
    }
    if let Some(refused) = &moment.refused {
        writer.text(Role::Bad, &format!("✗ refused with {}", refused.status));
        writer.text(Role::Plain, &refused.detail);
        writer.text(Role::Dim, "The bytes that caused it:");
        writer.text(Role::Code, &visible_bytes(&refused.bytes.kept));
        return writer.lines;
    }
    let fatal = || model.mistakes().iter().filter(|it| is_fatal(moment, it));
    fatal().for_each(|found| mistake::card(&mut writer, model, found));
    if fatal().next().is_none() {
        trouble(&mut writer, moment);
    }
    // Before the answer: after an exception that is a page of the server's own.
    if let Some(raised) = &moment.error {
        mistake::calls(&mut writer, model, raised);
    }
    status(&mut writer, model, moment);
    // A framework answers its own exceptions; what it has to say of them matters more than the
    // page.
    let is_failure = moment
        .status()
        .is_some_and(|status| status.starts_with('5'));
    if is_failure && !moment.error_page {
        said(&mut writer, moment);
        if !moment.printed.is_empty() || !moment.logged.is_empty() {
            writer.blank();
        }
    }
    headers(&mut writer, model, moment, inner);
    match view {
        BodyView::Page => page::write(&mut writer, model, moment),
        _ => writer.body(moment, view),
    }
    if !is_failure || moment.error_page {
        said(&mut writer, moment);
    }
    for found in beside(model, moment) {
        mistake::continued(&mut writer, found);
    }
    let notes = model.mistakes().iter();
    for found in notes.filter(|found| found.severity == Severity::Note) {
        writer.blank();
        mistake::card(&mut writer, model, found);
    }
    writer.lines
}

/// Whether a mistake is why there is no answer of the application's, or no whole one.
fn is_fatal(moment: &Moment, found: &Diagnosis) -> bool {
    let answered = moment.status().is_some() && !moment.error_page && !is_cut(moment);
    found.severity == Severity::Error && !answered
}

/// The mistakes of an answer that came all the same: they leave the status first.
fn beside<'a>(model: &'a Model, moment: &'a Moment) -> impl Iterator<Item = &'a Diagnosis> {
    let found = model.mistakes().iter();
    found.filter(|found| found.severity != Severity::Note && !is_fatal(moment, found))
}

/// What the application printed and logged.
fn said(writer: &mut Writer, moment: &Moment) {
    writer.section("written to the terminal, as print() does:", &moment.printed);
    writer.section("wsgi.errors:", &moment.logged);
}

/// What is said before the first request.
fn waiting(model: &Model, writer: &mut Writer) {
    let now = situation(model);
    let opened = model.session.opened.as_ref();
    if let Some(Load::Failed(raised)) = opened.map(|opened| &opened.loaded) {
        writer.text(Role::Bad, &format!("✗ {}", now.of_response()));
        for found in model.unloaded() {
            mistake::card(writer, model, found);
        }
        mistake::calls(writer, model, raised);
    } else {
        writer.text(Role::Dim, &now.of_response());
    }
    if let Some(opened) = opened {
        writer.section("printed while it was loaded:", &opened.printed);
    }
}

fn trouble(writer: &mut Writer, moment: &Moment) {
    if let Some(reason) = &moment.worker_died {
        writer.text(Role::Bad, &format!("✗ the Python process ended: {reason}"));
        writer.blank();
    }
    if let Some(timed_out) = &moment.timed_out {
        let what = sentence(&EventKind::TimedOut(timed_out.clone()));
        writer.text(Role::Bad, &format!("✗ {what}"));
        writer.blank();
    }
    if let Some(raised) = &moment.error {
        let line = raised
            .blame
            .as_ref()
            .map_or(String::new(), |blame| format!(" ({blame})"));
        let what = format!("✗ {}: {}{line}", raised.r#type, raised.message);
        writer.text(Role::Bad, &what);
        if raised.r#in == RaisedIn::Load {
            writer.text(Role::Dim, &Situation::NotLoaded.of_response());
        }
    }
    let ended = moment.ended_early.map(|why| match why {
        EndedEarly::ForASave => "✗ the answer did not stop; it was ended when the file was saved",
        EndedEarly::ByHand => "✗ the answer was ended by hand",
        EndedEarly::ForTheNextPage => {
            "✗ the answer was ended, because its browser moved on to another page"
        }
    });
    if let Some(why) = ended {
        writer.text(Role::Bad, why);
        writer.blank();
    }
    if moment.client_gone && matches!(moment.ended_early, None | Some(EndedEarly::ForASave)) {
        writer.text(
            Role::Bad,
            "✗ the client went away before the answer was complete",
        );
        writer.blank();
    }
}

/// The beginnings of the mistakes beside an answer, since the rest would hide it.
fn heads(writer: &mut Writer, model: &Model, moment: &Moment) {
    for found in beside(model, moment) {
        mistake::head(writer, model, found);
    }
}

/// The status, or why there is none, and what is wrong with the answer.
fn status(writer: &mut Writer, model: &Model, moment: &Moment) {
    let Some(status) = moment.status() else {
        heads(writer, model, moment);
        // What went wrong was said above.
        if moment.error.is_none() && moment.worker_died.is_none() && !moment.client_gone {
            writer.text(Role::Dim, &situation(model).of_response());
        }
        return;
    };
    let role = match status.as_bytes().first() {
        Some(b'4' | b'5') => Role::Bad,
        _ => Role::Good,
    };
    writer.text(role, status);
    // The answer is an answer all the same: its status must not be scrolled away by them.
    heads(writer, model, moment);
}

/// Rows of the body that a small pane keeps for it.
fn rows_of_body(moment: &Moment, inner: Rect) -> usize {
    let lines = moment.body.kept.split(|&byte| byte == b'\n');
    let rows = lines.filter(|line| !line.is_empty()).count();
    rows.clamp(1, usize::from(inner.height / 2).max(1))
}

/// The headers. In a small pane those that the server added are one line, but for the one that says
/// how long the body is, where there is room for it.
fn headers(writer: &mut Writer, model: &Model, moment: &Moment, inner: Rect) {
    // A browser shows none of them either.
    if moment.status().is_none() || model.body_view() == BodyView::Page {
        return;
    }
    let fold = inner.height < MIN_HEIGHT_FOR_SERVER_HEADERS && !model.zoomed;
    let given = moment.started.as_ref();
    let given = given.map_or(&[][..], |started| &started.headers);
    let headers = moment.sent.as_ref().map_or(given, |(_, headers)| headers);
    if inner.height < MIN_HEIGHT_FOR_HEADERS && !model.zoomed && !headers.is_empty() {
        let plural = if headers.len() == 1 { "" } else { "s" };
        let count = format!("+ {} header{plural}: press 4 and z", headers.len());
        writer.text(Role::Dim, &count);
        return;
    }
    // Below them stand the line of the others, a gap and the body; a mistake needs the room more.
    let rows = writer.lines.len() + given.len() + 3 + rows_of_body(moment, inner);
    let has_room = rows <= usize::from(inner.height) && model.mistakes().is_empty();
    let mut folded = Vec::new();
    for header in headers {
        let own = moment.sent.is_some() && (moment.error_page || !given.contains(header));
        let is_length = matches!(header.0.as_str(), "Content-Length" | "Transfer-Encoding");
        if own && fold && !(is_length && has_room) {
            folded.push(header.0.as_str());
        } else {
            writer.header(header, own);
        }
    }
    if !folded.is_empty() {
        let names = format!("+ {} (from the server)", folded.join(", "));
        let plural = if folded.len() == 1 { "" } else { "s" };
        let count = format!("+ {} header{plural} from the server", folded.len());
        let fits = names.chars().count() < usize::from(inner.width);
        writer.text(Role::Dim, if fits { &names } else { &count });
    }
}
