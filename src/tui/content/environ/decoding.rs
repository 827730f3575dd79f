//! How the path and the query are decoded: from the bytes that were sent, to the str in environ, to
//! text.

use percent_encoding::percent_decode;
use ratatui::text::{Line, Span};

use crate::exchange::{EnvironEntry, Moment, Origin, visible, visible_bytes};
use crate::tui::text::{cut, wrap};
use crate::tui::theme::{Role, Theme};

/// Columns of the names of the steps.
pub const LABEL: usize = 9;
/// Lines a value, or its bytes, may take.
const MAX_LINES: usize = 2;
/// Bytes that are looked at for the screen.
const MAX_BYTES: usize = 512;

/// The step that stands in environ.
const STR: &str = "str";

/// A step of decoding.
struct DecodingStep {
    name: &'static str,
    shown: String,
    role: Role,
    /// How it came of the step before.
    note: &'static str,
    bytes: Vec<u8>,
}

/// Whether the value of a key was decoded, as far as something was sent for it.
pub fn is_decoded(entry: &EnvironEntry, moment: &Moment) -> bool {
    matches!(entry.key.as_str(), "PATH_INFO" | "QUERY_STRING")
        && !matches!(sent(entry, moment), b"" | b"*")
}

/// The steps; without `hex` only the first and the last, as text: the row shows the one between.
pub fn lines(
    theme: Theme,
    entry: &EnvironEntry,
    moment: &Moment,
    width: usize,
    hex: bool,
) -> Vec<Line<'static>> {
    let sent = sent(entry, moment);
    let steps = if entry.key == "QUERY_STRING" {
        of_query(sent, &entry.repr)
    } else {
        of_path(sent, &entry.repr)
    };
    let mut lines = Vec::new();
    let mut before: &[u8] = &[];
    for step in steps.iter().filter(|it| hex || it.name != STR) {
        let label = Span::styled(
            format!(" {:<width$}", step.name, width = LABEL - 1),
            theme.style(Role::Dim),
        );
        let indent = Span::raw(" ".repeat(LABEL));
        let shown = Span::styled(cut(&step.shown, MAX_BYTES), theme.style(step.role));
        let mut value = wrap(&[shown], width, &label, &indent);
        shorten(&mut value, MAX_LINES, width);
        let note = format!("  {}", step.note);
        if let Some(last) = value.last_mut()
            && last.width() + note.chars().count() <= width
        {
            last.push_span(Span::styled(note, theme.style(Role::Dim)));
        }
        lines.extend(value);
        if hex && step.bytes != before {
            let bytes = Span::styled(hexadecimal(&step.bytes), theme.style(Role::Code));
            let mut bytes = wrap(&[bytes], width, &indent, &indent);
            shorten(&mut bytes, MAX_LINES, width);
            lines.extend(bytes);
        }
        before = &step.bytes;
    }
    lines
}

fn of_path(sent: &[u8], repr: &str) -> [DecodingStep; 3] {
    let decoded = percent_decoded(sent);
    let note = if decoded == sent {
        "the same bytes"
    } else {
        "percent-decoded"
    };
    [
        first(sent),
        in_environ(repr, note, &decoded),
        text(&decoded, ".encode('latin-1').decode('utf-8')"),
    ]
}

/// A query stays encoded in environ; `parse_qs` decodes it.
fn of_query(sent: &[u8], repr: &str) -> [DecodingStep; 3] {
    let spaces: Vec<u8> = sent
        .iter()
        .map(|&byte| if byte == b'+' { b' ' } else { byte })
        .collect();
    let decoded = percent_decoded(&spaces);
    let note = if decoded == sent {
        "the same bytes"
    } else {
        "still encoded"
    };
    [
        first(sent),
        in_environ(repr, note, sent),
        text(&decoded, "as parse_qs decodes each part"),
    ]
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    percent_decode(bytes).collect()
}

fn first(sent: &[u8]) -> DecodingStep {
    DecodingStep {
        name: "sent",
        shown: visible_bytes(sent),
        role: Role::Plain,
        note: "",
        bytes: sent.to_vec(),
    }
}

fn in_environ(repr: &str, note: &'static str, bytes: &[u8]) -> DecodingStep {
    DecodingStep {
        name: STR,
        shown: visible(repr),
        role: Role::Code,
        note,
        bytes: bytes.to_vec(),
    }
}

fn text(bytes: &[u8], note: &'static str) -> DecodingStep {
    let (shown, role, note) = match std::str::from_utf8(bytes) {
        Ok(text) => (visible(text), Role::Plain, note),
        Err(_) => (
            "none: these bytes are not UTF-8".to_owned(),
            Role::Bad,
            "decode() raises",
        ),
    };
    DecodingStep {
        name: "text",
        shown,
        role,
        note,
        bytes: bytes.to_vec(),
    }
}

fn sent<'a>(entry: &EnvironEntry, moment: &'a Moment) -> &'a [u8] {
    match entry.from {
        Origin::Request { start, end, .. } => {
            moment.bytes_in.kept.get(start..end).unwrap_or_default()
        }
        _ => &[],
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let shown = &bytes[..bytes.len().min(MAX_BYTES)];
    let bytes: Vec<String> = shown.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}

/// Keeps so many lines, and says where something is missing.
pub fn shorten(lines: &mut Vec<Line<'static>>, most: usize, width: usize) {
    if lines.len() <= most {
        return;
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        let style = last.spans.last().map(|span| span.style).unwrap_or_default();
        if last.width() >= width {
            // The last character gives way.
            let text = cut(&format!("{last}…"), width);
            *last = Line::styled(text, style);
        } else {
            last.push_span(Span::styled("…", style));
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{is_decoded, lines};
    use crate::exchange::{EnvironEntry, Excerpt, Moment, Origin};
    use crate::tui::theme::Theme;

    /// The steps of a value whose bytes are all of the request.
    fn steps(key: &str, sent: &[u8], repr: &str, hex: bool) -> Vec<String> {
        let (entry, moment) = value(key, sent, repr);
        lines(Theme::Mono, &entry, &moment, 60, hex)
            .iter()
            .map(|line| line.to_string().trim_end().to_owned())
            .collect()
    }

    fn value(key: &str, sent: &[u8], repr: &str) -> (EnvironEntry, Moment) {
        let entry = EnvironEntry {
            key: key.into(),
            repr: repr.into(),
            r#type: "str".into(),
            from: Origin::Request {
                what: "".into(),
                start: 0,
                end: sent.len(),
            },
        };
        let moment = Moment {
            bytes_in: Excerpt::new(sent, 99_999),
            ..Moment::default()
        };
        (entry, moment)
    }

    #[test]
    fn a_path_is_decoded_by_the_server_and_then_by_the_application() {
        assert_eq!(
            steps("PATH_INFO", b"/caf%C3%A9", "'/caf\u{c3}\u{a9}'", true),
            [
                " sent    /caf%C3%A9",
                "         2f 63 61 66 25 43 33 25 41 39",
                " str     '/caf\u{c3}\u{a9}'  percent-decoded",
                "         2f 63 61 66 c3 a9",
                " text    /caf\u{e9}  .encode('latin-1').decode('utf-8')",
            ]
        );
    }

    #[test]
    fn a_query_is_decoded_by_the_application() {
        assert_eq!(
            steps("QUERY_STRING", b"a=%C3%AB+b", "'a=%C3%AB+b'", true),
            [
                " sent    a=%C3%AB+b",
                "         61 3d 25 43 33 25 41 42 2b 62",
                " str     'a=%C3%AB+b'  still encoded",
                " text    a=\u{eb} b  as parse_qs decodes each part",
                "         61 3d c3 ab 20 62",
            ]
        );
    }

    #[test]
    fn where_nothing_is_encoded_the_bytes_are_told_once() {
        assert_eq!(
            steps("PATH_INFO", b"/a", "'/a'", true),
            [
                " sent    /a",
                "         2f 61",
                " str     '/a'  the same bytes",
                " text    /a  .encode('latin-1').decode('utf-8')",
            ]
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        let steps = steps("PATH_INFO", b"/%FF", "'/\u{ff}'", false);
        assert_eq!(
            steps[1],
            " text    none: these bytes are not UTF-8  decode() raises"
        );
    }

    #[test]
    fn a_long_one_is_cut_and_says_so() {
        let sent = [b'a'; 9_000];
        let steps = steps("PATH_INFO", &sent, &"a".repeat(9_000), true);
        assert_eq!(steps.len(), 8);
        for line in steps.iter().skip(1).step_by(2) {
            assert!(line.contains('…') && line.chars().count() <= 60, "{line}");
        }
    }

    #[rstest]
    #[case("PATH_INFO", b"/", true)]
    #[case("PATH_INFO", b"*", false)]
    #[case("PATH_INFO", b"", false)]
    #[case("QUERY_STRING", b"", false)]
    #[case("QUERY_STRING", b"a", true)]
    #[case("HTTP_HOST", b"a", false)]
    fn only_a_path_or_query_that_was_sent_is_decoded(
        #[case] key: &str,
        #[case] sent: &[u8],
        #[case] expected: bool,
    ) {
        let (entry, moment) = value(key, sent, "''");
        assert_eq!(is_decoded(&entry, &moment), expected);
    }
}
