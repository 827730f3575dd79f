//! Breaks styled text into lines of a width, between what a reader takes for characters: an emoji
//! of several code points stays whole (UAX #29, extended grapheme clusters).

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Breaks at spaces, and inside words that are longer than a line. The first line begins with
/// `first`, the others with `rest`.
pub fn wrap(
    spans: &[Span<'static>],
    width: usize,
    first: &Span<'static>,
    rest: &Span<'static>,
) -> Vec<Line<'static>> {
    let mut writer = Writer {
        width: width.max(1),
        lines: Vec::new(),
        line: vec![first.clone()],
        column: first.width(),
        rest,
    };
    let mut pieces = Vec::new();
    for span in spans {
        for piece in span.content.split_inclusive(' ') {
            pieces.push((piece, span.style));
        }
    }
    // A word may be made of several pieces, such as a bold part and a comma.
    let mut start = 0;
    for end in 1..=pieces.len() {
        if end == pieces.len() || pieces[end - 1].0.ends_with(' ') {
            writer.word(&pieces[start..end]);
            start = end;
        }
    }
    writer.lines.push(Line::from(writer.line));
    writer.lines
}

/// The beginning of a text that fits a width, with an ellipsis where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut column = 0;
    for cluster in text.graphemes(true) {
        column += cluster.width();
        if column >= width {
            break;
        }
        out.push_str(cluster);
    }
    if width > 0 {
        out.push('…');
    }
    out
}

struct Writer<'a> {
    width: usize,
    lines: Vec<Line<'static>>,
    line: Vec<Span<'static>>,
    column: usize,
    rest: &'a Span<'static>,
}

impl Writer<'_> {
    fn word(&mut self, pieces: &[(&str, Style)]) {
        let text: usize = pieces
            .iter()
            .map(|(piece, _)| piece.trim_end().width())
            .sum();
        let begun = self.column > self.rest.width();
        if begun && self.column + text > self.width {
            self.break_line();
        }
        for &(piece, style) in pieces {
            self.piece(piece, style);
        }
    }

    fn piece(&mut self, piece: &str, style: Style) {
        let mut part = String::new();
        for cluster in piece.graphemes(true) {
            let width = cluster.width();
            if self.column + width > self.width {
                if cluster == " " {
                    continue;
                }
                self.push(&mut part, style);
                self.break_line();
            }
            part.push_str(cluster);
            self.column += width;
        }
        self.push(&mut part, style);
    }

    fn push(&mut self, part: &mut String, style: Style) {
        if !part.is_empty() {
            self.line.push(Span::styled(std::mem::take(part), style));
        }
    }

    fn break_line(&mut self) {
        let line = std::mem::replace(&mut self.line, vec![self.rest.clone()]);
        self.lines.push(Line::from(line));
        self.column = self.rest.width();
    }
}

#[cfg(test)]
mod tests {
    use ratatui::text::Span;
    use rstest::rstest;

    use super::{cut, wrap};

    fn wrapped(text: &'static str, width: usize) -> Vec<String> {
        wrap(
            &[Span::raw(text)],
            width,
            &Span::raw("- "),
            &Span::raw("  "),
        )
        .iter()
        .map(|line| line.to_string().trim_end().to_owned())
        .collect()
    }

    #[test]
    fn breaks_at_spaces() {
        assert_eq!(wrapped("one two three", 9), ["- one two", "  three"]);
    }

    #[test]
    fn breaks_long_words_and_counts_wide_letters_twice() {
        assert_eq!(wrapped("abcdefgh", 6), ["- abcd", "  efgh"]);
        assert_eq!(wrapped("李李李", 6), ["- 李李", "  李"]);
    }

    #[rstest]
    #[case::joined("👩\u{200d}🚒", 2)]
    #[case::flag("🇩🇪", 2)]
    #[case::skin("👍🏽", 2)]
    #[case::accent("e\u{301}", 1)]
    fn what_is_one_character_is_never_broken(#[case] one: &'static str, #[case] width: usize) {
        let three: &'static str = one.repeat(3).leak();
        assert_eq!(
            wrapped(three, 2 + 2 * width),
            [format!("- {one}{one}"), format!("  {one}")]
        );
        assert_eq!(cut(three, 2 * width), format!("{one}…"));
        assert_eq!(cut(three, 3 * width), three);
    }

    #[test]
    fn words_of_two_styles_stay_together() {
        let spans = [Span::raw("aa "), Span::raw("bb"), Span::raw(", cc")];
        let lines = wrap(&spans, 5, &Span::raw(""), &Span::raw(""));
        let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["aa ", "bb, ", "cc"]);
    }

    #[test]
    fn cuts() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("abcd", 0), "");
    }
}
