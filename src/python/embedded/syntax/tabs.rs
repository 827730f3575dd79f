//! Indentation whose depth depends on how wide a tab is.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::tokens::{Tokens, closing, opening};
use super::{ExceptionKind, FaultRange};

/// Columns between the places that a tab goes on to.
const WIDTH: usize = 8;

/// How deep a line is indented: with tabs of their usual width, and with tabs as wide as a space.
type Depth = (usize, usize);

/// The first line that is indented otherwise where a tab is only as wide as a space. `all` are the
/// tokens with those that say where a line ends.
///
/// As CPython's tokenizer does, it measures each line in both ways and compares it with the lines
/// around it; an indentation that fits none of them is another fault.
pub fn inconsistent(all: &[Token], tokens: &Tokens<'_>) -> Option<FaultRange> {
    let mut around = vec![(0, 0)];
    let mut begins = true;
    let mut brackets = 0_usize;
    for token in all {
        let kind = token.kind();
        let is_inside = brackets > 0;
        if opening(kind).is_some() {
            brackets += 1;
        } else if closing(kind).is_some() {
            brackets = brackets.saturating_sub(1);
        }
        match kind {
            TokenKind::Newline => begins = true,
            TokenKind::Comment
            | TokenKind::NonLogicalNewline
            | TokenKind::Indent
            | TokenKind::Dedent
            | TokenKind::EndOfFile => {}
            _ if !begins || is_inside => begins = false,
            _ => {
                begins = false;
                let start = line_begin(tokens.source, token.start());
                let here = depth(tokens.from(start));
                if !fits(here, &mut around)? {
                    return Some(FaultRange {
                        kind: ExceptionKind::TabError,
                        message: "inconsistent use of tabs and spaces in indentation".to_owned(),
                        range: TextRange::empty(start),
                    });
                }
            }
        }
    }
    None
}

/// Whether a line is indented as those around it in both ways; nothing where it is like none.
fn fits(here: Depth, around: &mut Vec<Depth>) -> Option<bool> {
    let &(outer, _) = around.last()?;
    if here.0 > outer {
        let is_deeper = around.last().is_some_and(|last| here.1 > last.1);
        around.push(here);
        return Some(is_deeper);
    }
    around.retain(|it| it.0 <= here.0);
    let last = around.last()?;
    (last.0 == here.0).then_some(last.1 == here.1)
}

/// How deep a line is indented that begins so.
fn depth(line: &str) -> Depth {
    line.chars()
        .take_while(|letter| matches!(letter, ' ' | '\t' | '\u{c}'))
        .fold((0, 0), |(wide, narrow), letter| match letter {
            '\t' => ((wide / WIDTH + 1) * WIDTH, narrow + 1),
            '\u{c}' => (0, 0),
            _ => (wide + 1, narrow + 1),
        })
}

fn line_begin(source: &str, at: TextSize) -> TextSize {
    let before = source.get(..usize::from(at)).unwrap_or_default();
    let begin = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    TextSize::try_from(begin).unwrap_or_default()
}
