//! CPython's words for what the parser found.

use ruff_python_ast::Expr;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{
    InterpolatedStringErrorType, LexicalErrorType, ParseErrorType, parse_expression,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::tokens::Tokens;
use super::{Found, Kind};

const INVALID: &str = "invalid syntax";

/// An error of the tokens.
pub fn lexical(error: &LexicalErrorType, range: TextRange, tokens: &Tokens<'_>) -> Found {
    let start = range.start();
    match error {
        LexicalErrorType::UnclosedStringError => unterminated(range, tokens),
        LexicalErrorType::FStringError(it) | LexicalErrorType::TStringError(it) => {
            interpolated(it, range, tokens)
        }
        LexicalErrorType::InvalidByteLiteral => {
            let literal = tokens.at(start).map_or(range, Ranged::range);
            Found::new(
                "bytes can only contain ASCII literal characters",
                TextRange::new(literal.start().min(start), range.end()),
            )
        }
        LexicalErrorType::UnicodeError
        | LexicalErrorType::MissingUnicodeLbrace
        | LexicalErrorType::MissingUnicodeRbrace => Found::new(
            "(unicode error) 'unicodeescape' codec can't decode an escape sequence of this string",
            range,
        ),
        LexicalErrorType::IndentationError => indentation(range, tokens),
        LexicalErrorType::UnrecognizedToken { tok: '\0' } => {
            Found::new("source code cannot contain null bytes", range)
        }
        LexicalErrorType::UnrecognizedToken { tok } if tok.is_ascii() => Found::new(INVALID, range),
        LexicalErrorType::UnrecognizedToken { tok } => {
            let number = u32::from(*tok);
            let message = if tok.is_control() || tok.is_whitespace() || *tok == '\u{200b}' {
                format!("invalid non-printable character U+{number:04X}")
            } else {
                format!("invalid character '{tok}' (U+{number:04X})")
            };
            Found::new(message, range)
        }
        LexicalErrorType::LineContinuationError => {
            let after = TextRange::at(start + TextSize::from(1), TextSize::from(1));
            Found::new(
                "unexpected character after line continuation character",
                after,
            )
        }
        LexicalErrorType::OtherError(_) if is_leading_zero(tokens.text(range)) => Found::new(
            "leading zeros in decimal integer literals are not permitted; \
             use an 0o prefix for octal integers",
            range,
        ),
        LexicalErrorType::OtherError(said) => Found::new(plain(said), range),
        LexicalErrorType::StringError | LexicalErrorType::Eof => Found::new(INVALID, range),
    }
}

fn is_leading_zero(text: &str) -> bool {
    text.starts_with('0')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// A string that does not end.
fn unterminated(range: TextRange, tokens: &Tokens<'_>) -> Found {
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
    Found::new(message, TextRange::new(start, end.max(start)))
}

/// An error within an f-string or a t-string.
pub fn interpolated(
    error: &InterpolatedStringErrorType,
    range: TextRange,
    tokens: &Tokens<'_>,
) -> Found {
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
    Found::new(message, range)
}

/// A line that is indented like none around it.
fn indentation(range: TextRange, tokens: &Tokens<'_>) -> Found {
    let indents = tokens.source.lines().map(|line| {
        let text = line.trim_start_matches([' ', '\t']);
        &line[..line.len() - text.len()]
    });
    let (mut tabs, mut spaces) = (false, false);
    for indent in indents {
        tabs |= indent.contains('\t');
        spaces |= indent.contains(' ');
    }
    // CPython points to the end of the line, or to its beginning.
    let (kind, message, at) = if tabs && spaces {
        let (_, column) = tokens.place(range.start());
        let back = TextSize::try_from(column - 1).unwrap_or_default();
        (
            Kind::TabError,
            "inconsistent use of tabs and spaces in indentation",
            range.start().checked_sub(back).unwrap_or_default(),
        )
    } else {
        (
            Kind::IndentationError,
            "unindent does not match any outer indentation level",
            tokens.line_end(range.start()),
        )
    };
    Found {
        kind,
        message: message.to_owned(),
        range: TextRange::empty(at),
    }
}

/// An error of the grammar.
pub fn grammar(error: &ParseErrorType, range: TextRange, tokens: &Tokens<'_>) -> Found {
    use ParseErrorType as E;
    let found = |message: &str| Found::new(message, range);
    match error {
        E::ExpectedToken {
            expected,
            found: instead,
        } => expected_token(*expected, *instead, range, tokens),
        E::SimpleStatementsOnSameLine | E::SimpleAndCompoundStatementOnSameLine => {
            two_statements(range, tokens)
        }
        E::ExpectedExpression => expected_expression(range, tokens),
        E::UnexpectedIndentation => {
            // The last letter of what it is indented by.
            let one = TextSize::from(1);
            let last = range.end().checked_sub(one).unwrap_or_default();
            Found {
                kind: Kind::IndentationError,
                message: "unexpected indent".to_owned(),
                range: TextRange::at(last, one),
            }
        }
        E::OtherError(said) => other(said, range, tokens),
        E::InvalidAssignmentTarget | E::InvalidAnnotatedAssignmentTarget => {
            let message = match target(range, tokens).as_deref() {
                Some(constant @ ("None" | "True" | "False")) => {
                    format!("cannot assign to {constant}")
                }
                Some(kind) => {
                    format!("cannot assign to {kind} here. Maybe you meant '==' instead of '='?")
                }
                None => INVALID.to_owned(),
            };
            Found::new(message, range)
        }
        E::InvalidAugmentedAssignmentTarget => match target(range, tokens) {
            Some(kind) => Found::new(
                format!("'{kind}' is an illegal expression for augmented assignment"),
                range,
            ),
            None => found(INVALID),
        },
        E::InvalidNamedAssignmentTarget => match target(range, tokens) {
            Some(kind) => Found::new(
                format!("cannot use assignment expressions with {kind}"),
                range,
            ),
            None => found(INVALID),
        },
        E::InvalidDeleteTarget => match target(range, tokens) {
            Some(kind) => Found::new(format!("cannot delete {kind}"), range),
            None => found(INVALID),
        },
        E::PositionalAfterKeywordArgument => found("positional argument follows keyword argument"),
        E::PositionalAfterKeywordUnpacking => {
            found("positional argument follows keyword argument unpacking")
        }
        E::InvalidArgumentUnpackingOrder => {
            found("iterable argument unpacking follows keyword argument unpacking")
        }
        E::IterableUnpackingInComprehension => {
            found("iterable unpacking cannot be used in comprehension")
        }
        E::DuplicateKeywordArgumentError(name) => {
            Found::new(format!("keyword argument repeated: {name}"), range)
        }
        E::NonDefaultParamAfterDefaultParam => {
            found("parameter without a default follows parameter with a default")
        }
        E::VarParameterWithDefault => found("var-positional argument cannot have default value"),
        E::ExpectedKeywordParam => found("named arguments must follow bare *"),
        E::EmptyImportNames => found("Expected one or more names after 'import'"),
        E::UnparenthesizedGeneratorExpression => {
            found("Generator expression must be parenthesized")
        }
        _ => found(INVALID),
    }
}

/// Whether a line of code begins a block.
fn begins_block(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Def
            | TokenKind::Class
            | TokenKind::If
            | TokenKind::Elif
            | TokenKind::Else
            | TokenKind::For
            | TokenKind::While
            | TokenKind::Try
            | TokenKind::Except
            | TokenKind::Finally
            | TokenKind::With
            | TokenKind::Async
            | TokenKind::Match
            | TokenKind::Case
    )
}

fn expected_token(
    expected: TokenKind,
    instead: TokenKind,
    range: TextRange,
    tokens: &Tokens<'_>,
) -> Found {
    let start = range.start();
    let depth = tokens.depth_at(start);
    let line = tokens.line_start(start);
    let is_block = depth == 0 && line.is_some_and(|token| begins_block(token.kind()));
    if instead == TokenKind::Equal
        && let Some(found) = meant_equal(range, tokens)
    {
        return found;
    }
    if is_block && expected == TokenKind::Colon {
        // A comment is no part of the line.
        let end = tokens.before(start).last().map_or(start, Ranged::end);
        let rest = tokens.text(TextRange::new(end.min(start), start));
        let comment = rest.find('#').and_then(|at| TextSize::try_from(at).ok());
        let range = match comment {
            Some(at) => TextRange::new(end + at, start),
            None => range,
        };
        return Found::new("expected ':'", range);
    }
    if is_block && expected == TokenKind::Lpar && instead != TokenKind::Lpar {
        return Found::new("expected '('", range);
    }
    if expected == TokenKind::Else {
        let body = tokens.operand_start(start);
        let end = tokens.before(start).last().map_or(start, Ranged::end);
        let range = TextRange::new(body, end.max(body));
        return Found::new("expected 'else' after 'if' expression", range);
    }
    forgotten_comma(range, tokens).unwrap_or_else(|| Found::new(INVALID, range))
}

/// `if a = b:` for `if a == b:`, and the same where an expression stands in brackets.
fn meant_equal(range: TextRange, tokens: &Tokens<'_>) -> Option<Found> {
    let start = range.start();
    let line = tokens.line_start(start)?;
    let asks = matches!(
        line.kind(),
        TokenKind::If | TokenKind::Elif | TokenKind::While
    );
    if !asks || tokens.depth_at(start) > 0 {
        return None;
    }
    let from = tokens.at(line.end())?.start();
    let rest = tokens.line_end(start);
    let until = tokens
        .before(rest)
        .iter()
        .filter(|token| token.start() > start)
        .take_while(|token| token.kind() != TokenKind::Colon)
        .last()
        .map_or(range.end(), Ranged::end);
    Some(Found::new(
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        TextRange::new(from, until),
    ))
}

/// Two expressions side by side between brackets.
pub fn forgotten_comma(range: TextRange, tokens: &Tokens<'_>) -> Option<Found> {
    let start = range.start();
    let next = tokens.at(start)?;
    let last = tokens.before(start).last()?;
    let is_definition = tokens.line_start(start).is_some_and(|line| {
        matches!(
            line.kind(),
            TokenKind::Def | TokenKind::Import | TokenKind::From
        )
    });
    let is_prefix = last.kind() == TokenKind::Name && next.kind() == TokenKind::String;
    if tokens.depth_at(start) == 0
        || is_definition
        || is_prefix
        || !ends_operand(last.kind())
        || !begins_operand(next.kind())
    {
        return None;
    }
    let from = tokens.operand_start(start);
    Some(Found::new(
        "invalid syntax. Perhaps you forgot a comma?",
        TextRange::new(from, next.end()),
    ))
}

fn begins_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringStart
            | TokenKind::TStringStart
            | TokenKind::Lbrace
            | TokenKind::None
            | TokenKind::True
            | TokenKind::False
            | TokenKind::Ellipsis
    )
}

fn ends_operand(kind: TokenKind) -> bool {
    begins_operand(kind) && !matches!(kind, TokenKind::Lbrace | TokenKind::FStringStart)
        || matches!(
            kind,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd
        )
}

/// What follows a statement on its line.
fn two_statements(range: TextRange, tokens: &Tokens<'_>) -> Found {
    let start = range.start();
    let before = tokens.before(start);
    let Some(last) = before.last() else {
        return Found::new(INVALID, range);
    };
    let legacy = tokens.text(last.range());
    let is_first = tokens
        .line_start(start)
        .is_some_and(|line| line.start() == last.start());
    if is_first && matches!(legacy, "print" | "exec") {
        let end = tokens.line_end(start);
        return Found::new(
            format!("Missing parentheses in call to '{legacy}'. Did you mean {legacy}(...)?"),
            TextRange::new(last.start(), end),
        );
    }
    let is_number = matches!(
        last.kind(),
        TokenKind::Int | TokenKind::Float | TokenKind::Complex
    );
    if is_number && last.end() == start {
        let digit = last.end().checked_sub(TextSize::from(1));
        return Found::new(
            "invalid decimal literal",
            TextRange::at(digit.unwrap_or(start), TextSize::from(1)),
        );
    }
    let next = tokens.at(start).map_or(range, Ranged::range);
    Found::new(INVALID, next)
}

fn expected_expression(range: TextRange, tokens: &Tokens<'_>) -> Found {
    let start = range.start();
    let last = tokens.before(start).last();
    let next = tokens.at(start).map(Token::kind);
    let kinds = (last.map(Token::kind), next);
    match (kinds, last) {
        ((Some(TokenKind::Lbrace), Some(TokenKind::Rbrace)), Some(_)) => {
            Found::new("f-string: valid expression required before '}'", range)
        }
        ((Some(TokenKind::Colon), Some(TokenKind::Rbrace | TokenKind::Comma)), Some(colon)) => {
            Found::new(
                "expression expected after dictionary key and ':'",
                colon.range(),
            )
        }
        _ => Found::new(INVALID, range),
    }
}

/// What the parser says in a sentence.
fn other(said: &str, range: TextRange, tokens: &Tokens<'_>) -> Found {
    if let Some(what) = said.strip_prefix("Expected an indented block after ") {
        let what = block(&what.replace('`', "'"));
        let header = tokens
            .before(range.start())
            .last()
            .and_then(|token| tokens.line_start(token.end()));
        let line = header.map_or(1, |token| tokens.place(token.start()).0);
        return Found {
            kind: Kind::IndentationError,
            message: format!("expected an indented block after {what} on line {line}"),
            range,
        };
    }
    if said.contains("`except` or `finally`") {
        return Found::new("expected 'except' or 'finally' block", range);
    }
    if said.starts_with("Expected an expression or a")
        && let Some(found) = forgotten_comma(range, tokens)
    {
        return found;
    }
    if said.starts_with("Expected") || said.starts_with("missing closing") {
        return Found::new(INVALID, range);
    }
    Found::new(plain(said), range)
}

/// How CPython calls what has a block.
fn block(what: &str) -> String {
    match what {
        "'class' definition" => "class definition".to_owned(),
        it => it
            .replace(" clause", " statement")
            .replace(" block", " statement"),
    }
}

/// A sentence of the parser's as Python writes its own.
fn plain(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first
        .into_iter()
        .chain(letters)
        .collect::<String>()
        .replace('`', "'")
}

/// What stands where a target should, as CPython calls it.
fn target(range: TextRange, tokens: &Tokens<'_>) -> Option<String> {
    let text = tokens.text(range);
    let parsed = parse_expression(text).ok()?;
    let name = match parsed.expr() {
        Expr::NoneLiteral(_) => "None",
        Expr::BooleanLiteral(it) if it.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Call(_) => "function call",
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_) => "literal",
        Expr::FString(_) => "f-string expression",
        Expr::TString(_) => "t-string expression",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Lambda(_) => "lambda",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Generator(_) => "generator expression",
        Expr::Await(_) => "await expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Named(_) => "named expression",
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Name(_) => "name",
        Expr::Tuple(_) => "tuple",
        Expr::List(_) => "list",
        Expr::Starred(_) => "starred",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Slice(_) | Expr::IpyEscapeCommand(_) => return None,
    };
    Some(name.to_owned())
}
