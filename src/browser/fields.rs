//! The forms of a page, and what a browser would send for them.

use html2text::{Handle, RcDom};

use super::dom::{attribute, elements, name, text, words};
use super::error::FormError;
use super::{Origin, Request, encode_form};

/// A form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageForm {
    /// `GET` or `POST`.
    pub method: String,
    /// The address as the page has it.
    pub action: String,
    /// Whether it is to be sent as `multipart/form-data`.
    pub multipart: bool,
    pub fields: Vec<Field>,
    /// Name and value of the button that sends it, when it has a name.
    pub button: Option<(String, String)>,
}

/// A field of such a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    /// The type of an input such as `hidden`, or the name of another element.
    pub kind: String,
    /// The values that can be chosen: those of a box, of radio buttons, of a list.
    pub choices: Vec<String>,
    /// A field that is not sent while it is empty: a box that is not ticked.
    pub optional: bool,
}

impl Field {
    /// For people: what kind of field it is, and what can be chosen, as in `checkbox: yes`.
    pub fn description(&self) -> String {
        if self.choices.is_empty() {
            self.kind.clone()
        } else {
            format!("{}: {}", self.kind, self.choices.join(", "))
        }
    }
}

impl PageForm {
    /// The forms of the page, in the order they begin.
    pub(super) fn all(dom: &RcDom) -> Vec<Self> {
        let all = elements(&dom.document);
        let forms: Vec<&Handle> = all.iter().filter(|node| name(node) == "form").collect();
        let is_only = forms.len() == 1;
        forms
            .into_iter()
            .map(|form| Self::of(form, &all, is_only))
            .collect()
    }

    /// A form of the page that has these elements.
    fn of(form: &Handle, all: &[Handle], is_only: bool) -> Self {
        let id = attribute(form, "id").filter(|id| !id.is_empty());
        let mut controls = elements(form);
        controls.retain(|node| attribute(node, "form").is_none());
        // A form that begins inside a table ends there at once, for the tree; its fields follow it.
        if is_only && !controls.iter().any(is_control) {
            controls = all.to_vec();
            controls.retain(|node| attribute(node, "form").is_none());
        }
        if let Some(id) = id {
            let belongs = |node: &&Handle| attribute(node, "form").as_ref() == Some(&id);
            controls.extend(all.iter().filter(belongs).cloned());
        }
        let method = attribute(form, "method").unwrap_or_default();
        let coding = attribute(form, "enctype").unwrap_or_default();
        let is_post = method.trim().eq_ignore_ascii_case("post");
        let mut found = Self {
            method: if is_post { "POST" } else { "GET" }.to_owned(),
            action: attribute(form, "action").unwrap_or_default(),
            multipart: is_post && coding.trim().eq_ignore_ascii_case("multipart/form-data"),
            fields: Vec::new(),
            button: None,
        };
        let mut has_button = false;
        for node in controls.iter().filter(|node| is_control(node)) {
            if is_submit(node) {
                let name = attribute(node, "name").filter(|name| !name.is_empty());
                if let Some(name) = name.filter(|_| !has_button) {
                    found.button = Some((name, attribute(node, "value").unwrap_or_default()));
                }
                // A browser's Enter presses the first one.
                has_button = true;
            } else {
                found.take(node);
            }
        }
        found
    }

    fn take(&mut self, node: &Handle) {
        let Some(name) = attribute(node, "name").filter(|name| !name.is_empty()) else {
            return;
        };
        let value = attribute(node, "value");
        let kind = kind(node);
        let mut field = Field {
            name,
            value: String::new(),
            kind,
            choices: Vec::new(),
            optional: false,
        };
        match field.kind.as_str() {
            "reset" | "button" | "image" => return,
            "checkbox" | "radio" => {
                let value = value.unwrap_or_else(|| "on".to_owned());
                if attribute(node, "checked").is_some() {
                    field.value.clone_from(&value);
                }
                field.choices.push(value);
                field.optional = true;
            }
            "select" => {
                (field.value, field.choices) = options(node);
                field.optional = true;
            }
            "textarea" => field.value = text(node),
            _ => field.value = value.unwrap_or_default(),
        }
        self.add(field);
    }

    /// Adds a field; radio buttons of one name are one.
    fn add(&mut self, field: Field) {
        let is_other = |it: &&mut Field| it.kind == "radio" && it.name == field.name;
        let other = self.fields.iter_mut().find(is_other);
        match other.filter(|_| field.kind == "radio") {
            Some(known) => {
                known.choices.extend(field.choices);
                if !field.value.is_empty() {
                    known.value = field.value;
                }
            }
            None => self.fields.push(field),
        }
    }

    /// The names and values a browser sends for these values of the fields.
    pub fn submission(&self, values: &[String]) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = self
            .fields
            .iter()
            .zip(values)
            .filter(|(field, value)| !(field.optional && value.is_empty()))
            .map(|(field, value)| (field.name.clone(), value.clone()))
            .collect();
        pairs.extend(self.button.clone());
        pairs
    }

    /// What is sent with these values for the fields.
    ///
    /// # Errors
    /// When the form leads elsewhere, or is one the tutor's client cannot send.
    pub fn request(&self, values: &[String], origin: &Origin) -> Result<Request, FormError> {
        if self.multipart {
            return Err(FormError::Multipart);
        }
        let path = origin.resolve(&self.action);
        let path = path.ok_or_else(|| FormError::Elsewhere(self.action.clone()))?;
        self.request_to(&path, values)
    }

    /// The same where its action is known to lead to this path, for a form that is not multipart.
    ///
    /// # Errors
    /// When the fields cannot be encoded.
    pub fn request_to(&self, path: &str, values: &[String]) -> Result<Request, FormError> {
        let form = self.submission(values);
        if self.method == "POST" {
            return Ok(Request {
                method: self.method.clone(),
                path: path.to_owned(),
                form: Some(form),
                ..Request::default()
            });
        }
        let query = encode_form(&form)?;
        let path = path.split('?').next().unwrap_or_default();
        Ok(Request {
            method: self.method.clone(),
            path: format!("{path}?{query}"),
            form: None,
            ..Request::default()
        })
    }
}

/// The kind of a control: the type of an input, or the element's name.
pub(super) fn kind(node: &Handle) -> String {
    match name(node).as_str() {
        "input" => {
            let kind = attribute(node, "type").unwrap_or_default();
            let kind = kind.trim().to_ascii_lowercase();
            if kind.is_empty() {
                "text".to_owned()
            } else {
                kind
            }
        }
        other => other.to_owned(),
    }
}

fn is_control(node: &Handle) -> bool {
    let known = ["input", "textarea", "select", "button"];
    known.contains(&name(node).as_str()) && attribute(node, "disabled").is_none()
}

fn is_submit(node: &Handle) -> bool {
    match name(node).as_str() {
        "button" => {
            let kind = attribute(node, "type").unwrap_or_default();
            !["reset", "button"].contains(&kind.trim().to_ascii_lowercase().as_str())
        }
        _ => kind(node) == "submit",
    }
}

/// The value that is chosen at first, and all there are.
pub(super) fn options(select: &Handle) -> (String, Vec<String>) {
    let mut chosen = None;
    let mut all = Vec::new();
    for node in elements(select) {
        if name(&node) != "option" || attribute(&node, "disabled").is_some() {
            continue;
        }
        let value = attribute(&node, "value").unwrap_or_else(|| words(&text(&node)));
        if attribute(&node, "selected").is_some() {
            chosen = Some(value.clone());
        }
        all.push(value);
    }
    let many = attribute(select, "multiple").is_some();
    let first = all.first().filter(|_| !many).cloned();
    (chosen.or(first).unwrap_or_default(), all)
}
