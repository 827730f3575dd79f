//! environ of an exchange, in its groups, a key a line. Pure.

use crate::exchange::{
    ENVIRON_GROUPS, EnvironChange, EnvironEntry, Exchange, Moment, environ_group, visible,
};
use crate::headless::plain::{named, push};

/// All of environ, or one key of it.
pub fn environ(exchange: &Exchange, key: Option<&str>) -> String {
    let moment = exchange.now();
    let name = named(exchange);
    if moment.environ.is_empty() {
        return format!("{name} has no environ: the application was not called.\n");
    }
    if let Some(key) = key {
        return one_key(moment, &name, key);
    }
    let mut text = format!("environ of {name}, {} keys.\n", moment.environ.len());
    for (place, name) in ENVIRON_GROUPS.iter().enumerate() {
        let entries = moment.environ.iter();
        let members = entries.filter(|entry| environ_group(&entry.key) == place);
        group(&mut text, name, members.map(entry));
    }
    group(
        &mut text,
        "Changed by the app",
        moment.changes.iter().map(change),
    );
    text
}

/// A group with its name, if there is something in it.
fn group(text: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        push(text, &format!("{name}:"));
    }
    for line in lines {
        push(text, &line);
    }
}

fn one_key(moment: &Moment, name: &str, key: &str) -> String {
    let is_it = |known: &str| known.eq_ignore_ascii_case(key);
    let mut text = String::new();
    if let Some(found) = moment.environ.iter().find(|it| is_it(&it.key)) {
        push(&mut text, &entry(found));
    }
    if let Some(found) = moment.changes.iter().find(|it| is_it(&it.key)) {
        push(&mut text, &format!("Changed by the app: {}", change(found)));
    }
    if text.is_empty() {
        push(
            &mut text,
            &format!("environ of {name} has no key {}.", visible(key)),
        );
    }
    text
}

/// `PATH_INFO = '/tea'`
fn entry(entry: &EnvironEntry) -> String {
    format!("{} = {}", visible(&entry.key), visible(&entry.repr))
}

fn change(change: &EnvironChange) -> String {
    let key = visible(&change.key);
    match &change.repr {
        Some(repr) => format!("{key} = {}", visible(repr)),
        None => format!("{key} was removed"),
    }
}
