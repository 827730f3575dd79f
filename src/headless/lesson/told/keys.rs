//! What a lesson's text says of keys and panes of the screen, in commands. Pure.

use pulldown_cmark::{Event, Parser};

/// A key of the screen, and the command for it.
#[rustfmt::skip] // A table: one row a line.
const KEYS: &[(&str, &str)] = &[
    ("space", "send"),
    ("n", "next"), ("p", "back"), ("h", "hint"), ("g", "guess"), ("x", "solution"), ("m", "mistake"), ("v", "check"),
    ("e", "edit"), ("f", "form"), ("F", "send METHOD PATH"), ("R", "follow"), ("o", "send PATH"), ("u", "explain WORD"), ("!", "explain NAME"),
    ("1", "text"), ("2", "file"), ("3", "environ"), ("4", "response"), ("5", "response"), ("6", "events"),
    ("b", "page"),
];

/// The panes of the screen by their numbers, and the command that tells the same.
const PANES: &[(char, &str)] = &[
    ('1', "text"),
    ('2', "file"),
    ('3', "environ"),
    ('4', "response and body"),
    ('5', "response"),
    ('6', "events"),
];

/// A sentence on the keys and panes that a text names; nothing where it names none.
pub fn told(markdown: &str) -> String {
    let mut meanings: Vec<String> = Vec::new();
    let mut add = |meaning: String| {
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    };
    let mut words = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Code(code) => {
                if let Some((key, command)) = KEYS.iter().find(|(key, _)| *key == &*code) {
                    add(format!("for the key {key} type {command}"));
                }
            }
            Event::Text(text) => words.push_str(&text),
            Event::SoftBreak => words.push(' '),
            _ => {}
        }
    }
    for (number, command) in PANES {
        if words.to_lowercase().contains(&format!("pane {number}")) {
            add(format!("for pane {number} type {command}"));
        }
    }
    if meanings.is_empty() {
        return String::new();
    }
    format!("Without the screen: {}.\n", meanings.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{KEYS, told};
    use crate::headless::lesson::command::parse;

    #[test]
    fn a_key_and_a_pane_are_told_as_commands() {
        let text = "Press `space`.\nPane\n4 shows it; `space` again; `environ` is no key.";
        let expected =
            "Without the screen: for the key space type send, for pane 4 type response and body.\n";
        assert_eq!(told(text), expected);
        assert_eq!(told("Nothing `here`."), "");
    }

    #[test]
    fn each_key_has_a_command() {
        for (_, command) in KEYS {
            parse(command).unwrap();
        }
    }
}
