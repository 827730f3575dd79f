//! How deeply a text is nested, found out without recursion.
//!
//! The parser, the walk over its tree and the tree's own drop recurse, and a stack that overflows
//! ends the whole program. So nothing is parsed before its depth is known to be bounded.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::Mode;
use ruff_python_parser::lexer::lex;

/// Brackets inside of brackets; Python itself gives up at 200.
const MAX_BRACKETS: usize = 200;
/// Blocks inside of blocks; Python itself gives up at 100.
const MAX_BLOCKS: usize = 100;
/// Operators, attributes and calls in one expression, each of which may stand inside the one
/// before.
const MAX_OPERATORS: usize = 2_000;

/// Whether a text may be parsed: its syntax tree is not deeper than a thread's stack allows.
pub fn is_bounded(text: &str, mode: Mode) -> bool {
    let mut lexer = lex(text, mode);
    // For each open bracket, the operators since it was opened or since the last comma in it.
    let mut open = vec![0_usize];
    let mut operators = 0;
    let mut blocks = 0_usize;
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return true,
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Newline => {
                open = vec![0];
                operators = 0;
            }
            TokenKind::Comma | TokenKind::Semi => {
                if let Some(here) = open.last_mut() {
                    operators -= std::mem::take(here);
                }
            }
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => open.push(0),
            TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
            | TokenKind::FStringEnd
            | TokenKind::TStringEnd => {
                operators -= open.pop().unwrap_or_default();
                if open.is_empty() {
                    open.push(0);
                }
                // What was closed may be called, or looked into: `f()()[0]`.
                count(&mut open, &mut operators);
            }
            TokenKind::Name
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline => {}
            _ => count(&mut open, &mut operators),
        }
        if open.len() > MAX_BRACKETS || blocks > MAX_BLOCKS || operators > MAX_OPERATORS {
            return false;
        }
    }
}

fn count(open: &mut [usize], operators: &mut usize) {
    if let Some(here) = open.last_mut() {
        *here += 1;
        *operators += 1;
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use ruff_python_parser::Mode;

    use super::is_bounded;

    #[rstest]
    #[case::brackets(&"(".repeat(100_000))]
    #[case::closed(&format!("{}{}", "[".repeat(5000), "]".repeat(5000)))]
    #[case::sum(&format!("x = {}1", "1 + ".repeat(50_000)))]
    #[case::attributes(&format!("x{}", ".x".repeat(50_000)))]
    #[case::calls(&format!("f{}", "()".repeat(50_000)))]
    #[case::unary(&format!("x = {}1", "not ".repeat(50_000)))]
    #[case::conditions(&format!("x = {}0", "1 if a else ".repeat(50_000)))]
    #[case::lambdas(&format!("x = {}0", "lambda: ".repeat(50_000)))]
    #[case::powers(&format!("x = {}1", "2 ** ".repeat(50_000)))]
    #[case::interpolations(&format!("x = {}{}", "f'{".repeat(300), "}'".repeat(300)))]
    #[case::blocks(&(0..300).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "if x:\n"))]
    fn what_is_nested_too_deeply_is_not_parsed(#[case] text: &str) {
        assert!(!is_bounded(text, Mode::Module));
    }

    #[rstest]
    #[case::table(&format!("x = [{}]", "(1 + 2, a.b(c)), ".repeat(50_000)))]
    #[case::statements(&"x = a.b + c\n".repeat(50_000))]
    #[case::chain(&format!("if a == 1:\n    pass\n{}", "elif a == 2:\n    pass\n".repeat(20_000)))]
    #[case::texts(&format!("x = ({})", "'a'\n".repeat(50_000)))]
    fn what_is_only_long_is_parsed(#[case] text: &str) {
        assert!(is_bounded(text, Mode::Module));
    }
}
