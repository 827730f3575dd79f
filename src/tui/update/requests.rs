//! Sends requests: those that a lesson suggests, and those that the learner fills in.

use super::lesson::guess;
use crate::browser::{Request, redirect};
use crate::exchange::visible;
use crate::tui::action::RequestAction;
use crate::tui::effect::Effect;
use crate::tui::state::answers;
use crate::tui::state::form::Form;
use crate::tui::state::model::{Model, Overlay};

/// Does what a key asks for.
pub fn act(model: &mut Model, action: RequestAction) -> Vec<Effect> {
    match action {
        RequestAction::Send => return send_suggestion(model),
        RequestAction::OpenForm => open_form(model),
        RequestAction::OpenRequest => open_request(model),
        RequestAction::FollowRedirect => return follow_redirect(model),
        RequestAction::OpenPageForm => open_page_form(model),
        RequestAction::OpenLinks => open_links(model),
        RequestAction::SendForm => return send_form(model),
        RequestAction::NextField => to_field(model, 1),
        RequestAction::PreviousField => to_field(model, -1),
        RequestAction::EndAnswer => {
            let id = answers::endable(model);
            return id.map(Effect::EndAnswer).into_iter().collect();
        }
        RequestAction::Browse => {
            let mount = &model.server.mount;
            let url = model.server.url.as_ref();
            let url = url.map(|url| format!("{url}{mount}"));
            return url.map(Effect::Browse).into_iter().collect();
        }
    }
    Vec::new()
}

fn send_suggestion(model: &mut Model) -> Vec<Effect> {
    if guess::ask_first(model) {
        return Vec::new();
    }
    let sent = model
        .session
        .opened
        .as_ref()
        .and_then(|opened| opened.sent.clone());
    let step = model.course().and_then(|it| it.step_of(model.lesson()?));
    let of_step = step.and_then(|step| step.suggestion.as_ref());
    let of_lesson = model.lesson().map(|lesson| &lesson.suggestion);
    let request = match of_step.or(of_lesson) {
        Some(suggestion) => Request {
            method: suggestion.method.clone(),
            path: suggestion.path.clone(),
            form: None,
            ..Request::default()
        },
        // An app of one's own has no suggestion but the last request.
        None => sent.unwrap_or_else(|| first_request(model)),
    };
    vec![Effect::Send(request)]
}

/// What a browser asks for first.
fn first_request(model: &Model) -> Request {
    Request {
        path: format!("{}/", model.server.mount),
        ..Request::default()
    }
}

fn open_form(model: &mut Model) {
    let opened = model.session.opened.as_ref();
    let sent = opened.and_then(|opened| opened.sent.as_ref());
    let form = model.lesson().map(|lesson| Form::of(lesson, sent));
    model.overlay = form.map(Overlay::Form);
}

fn open_request(model: &mut Model) {
    let opened = model.session.opened.as_ref();
    let sent = opened.and_then(|opened| opened.sent.as_ref());
    let form = Form::any(&sent.cloned().unwrap_or_else(|| first_request(model)));
    model.overlay = Some(Overlay::Form(form));
}

fn follow_redirect(model: &mut Model) -> Vec<Effect> {
    match redirect::follow(model.moment(), &model.origin()) {
        Ok(request) => {
            // As in a browser the answer takes the place of the one that led to it.
            model.session.chosen = None;
            model.session.playback = None;
            vec![Effect::Send(request)]
        }
        Err(why) => {
            model.notice = Some(visible(&why.to_string()));
            Vec::new()
        }
    }
}

fn open_page_form(model: &mut Model) {
    let Some(page) = model.page_in_focus() else {
        return;
    };
    let Some(form) = &page.form else { return };
    let form = Form::of_page(form, model.page_origin(page));
    match form.request() {
        Ok(_) => model.overlay = Some(Overlay::Form(form)),
        Err(why) => model.notice = Some(visible(&why.to_string())),
    }
}

fn open_links(model: &mut Model) {
    if let Some(page) = model.page_in_focus() {
        let form = Form::links(page.links.clone(), model.page_origin(page));
        model.overlay = Some(Overlay::Form(form));
    }
}

fn send_form(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = &model.overlay else {
        return Vec::new();
    };
    let request = match form.request() {
        Ok(request) => request,
        Err(why) => {
            model.notice = Some(visible(&why.to_string()));
            return Vec::new();
        }
    };
    if form.leads_on() {
        // As in a browser the answer takes the page's place.
        model.session.chosen = None;
        model.session.playback = None;
    }
    model.overlay = None;
    if let Some(opened) = &mut model.session.opened {
        opened.sent = Some(request.clone());
    }
    vec![Effect::Send(request)]
}

/// Goes so many fields further or back, around the ends.
fn to_field(model: &mut Model, by: isize) {
    if let Some(Overlay::Form(form)) = &mut model.overlay {
        let count = form.fields.len().max(1);
        form.at = form.at.saturating_add(count).saturating_add_signed(by) % count;
    }
}
