//! Markup of a visitor's that goes through a template engine: what the engine escapes, and what the
//! app keeps it from escaping.

use rstest::rstest;
use serde_json::Value;

use super::{check, found, said};
use crate::support::SYSTEM;

/// A template engine as small as can be.
const PAPER: &str = "\
import re
from html import escape

class Markup(str):
    def __mod__(self, value):
        return Markup(str.__mod__(self, escape(value)))

class Template:
    def __init__(self, text, escapes):
        self.text, self.escapes = text, escapes

    def render(self, **values):
        def value(match):
            is_safe = bool(match[2]) or not self.escapes
            return values[match[1]] if is_safe else escape(values[match[1]])
        return re.sub(r'{{ (\\w+)(\\|safe)? }}', value, self.text)

class Environment:
    def __init__(self, autoescape=False):
        self.escapes = autoescape

    def from_string(self, text):
        return Template(text, self.escapes)
";

/// An app whose page is this expression.
fn app(page: &str) -> String {
    format!(
        "\
import sys
from pathlib import Path
from urllib.parse import parse_qs

sys.path.append(str(Path(__file__).parent / 'lib/site-packages'))
from paper import Environment, Markup

escaping = Environment(autoescape=True)

def application(environ, start_response):
    name = parse_qs(environ.get('QUERY_STRING', '')).get('name', ['you'])[0]
    page = {page}
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [(page + '<form><input name=name></form>').encode('utf-8')]
"
    )
}

/// What check finds in such an app: each mistake's name and message, and the example of the first.
fn judged(page: &str) -> (Vec<(String, String)>, Value) {
    let app = app(page);
    let files = [
        ("app.py", app.as_str()),
        ("lib/site-packages/paper.py", PAPER),
    ];
    let told = said(&check(&files, &["app.py", "--json"], SYSTEM));
    let told: Value = serde_json::from_str(&told).unwrap();
    let messages = told["diagnoses"].as_array().unwrap().iter();
    let messages = messages.map(|it| it["message"].as_str().unwrap().to_owned());
    let names = found(&told).into_iter().map(|(name, ..)| name);
    let offered = &told["diagnoses"][0];
    let offered = match &offered["fix"] {
        Value::Null => offered["example"].clone(),
        fix => fix["text"].clone(),
    };
    (names.zip(messages).collect(), offered)
}

#[rstest]
#[case::percent(
    "Markup('<p>%s</p>' % name)",
    "Markup() says that it is markup already"
)]
#[case::format("Markup(f'<p>{name}</p>')", "Markup() says that it is markup already")]
#[case::plus("Markup('<p>' + name)", "Markup() says that it is markup already")]
#[case::filter(
    "escaping.from_string('<p>{{ name|safe }}</p>').render(name=name)",
    "{{ name|safe }} puts it in as it is"
)]
#[case::setting(
    "Environment().from_string('<p>{{ name }}</p>').render(name=name)",
    "the template does not escape it"
)]
fn what_keeps_the_engine_from_escaping_is_found(#[case] page: &str, #[case] why: &str) {
    let (found, _) = judged(page);
    let expected = format!("the page holds '<i>\"&Ada' as the visitor sent it: {why}");
    assert_eq!(found, [("html-unescaped".to_owned(), expected)]);
}

#[test]
fn a_setting_is_mended_where_it_is_set() {
    let (_, offered) = judged("Environment().from_string('<p>{{ name }}</p>').render(name=name)");
    let expected = "Environment(autoescape=True)  # escapes what is put in";
    assert_eq!(offered, expected);
}

#[rstest]
#[case::percent("Markup('<p>%s</p>') % name")]
#[case::value("escaping.from_string('<p>{{ name }}</p>').render(name=name)")]
fn what_the_engine_escapes_is_right(#[case] page: &str) {
    let (found, _) = judged(page);
    assert!(found.is_empty(), "{found:?}");
}
