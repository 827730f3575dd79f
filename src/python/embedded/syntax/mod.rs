//! Syntax errors of Python source, with the message and the position that CPython gives them. The
//! embedded Python calls most of them "invalid syntax"; the parser it is built with knows more.

mod grammar;
mod lexical;
mod tabs;
mod tokens;

use ruff_python_parser::{LexicalErrorType, Mode, ParseError, ParseErrorType, parse_unchecked};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use tokens::Tokens;

/// The exception a fault is raised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionKind {
    SyntaxError,
    IndentationError,
    TabError,
}

impl ExceptionKind {
    /// The name of the exception's class.
    pub fn name(self) -> &'static str {
        match self {
            Self::SyntaxError => "SyntaxError",
            Self::IndentationError => "IndentationError",
            Self::TabError => "TabError",
        }
    }
}

/// A line, and a column in characters; both count from 1.
pub type Position = (usize, usize);

/// What is wrong with the syntax of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: ExceptionKind,
    pub message: String,
    pub start: Position,
    pub end: Position,
}

/// A fault before its place is counted in lines and columns.
struct FaultRange {
    kind: ExceptionKind,
    message: String,
    range: TextRange,
}

impl FaultRange {
    fn new(message: impl Into<String>, range: TextRange) -> Self {
        Self {
            kind: ExceptionKind::SyntaxError,
            message: message.into(),
            range,
        }
    }
}

/// What is wrong with the syntax of a source, as CPython would say it; `None` where it can be
/// parsed.
///
/// As in CPython an error of the tokens (a string without its end, a bracket that closes nothing)
/// comes before an error of the grammar, wherever it is, and then comes a bracket that is never
/// closed on a line before the error.
pub fn fault(source: &str) -> Option<Fault> {
    let parsed = parse_unchecked(source, Mode::Module.into());
    let tokens = Tokens::new(source, parsed.tokens());
    // The parser takes a tab for so many spaces, and sees no fault in it.
    let mixed = tabs::inconsistent(parsed.tokens(), &tokens);
    let Some(first) = parsed.errors().first() else {
        return mixed.map(|found| placed(found, &tokens));
    };
    let mut of_tokens = parsed.errors().iter().filter_map(|error| {
        let start = error.location.start();
        match &error.error {
            ParseErrorType::Lexical(LexicalErrorType::Eof) => None,
            // Between brackets there is no indentation.
            ParseErrorType::Lexical(LexicalErrorType::IndentationError)
                if tokens.depth_at(start) > 0 =>
            {
                None
            }
            ParseErrorType::Lexical(lexical) => {
                Some(lexical::lexical(lexical, error.location, &tokens))
            }
            ParseErrorType::FStringError(it) | ParseErrorType::TStringError(it) => {
                Some(lexical::interpolated(it, error.location, &tokens))
            }
            _ => None,
        }
    });
    let found = of_tokens
        .next()
        .into_iter()
        .chain(tokens.mismatch())
        .chain(mixed)
        .min_by_key(|found| found.range.start())
        .or_else(|| never_closed(&tokens, first))
        .unwrap_or_else(|| grammar::grammar(&first.error, first.location, &tokens));
    Some(placed(found, &tokens))
}

/// A fault with its place in lines and columns.
fn placed(found: FaultRange, tokens: &Tokens<'_>) -> Fault {
    let end = found.range.end().max(tokens.after(found.range.start()));
    let start = tokens.place(found.range.start());
    // At the end of the source there is no character to mark.
    let end = tokens.place(end).max((start.0, start.1 + 1));
    Fault {
        kind: found.kind,
        message: found.message,
        start,
        end,
    }
}

/// The innermost bracket that is still open at the end, if the parser came to grief after its line.
fn never_closed(tokens: &Tokens<'_>, first: &ParseError) -> Option<FaultRange> {
    let (bracket, at) = tokens.open()?;
    // Between brackets the end of a line means nothing: it came to grief at what follows.
    // Whether a comma was forgotten it only knows when it has seen one token more.
    let comma = grammar::forgotten_comma(first.location, tokens);
    let from = comma.map_or(first.start(), |found| found.range.end());
    let reached = tokens.at(from);
    let is_later = reached.is_none_or(|token| {
        let (line, _) = tokens.place(token.start());
        line > tokens.place(at).0
    });
    is_later.then(|| {
        let range = TextRange::at(at, TextSize::from(1));
        FaultRange::new(format!("'{bracket}' was never closed"), range)
    })
}

#[cfg(test)]
mod tests;
