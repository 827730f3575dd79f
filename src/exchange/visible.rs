//! Control characters made visible. Here they are the lesson; written to a terminal as they are
//! they would be an attack on it.

use std::fmt::Write as _;

/// `text` with every control character written as Python would: `\r`, `\x1b`, `\u202e`.
/// Line feeds and tabs are escaped too.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        push_visible(&mut out, character);
    }
    out
}

/// The same for a text of several lines: line feeds and tabs stay. Whatever is printed goes through
/// here.
pub fn visible_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => out.push(character),
            _ => push_visible(&mut out, character),
        }
    }
    out
}

/// Bytes as text: UTF-8 where they are that, `\xff` where they are not, control characters escaped.
pub fn visible_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_visible(&mut out, character);
        }
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

/// JSON leaves some characters as they are that a terminal may obey: DEL, the C1 control
/// characters, and those that turn or hide text. They can stand in strings only, where an escape
/// means the same.
pub fn visible_json(json: String) -> String {
    if json.is_ascii() && !json.as_bytes().contains(&0x7f) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character > '~' && is_escaped(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// Whether a character beyond ASCII is written as an escape.
fn is_escaped(character: char) -> bool {
    (0x7f..0xa0).contains(&u32::from(character)) || reorders_or_hides(character)
}

fn push_visible(out: &mut String, character: char) {
    let code = u32::from(character);
    let _ = match character {
        '\r' => out.write_str("\\r"),
        '\n' => out.write_str("\\n"),
        '\t' => out.write_str("\\t"),
        _ if code < 0x20 || (0x7f..0xa0).contains(&code) => write!(out, "\\x{code:02x}"),
        _ if reorders_or_hides(character) && code > 0xffff => write!(out, "\\U{code:08x}"),
        _ if reorders_or_hides(character) => write!(out, "\\u{code:04x}"),
        _ => out.write_char(character),
    };
}

/// Characters that change the direction of text, or that cannot be seen: the format characters of
/// Unicode, its fillers, and its tags, with which a hidden text can be written.
fn reorders_or_hides(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_bytes, visible_json, visible_text};

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(
            visible("a\x1b[2Jb\r\n\tc\u{9b}\u{202e}"),
            "a\\x1b[2Jb\\r\\n\\tc\\x9b\\u202e"
        );
        assert_eq!(visible("Zoë 李"), "Zoë 李");
        assert_eq!(
            visible("a\u{180e}\u{3164}\u{ffa0}\u{e0041}b"),
            "a\\u180e\\u3164\\uffa0\\U000e0041b"
        );
    }

    #[test]
    fn a_text_keeps_its_lines_and_what_is_escaped_already() {
        let text = "a\u{1b}]0;T\u{7}\r\n\tb\u{202e}\n";
        let escaped = "a\\x1b]0;T\\x07\\r\n\tb\\u202e\n";
        assert_eq!(visible_text(text), escaped);
        assert_eq!(visible_text(escaped), escaped);
    }

    #[test]
    fn json_means_the_same_when_it_is_escaped() {
        let text = "a\u{9b}\u{202e}\u{e0041}Zoë";
        let json = visible_json(serde_json::to_string(text).unwrap());
        assert_eq!(json, "\"a\\u009b\\u202e\\udb40\\udc41Zoë\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_escaped() {
        assert_eq!(visible_bytes(b"Zo\xc3\xab \xff\x00"), "Zoë \\xff\\x00");
    }
}
