//! CPython's messages for errors of the tokens.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::grammar::{INVALID, plain};
use super::tokens::Tokens;
use super::{ExceptionKind, FaultRange};

/// An error of the tokens.
pub fn lexical(error: &LexicalErrorType, range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    let start = range.start();
    match error {
        LexicalErrorType::UnclosedStringError => unterminated(range, tokens),
        LexicalErrorType::FStringError(it) | LexicalErrorType::TStringError(it) => {
            interpolated(it, range, tokens)
        }
        LexicalErrorType::InvalidByteLiteral => {
            let literal = tokens.at(start).map_or(range, Ranged::range);
            FaultRange::new(
                "bytes can only contain ASCII literal characters",
                TextRange::new(literal.start().min(start), range.end()),
            )
        }
        LexicalErrorType::UnicodeError
        | LexicalErrorType::MissingUnicodeLbrace
        | LexicalErrorType::MissingUnicodeRbrace => FaultRange::new(
            "(unicode error) 'unicodeescape' codec can't decode an escape sequence of this string",
            range,
        ),
        LexicalErrorType::IndentationError => indentation(range, tokens),
        LexicalErrorType::UnrecognizedToken { tok: '\0' } => {
            FaultRange::new("source code cannot contain null bytes", range)
        }
        LexicalErrorType::UnrecognizedToken { tok } if tok.is_ascii() => {
            FaultRange::new(INVALID, range)
        }
        LexicalErrorType::UnrecognizedToken { tok } => {
            let number = u32::from(*tok);
            let message = if tok.is_control() || tok.is_whitespace() || *tok == '\u{200b}' {
                format!("invalid non-printable character U+{number:04X}")
            } else {
                format!("invalid character '{tok}' (U+{number:04X})")
            };
            FaultRange::new(message, range)
        }
        LexicalErrorType::LineContinuationError => {
            let after = TextRange::at(start + TextSize::from(1), TextSize::from(1));
            FaultRange::new(
                "unexpected character after line continuation character",
                after,
            )
        }
        LexicalErrorType::OtherError(_) if is_leading_zero(tokens.text(range)) => FaultRange::new(
            "leading zeros in decimal integer literals are not permitted; \
             use an 0o prefix for octal integers",
            range,
        ),
        LexicalErrorType::OtherError(said) => FaultRange::new(plain(said), range),
        LexicalErrorType::StringError | LexicalErrorType::Eof => FaultRange::new(INVALID, range),
    }
}

fn is_leading_zero(text: &str) -> bool {
    text.starts_with('0')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// A string that does not end.
fn unterminated(range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    let start = range.start();
    let text = tokens.from(start);
    let quotes = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let prefix = text[..text.len() - quotes.len()].to_ascii_lowercase();
    let formatted = match () {
        () if prefix.contains('f') => "f-",
        () if prefix.contains('t') => "t-",
        () => "",
    };
    let is_triple = quotes.starts_with("\"\"\"") || quotes.starts_with("'''");
    let (kind, line) = if is_triple {
        ("triple-quoted ", tokens.last_line())
    } else {
        ("", tokens.place(start).0)
    };
    let message = format!("unterminated {kind}{formatted}string literal (detected at line {line})");
    let end = range.end().min(tokens.line_end(start));
    FaultRange::new(message, TextRange::new(start, end.max(start)))
}

/// An error within an f-string or a t-string.
pub fn interpolated(
    error: &InterpolatedStringErrorType,
    range: TextRange,
    tokens: &Tokens<'_>,
) -> FaultRange {
    use InterpolatedStringErrorType as E;
    let message = match error {
        E::UnterminatedString | E::UnterminatedTripleQuotedString => {
            let start = tokens
                .before(range.end())
                .iter()
                .rfind(|token| token.kind() == TokenKind::FStringStart);
            let start = start.map_or(range.start(), Ranged::start);
            return unterminated(TextRange::new(start, range.end().max(start)), tokens);
        }
        E::UnclosedLbrace => "f-string: expecting '}'",
        E::InvalidConversionFlag => {
            "f-string: invalid conversion character: expected 's', 'r', or 'a'"
        }
        E::SingleRbrace => "f-string: single '}' is not allowed",
        E::LambdaWithoutParentheses => {
            "f-string: lambda expressions are not allowed without parentheses"
        }
        E::ConversionFlagNotImmediatelyAfterExclamation => {
            "f-string: conversion type must come right after the exclamation mark"
        }
        E::NewlineInFormatSpec => {
            "f-string: newlines are not allowed in format specifiers for single quoted f-strings"
        }
    };
    FaultRange::new(message, range)
}

/// A line that is indented like none around it.
fn indentation(range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    // CPython points to the end of the line.
    FaultRange {
        kind: ExceptionKind::IndentationError,
        message: "unindent does not match any outer indentation level".to_owned(),
        range: TextRange::empty(tokens.line_end(range.start())),
    }
}
