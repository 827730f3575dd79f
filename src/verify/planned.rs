//! A request that `wsgi-tutor check app.py` is going to send.

use std::borrow::Cow;

use crate::browser::{Probe, Request};

/// A request to send, and what is done with it and its answer.
#[derive(Debug, Clone, Default)]
pub struct Planned {
    pub probe: Probe,
    /// What is odd about it; empty where method and target say it.
    pub note: Cow<'static, str>,
    /// Whether it was found in an answer.
    pub is_found: bool,
    pub cookies: Cookies,
    /// Whether links and forms of the answer are followed.
    pub follows: bool,
    /// Whether it is one of a pair of GET and HEAD whose headers are compared.
    pub compares: bool,
}

/// Whether the cookies the app has set go with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cookies {
    /// As from a visitor who is new.
    #[default]
    None,
    /// As from a visitor who goes on.
    Sent,
    /// The request is only sent when there are some.
    Required,
}

impl Planned {
    /// A request without a body.
    pub fn new(method: &str, target: &str) -> Self {
        let request = Request {
            method: method.to_owned(),
            path: target.to_owned(),
            ..Request::default()
        };
        Self::of(request)
    }

    pub fn of(request: Request) -> Self {
        Self {
            probe: Probe {
                request: request.for_check(),
                ..Probe::default()
            },
            ..Self::default()
        }
    }

    pub fn note(self, note: impl Into<Cow<'static, str>>) -> Self {
        Self {
            note: note.into(),
            ..self
        }
    }

    /// The same with a body of this type.
    pub fn body(mut self, kind: &str, body: Vec<u8>) -> Self {
        self.probe.body = Some((kind.to_owned(), body));
        self
    }

    /// The same with the fields of a form.
    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        let owned = fields
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()));
        self.probe.request.form = Some(owned.collect());
        self
    }

    /// The same with one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header = (name.to_owned(), value.to_owned());
        self.probe.request.headers.push(header);
        self
    }

    pub fn cookies(self, cookies: Cookies) -> Self {
        Self { cookies, ..self }
    }

    /// The same, where links and forms of the answer are followed.
    pub fn following(self) -> Self {
        Self {
            follows: true,
            ..self
        }
    }

    pub fn method(&self) -> &str {
        &self.probe.request.method
    }

    pub fn target(&self) -> &str {
        &self.probe.request.path
    }

    /// As `POST / (a form)`.
    pub fn label(&self) -> String {
        let request = format!("{} {}", self.method(), self.target());
        match &*self.note {
            "" => request,
            note => format!("{request} ({note})"),
        }
    }
}

/// GET and HEAD of a page, which are compared.
pub fn pair(target: &str) -> [Planned; 2] {
    ["GET", "HEAD"].map(|method| Planned {
        compares: true,
        cookies: Cookies::Sent,
        ..Planned::new(method, target)
    })
}
