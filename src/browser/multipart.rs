//! The body a browser sends for a form with files (`multipart/form-data`, RFC 7578).

use std::fmt::Write as _;

/// A line that stands between the parts, and in none of what the tutor sends.
const BOUNDARY: &str = "----wsgi-tutor-7d1c0f";

/// A part of such a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// The name of the file, where it is one.
    pub file_name: Option<String>,
    pub content: String,
}

/// Content-Type and body of a form with these parts.
pub fn multipart(parts: &[Part]) -> (String, Vec<u8>) {
    let mut body = String::new();
    for part in parts {
        // Writing to a String cannot fail.
        let _ = write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"",
            quoted(&part.name)
        );
        if let Some(file_name) = &part.file_name {
            let _ = write!(
                body,
                "; filename=\"{}\"\r\nContent-Type: text/plain",
                quoted(file_name)
            );
        }
        let _ = write!(body, "\r\n\r\n{}\r\n", part.content);
    }
    let _ = write!(body, "--{BOUNDARY}--\r\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    (kind, body.into_bytes())
}

/// A name as browsers write it between quotation marks.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::{BOUNDARY, Part, multipart};

    #[test]
    fn each_part_has_its_name_and_a_file_its_own() {
        let part = |name: &str, file_name: Option<&str>, content: &str| Part {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
            content: content.to_owned(),
        };
        let parts = [
            part("a\"b", None, "Zo\u{eb}"),
            part("f", Some("n.txt"), "x"),
        ];
        let (kind, body) = multipart(&parts);
        assert_eq!(kind, format!("multipart/form-data; boundary={BOUNDARY}"));
        let expected = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\nZo\u{eb}\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n.txt\"\r\n\
             Content-Type: text/plain\r\n\r\nx\r\n--{BOUNDARY}--\r\n"
        );
        assert_eq!(String::from_utf8(body).unwrap(), expected);
    }
}
