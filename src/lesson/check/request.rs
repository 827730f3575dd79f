//! The requests a lesson names: one to send, or what one of the learner's own is to be like.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::bytes;
use super::error::SpecError;
use super::values::Values;
use crate::browser;
use crate::exchange::{RequestRead, header, visible, visible_bytes};

/// A request as a lesson writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    method: Option<String>,
    path: Option<String>,
    form: Option<Form>,
    /// Another body than a form, as [`bytes`] reads it.
    body: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// The whole request, as [`bytes`] reads it.
    raw: Option<String>,
}

/// Fields by their names, or in an order, or several of a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "a form is { name = \"Ada\" } or [[\"name\", \"Ada\"]]"
)]
enum Form {
    Table(BTreeMap<String, String>),
    List(Vec<(String, String)>),
}

impl Form {
    fn fields(&self) -> Vec<(String, String)> {
        match self {
            Self::Table(fields) => fields.clone().into_iter().collect(),
            Self::List(fields) => fields.clone(),
        }
    }
}

impl RequestSpec {
    /// The request to send, with values put in.
    ///
    /// # Errors
    /// As [`Values::fill`] and [`bytes::fill`], when the path does not begin with `/` or cannot
    /// stand in a request, and when two keys exclude each other.
    pub fn fill(&self, values: &Values) -> Result<browser::Request, SpecError> {
        if let Some(raw) = &self.raw {
            if self.names_parts() {
                return Err(SpecError::BesideRaw);
            }
            return Ok(browser::Request {
                raw: Some(bytes::fill(raw, values)?),
                ..browser::Request::default()
            });
        }
        if self.form.is_some() && self.body.is_some() {
            return Err(SpecError::TwoBodies);
        }
        let path = values.fill_path(self.path.as_deref().unwrap_or("/"))?;
        if !path.starts_with('/') {
            return Err(SpecError::PathWithoutSlash(path));
        }
        if !path.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SpecError::UnencodedPath(path));
        }
        let fill = |(name, value): (String, String)| Ok((name, values.fill(&value)?));
        let form = self.form.as_ref().map(|form| {
            let fields = form.fields().into_iter().map(fill);
            fields.collect::<Result<Vec<_>, SpecError>>()
        });
        let form = form.transpose()?;
        let body = self.body.as_ref().map(|body| bytes::fill(body, values));
        let body = body.transpose()?;
        let method = if form.is_some() || body.is_some() {
            "POST"
        } else {
            "GET"
        };
        let headers = self.headers.clone().into_iter().map(fill);
        let mut headers = headers.collect::<Result<Vec<_>, SpecError>>()?;
        if body.is_some() && header(&headers, "Content-Type").is_none() {
            headers.push(("Content-Type".to_owned(), browser::FORM_TYPE.to_owned()));
        }
        let method = self.method.clone().unwrap_or(method.to_owned());
        let words = headers.iter().flat_map(|(name, value)| [name, value]);
        if let Some(word) = words
            .chain([&method])
            .find(|it| it.contains(char::is_control))
        {
            return Err(SpecError::ControlCharacter(visible(word)));
        }
        Ok(browser::Request {
            method,
            path,
            form,
            body,
            headers,
            raw: None,
        })
    }

    fn names_parts(&self) -> bool {
        self.method.is_some()
            || self.path.is_some()
            || self.form.is_some()
            || self.body.is_some()
            || !self.headers.is_empty()
    }

    /// Whether a request of the learner's own can be like this one.
    ///
    /// # Errors
    /// As [`RequestSpec::fill`] without values, and when it names `raw`.
    pub fn validate_own(&self) -> Result<(), SpecError> {
        if self.raw.is_some() {
            return Err(SpecError::RawForLearner);
        }
        self.fill(&Values::default()).map(drop)
    }

    /// Whether a request of the learner's own is like this one in everything that is named.
    pub fn is_like(&self, request: &RequestRead) -> bool {
        let wanted_path = |wanted: &String| {
            let target = &request.target;
            let path = target
                .split_once('?')
                .map_or(target.as_str(), |(path, _)| path);
            wanted == target || (!wanted.contains('?') && wanted == path)
        };
        let header = |(wanted, value): (&String, &String)| {
            let mut headers = request.headers.iter();
            headers.any(|(name, is)| name.eq_ignore_ascii_case(wanted) && is == value)
        };
        self.method.as_ref().is_none_or(|it| *it == request.method)
            && self.path.as_ref().is_none_or(wanted_path)
            && self.headers.iter().all(header)
            && self
                .form
                .as_ref()
                .is_none_or(|form| has_fields(form, request))
            && self.body.as_ref().is_none_or(|body| {
                bytes::fill(body, &Values::default()).is_ok_and(|body| body == request.body.kept)
            })
    }
}

fn has_fields(form: &Form, request: &RequestRead) -> bool {
    let sent: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&request.body.kept).unwrap_or_default();
    form.fields().iter().all(|field| sent.contains(field))
}

/// Characters that are told of a request's bytes.
const MAX_TOLD: usize = 60;

/// A request in a line: `POST / with name=Ada`.
pub fn told(request: &browser::Request) -> String {
    if let Some(raw) = &request.raw {
        return format!("the bytes {}", abridged(raw));
    }
    let mut told = format!("{} {}", visible(&request.method), visible(&request.path));
    let fields = request.form.iter().flatten();
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("{}={}", visible(name), visible(value)))
        .collect();
    if !fields.is_empty() {
        told.push_str(" with ");
        told.push_str(&fields.join(" and "));
    }
    match &request.body {
        Some(body) if body.is_empty() => told.push_str(" with an empty body"),
        Some(body) => {
            told.push_str(" with the body ");
            told.push_str(&abridged(body));
        }
        None => {}
    }
    told
}

fn abridged(bytes: &[u8]) -> String {
    let mut told = visible_bytes(bytes);
    if let Some((end, _)) = told.char_indices().nth(MAX_TOLD) {
        told.truncate(end);
        told.push('…');
    }
    told
}
