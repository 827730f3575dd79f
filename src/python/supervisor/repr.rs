//! What Python's `repr` says of the values the gateway puts into environ.

use std::fmt::Write as _;

use serde_json::Value;

/// The longest repr that is kept, in characters.
const MAX_LENGTH: usize = 2000;

/// The repr of a value as Python has it, and the name of its type.
pub fn repr(value: &Value) -> (String, &'static str) {
    match value {
        Value::String(text) => (shortened(of_text(text)), "str"),
        Value::Bool(true) => ("True".to_owned(), "bool"),
        Value::Bool(false) => ("False".to_owned(), "bool"),
        // environ has no others.
        other => (other.to_string(), "object"),
    }
}

/// environ's text is latin-1 (PEP 3333, Unicode Issues): which of its characters are printable has
/// never changed.
fn of_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut repr = String::with_capacity(text.len() + 2);
    repr.push(quote);
    for character in text.chars() {
        match character {
            '\\' => repr.push_str("\\\\"),
            '\n' => repr.push_str("\\n"),
            '\r' => repr.push_str("\\r"),
            '\t' => repr.push_str("\\t"),
            _ if character == quote => repr.extend(['\\', quote]),
            '\0'..' ' | '\x7f'..='\u{a0}' | '\u{ad}' => {
                // Writing to a String cannot fail.
                let _ = write!(repr, "\\x{:02x}", u32::from(character));
            }
            _ => repr.push(character),
        }
    }
    repr.push(quote);
    repr
}

fn shortened(mut repr: String) -> String {
    if let Some((end, _)) = repr.char_indices().nth(MAX_LENGTH) {
        repr.truncate(end);
        repr.push('…');
    }
    repr
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use serde_json::json;

    use super::repr;

    const SCRIPT: &str =
        "import sys; print(repr(sys.stdin.buffer.read().decode('latin-1')), end='')";

    #[test]
    fn it_says_what_python_says() {
        let all: String = ('\0'..='\u{ff}').collect();
        let texts = ["", "it's", "\"", "it's \"both\"", "\\", &all];
        for text in texts {
            // Latin-1 goes to Python as bytes, so that nothing has to be quoted.
            let bytes: Vec<u8> = text.chars().map(|it| u8::try_from(it).unwrap()).collect();
            let mut python = Command::new("python3")
                .args(["-X", "utf8", "-c", SCRIPT])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            python.stdin.take().unwrap().write_all(&bytes).unwrap();
            let said = python.wait_with_output().unwrap().stdout;
            assert_eq!(repr(&json!(text)).0, String::from_utf8(said).unwrap());
        }
        assert_eq!(repr(&json!(true)), ("True".into(), "bool"));
        assert_eq!(repr(&json!("a".repeat(3000))).0.chars().count(), 2001);
    }
}
