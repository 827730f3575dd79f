//! The fields that become a request: a lesson's form, or for an app of one's own a request of any
//! kind, or a form or a link of the page that was answered.

use std::fmt::Write as _;

use ratatui::style::Style;
use ratatui_textarea::TextArea;
use serde::de::IgnoredAny;

use super::error::RequestError;
use crate::browser::{Origin, PageForm, Request, encode_form};
use crate::lesson::Lesson;

/// A form while it is filled in.
#[derive(Debug, Clone)]
pub struct Form {
    pub kind: FormKind,
    /// Names and texts.
    pub fields: Vec<(String, TextArea<'static>)>,
    /// The field the keys go to.
    pub at: usize,
}

/// What the fields mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKind {
    /// The fields of a form, sent to this path.
    Fields { path: String },
    /// Method, path, the fields of a form as `name=value&name=value`, headers as
    /// `Name: value | Name: value`, and a body in place of the form.
    Request,
    /// The fields of a page's form.
    Page(Box<PageForm>, Origin),
    /// The number of one of these links of a page.
    Link(Vec<String>, Origin),
}

impl Form {
    /// A lesson's form, filled in with what was sent last, or with its suggestions.
    pub fn of(lesson: &Lesson, sent: Option<&Request>) -> Self {
        let last = |name: &str| {
            let fields = sent?.form.as_ref()?;
            let (_, value) = fields.iter().find(|(known, _)| known == name)?;
            Some(value.clone())
        };
        let fields = lesson.form.iter().map(|field| {
            let value = last(&field.name).unwrap_or_else(|| field.value.clone());
            (field.name.clone(), value)
        });
        let path = lesson.suggestion.path.clone();
        Self::new(FormKind::Fields { path }, fields)
    }

    /// A request of any kind, filled in with the one that was sent last.
    pub fn any(sent: &Request) -> Self {
        let form = sent.form.as_deref().and_then(|form| encode_form(form).ok());
        let body = sent.body.as_deref().unwrap_or_default();
        let fields = [
            ("method", sent.method.clone()),
            ("path", sent.path.clone()),
            ("form", form.unwrap_or_default()),
            ("headers", headers_typed(&sent.headers)),
            ("body", String::from_utf8_lossy(body).into_owned()),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        Self::new(FormKind::Request, fields)
    }

    /// A page's form, filled in as the page has it.
    pub fn of_page(form: &PageForm, origin: Origin) -> Self {
        let fields = form.fields.iter();
        let fields = fields.map(|field| (field.name.clone(), field.value.clone()));
        Self::new(FormKind::Page(Box::new(form.clone()), origin), fields)
    }

    /// The links of a page, of which there is at least one.
    pub fn links(links: Vec<String>, origin: Origin) -> Self {
        let field = ("link".to_owned(), "1".to_owned());
        Self::new(FormKind::Link(links, origin), [field])
    }

    /// Whether it leads on from a page.
    pub fn leads_on(&self) -> bool {
        matches!(self.kind, FormKind::Page(..) | FormKind::Link(..))
    }

    /// What kind of field the keys go to, where the page says so.
    pub fn field_kind(&self) -> Option<String> {
        match &self.kind {
            FormKind::Page(form, _) => {
                let kind = form.fields.get(self.at)?.description();
                Some(format!("field: {kind}"))
            }
            FormKind::Request => {
                let kinds = [
                    "a method: GET, POST, HEAD, PUT, …",
                    "a path, and what follows ? as the query",
                    "name=value&name=value, encoded as a form",
                    "Name: value | Name: value",
                    "JSON, or any text, in place of a form",
                ];
                kinds.get(self.at).map(|&kind| kind.to_owned())
            }
            _ => None,
        }
    }

    fn new(kind: FormKind, fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| {
            let mut text = TextArea::new(vec![value]);
            // Typing replaces what stands there.
            text.select_all();
            text.set_selection_style(Style::new().reversed());
            text.set_cursor_line_style(Style::new());
            (name, text)
        });
        Self {
            kind,
            fields: fields.collect(),
            at: 0,
        }
    }

    /// What is sent.
    ///
    /// # Errors
    /// When it cannot be sent from here, and why.
    pub fn request(&self) -> Result<Request, RequestError> {
        match &self.kind {
            FormKind::Fields { path } => Ok(Request {
                method: "POST".to_owned(),
                path: path.clone(),
                form: Some(self.values()),
                ..Request::default()
            }),
            FormKind::Request => self.any_request(),
            FormKind::Page(form, origin) => {
                let values = self.values().into_iter().map(|(_, value)| value);
                Ok(form.request(&values.collect::<Vec<_>>(), origin)?)
            }
            FormKind::Link(links, origin) => {
                let number = self.text(0);
                let number = number.trim();
                let place = number.parse::<usize>().ok();
                let link = place.and_then(|place| links.get(place.checked_sub(1)?));
                let link = link.ok_or_else(|| RequestError::NoLink(number.to_owned()))?;
                let path = origin.resolve(link);
                Ok(Request {
                    method: "GET".to_owned(),
                    path: path.ok_or_else(|| RequestError::LinkElsewhere(link.clone()))?,
                    form: None,
                    ..Request::default()
                })
            }
        }
    }

    fn any_request(&self) -> Result<Request, RequestError> {
        let form = self.text(2);
        let body = self.text(4);
        if !form.is_empty() && !body.is_empty() {
            return Err(RequestError::TwoBodies);
        }
        let mut headers = typed_headers(&self.text(3))?;
        let is_typed = |name: &str| headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        if !body.is_empty() && !is_typed("Content-Type") {
            let r#type = if serde_json::from_str::<IgnoredAny>(&body).is_ok() {
                "application/json"
            } else {
                "text/plain; charset=utf-8"
            };
            headers.push(("Content-Type".to_owned(), r#type.to_owned()));
        }
        // Text that is no form is a field without a value, as it is for a browser.
        let form = (!form.is_empty())
            .then(|| serde_urlencoded::from_str(&form).unwrap_or(vec![(form, String::new())]));
        let method = or(self.text(0).trim().to_owned(), "GET");
        let mut path = typed_path(self.text(1).trim());
        // As a browser does: what is got has no body.
        let in_query = matches!(method.as_str(), "GET" | "HEAD");
        let query = form.as_deref().filter(|_| in_query);
        if let Some(query) = query.and_then(|form| encode_form(form).ok()) {
            path.push(if path.contains('?') { '&' } else { '?' });
            path.push_str(&query);
        }
        Ok(Request {
            method,
            path,
            form: form.filter(|_| !in_query),
            headers,
            body: (!body.is_empty()).then(|| body.into_bytes()),
            ..Request::default()
        })
    }

    fn text(&self, place: usize) -> String {
        let field = self.fields.get(place);
        field.map_or(String::new(), |(_, text)| text.lines().concat())
    }

    fn values(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .map(|(name, text)| (name.clone(), text.lines().concat()))
            .collect()
    }
}

/// A path as a browser sends what was typed: from `/` on, and percent-encoded where it is not
/// ASCII.
fn typed_path(typed: &str) -> String {
    let mut path = String::new();
    if !typed.starts_with('/') {
        path.push('/');
    }
    for byte in typed.bytes() {
        match byte {
            0x21..=0x7e => path.push(char::from(byte)),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
    path
}

/// Headers as they are typed: `Name: value`, with `|` between two of them.
fn typed_headers(typed: &str) -> Result<Vec<(String, String)>, RequestError> {
    let typed = typed.split('|').map(str::trim).filter(|it| !it.is_empty());
    typed
        .map(|header| {
            let (name, value) = header
                .split_once(':')
                .ok_or_else(|| RequestError::NoHeader(header.to_owned()))?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn headers_typed(headers: &[(String, String)]) -> String {
    let headers = headers.iter();
    let typed: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    typed.join(" | ")
}

fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Form, typed_path};
    use crate::browser::Request;

    #[rstest]
    #[case("", "/")]
    #[case("/shop?q=1", "/shop?q=1")]
    #[case("caf\u{e9}/a b", "/caf%C3%A9/a%20b")]
    fn a_path_may_be_typed_as_in_a_browser(#[case] typed: &str, #[case] expected: &str) {
        assert_eq!(typed_path(typed), expected);
    }

    #[test]
    fn what_was_sent_last_can_be_sent_again() {
        let sent = Request {
            method: "PUT".to_owned(),
            path: "/x".to_owned(),
            form: Some(vec![("name".to_owned(), "Zo\u{eb} & co".to_owned())]),
            ..Request::default()
        };
        assert_eq!(Form::any(&sent).request().unwrap(), sent);
    }

    #[rstest]
    #[case(r#"{"tea": 2}"#, "application/json")]
    #[case("tea, please", "text/plain; charset=utf-8")]
    fn a_body_says_what_it_is(#[case] body: &str, #[case] expected: &str) {
        let sent = Request {
            method: "PUT".to_owned(),
            body: Some(body.as_bytes().to_vec()),
            headers: vec![("X-Tea".to_owned(), "green: yes".to_owned())],
            ..Request::default()
        };
        let request = Form::any(&sent).request().unwrap();
        assert_eq!(request.body.as_deref(), Some(body.as_bytes()));
        let r#type = ("Content-Type".to_owned(), expected.to_owned());
        assert_eq!(request.headers, [sent.headers[0].clone(), r#type]);
    }

    #[rstest]
    #[case(Some(vec![("a".to_owned(), "b".to_owned())]), "", "one body")]
    #[case(None, "tea", "'tea' is no header")]
    fn what_is_no_request_is_told(
        #[case] form: Option<Vec<(String, String)>>,
        #[case] header: &str,
        #[case] expected: &str,
    ) {
        let mut filled = Form::any(&Request {
            method: "POST".to_owned(),
            form,
            body: Some(b"x".to_vec()),
            ..Request::default()
        });
        filled.fields[3].1.insert_str(header);
        let why = filled.request().unwrap_err().to_string();
        assert!(why.contains(expected), "{why}");
    }
}
