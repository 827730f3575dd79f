//! The requests a lesson names: one to send, or what one of the learner's own is to be like.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::SpecError;
use super::values::Values;
use crate::browser;
use crate::exchange::{RequestRead, visible};

/// A request as a lesson writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    method: Option<String>,
    path: Option<String>,
    form: Option<Form>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
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
    /// As [`Values::fill`], and when the path does not begin with `/` or cannot stand in a request.
    pub fn fill(&self, values: &Values) -> Result<browser::Request, SpecError> {
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
        let method = if form.is_some() { "POST" } else { "GET" };
        let headers = self.headers.clone().into_iter().map(fill);
        let headers = headers.collect::<Result<Vec<_>, SpecError>>()?;
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
            headers,
            body: None,
        })
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
    }
}

fn has_fields(form: &Form, request: &RequestRead) -> bool {
    let sent: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&request.body.kept).unwrap_or_default();
    form.fields().iter().all(|field| sent.contains(field))
}

/// A request in a line: `POST / with name=Ada`.
pub fn told(request: &browser::Request) -> String {
    let mut told = format!("{} {}", visible(&request.method), visible(&request.path));
    let fields = request.form.iter().flatten();
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("{}={}", visible(name), visible(value)))
        .collect();
    if !fields.is_empty() {
        told.push_str(" with ");
        told.push_str(&fields.join(" and "));
    }
    told
}
