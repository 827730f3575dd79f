//! Why there is nothing to show yet, or never will be: the same truth for environ and the response.

use std::borrow::Cow;

use crate::exchange::{ExchangeId, Phase, RaisedIn};
use crate::tui::state::answers::answered_first;
use crate::tui::state::model::Model;
use crate::tui::state::session::Load;

/// Why the application has not been called for what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    NoRequest,
    /// No request came, and none could be answered.
    FileBroken,
    Refused,
    /// The request came, and the file could not be loaded.
    NotLoaded,
    Arriving,
    /// The application is still answering this exchange.
    Busy(ExchangeId),
    Starting,
    /// It is called next.
    Soon,
    /// It ended before the application was called.
    Over,
    Called,
}

pub fn situation(model: &Model) -> Situation {
    let Some(exchange) = model.exchange() else {
        return if model.is_unloaded() {
            Situation::FileBroken
        } else {
            Situation::NoRequest
        };
    };
    let moment = model.moment();
    let of_load = moment
        .error
        .as_ref()
        .is_some_and(|raised| raised.r#in == RaisedIn::Load);
    if moment.refused.is_some() {
        return Situation::Refused;
    }
    if of_load {
        return Situation::NotLoaded;
    }
    if !moment.environ.is_empty() {
        return Situation::Called;
    }
    match moment.phase {
        Phase::Arriving => Situation::Arriving,
        Phase::Read if let Some(first) = answered_first(model, exchange) => Situation::Busy(first),
        Phase::Read if !ready(model) && model.recording().is_none() => Situation::Starting,
        Phase::Read => Situation::Soon,
        Phase::Finished => Situation::Over,
        Phase::Called | Phase::Stored | Phase::Sent => Situation::Called,
    }
}

fn ready(model: &Model) -> bool {
    let loaded = model
        .session
        .opened
        .as_ref()
        .is_some_and(|opened| opened.loaded != Load::Pending);
    model.server.python.is_some() && loaded
}

impl Situation {
    /// What the environ pane says.
    pub fn of_environ(self) -> Cow<'static, str> {
        let text = match self {
            Self::NoRequest | Self::FileBroken => {
                "environ is made when a request comes. Press space to send one."
            }
            Self::Refused => {
                "The server refused this request, so there is no environ: no application was called."
            }
            Self::NotLoaded => {
                "The file could not be loaded, so there was nothing to call and no environ was made."
            }
            Self::Over => {
                "This request ended before the application was called: no environ was made."
            }
            Self::Arriving | Self::Busy(_) | Self::Starting | Self::Soon | Self::Called => {
                return self.of_response();
            }
        };
        text.into()
    }

    /// What the response pane says.
    pub fn of_response(self) -> Cow<'static, str> {
        let text = match self {
            Self::NoRequest => {
                "No request has come yet. Press space, open the address above in a browser, or use curl."
            }
            Self::FileBroken => "The file cannot be loaded. Fix it and save.",
            Self::Refused => "The server refused this request.",
            Self::NotLoaded => "The file could not be loaded, so there was nothing to call.",
            Self::Arriving => "The request is still arriving.",
            Self::Busy(first) => {
                return format!(
                    "The request waits: the application is still answering #{first}. X ends that answer."
                )
                .into();
            }
            Self::Starting => "The request waits: Python is still starting.",
            Self::Soon => "The request was read. The application is called next.",
            Self::Over => "There was no answer.",
            Self::Called => "start_response has not been called yet.",
        };
        text.into()
    }
}
