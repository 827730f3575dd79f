//! CPython's messages for errors of the grammar.

use ruff_python_ast::Expr;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{ParseErrorType, parse_expression};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::tokens::Tokens;
use super::{ExceptionKind, FaultRange};

pub const INVALID: &str = "invalid syntax";

/// An error of the grammar.
pub fn grammar(error: &ParseErrorType, range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    use ParseErrorType as E;
    let found = |message: &str| FaultRange::new(message, range);
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
            FaultRange {
                kind: ExceptionKind::IndentationError,
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
            FaultRange::new(message, range)
        }
        E::InvalidAugmentedAssignmentTarget => match target(range, tokens) {
            Some(kind) => FaultRange::new(
                format!("'{kind}' is an illegal expression for augmented assignment"),
                range,
            ),
            None => found(INVALID),
        },
        E::InvalidNamedAssignmentTarget => match target(range, tokens) {
            Some(kind) => FaultRange::new(
                format!("cannot use assignment expressions with {kind}"),
                range,
            ),
            None => found(INVALID),
        },
        E::InvalidDeleteTarget => match target(range, tokens) {
            Some(kind) => FaultRange::new(format!("cannot delete {kind}"), range),
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
            FaultRange::new(format!("keyword argument repeated: {name}"), range)
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
) -> FaultRange {
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
        return FaultRange::new("expected ':'", range);
    }
    if is_block && expected == TokenKind::Lpar && instead != TokenKind::Lpar {
        return FaultRange::new("expected '('", range);
    }
    if expected == TokenKind::Else {
        let body = tokens.operand_start(start);
        let end = tokens.before(start).last().map_or(start, Ranged::end);
        let range = TextRange::new(body, end.max(body));
        return FaultRange::new("expected 'else' after 'if' expression", range);
    }
    forgotten_comma(range, tokens).unwrap_or_else(|| FaultRange::new(INVALID, range))
}

/// `if a = b:` for `if a == b:`, and the same where an expression stands in brackets.
fn meant_equal(range: TextRange, tokens: &Tokens<'_>) -> Option<FaultRange> {
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
    Some(FaultRange::new(
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        TextRange::new(from, until),
    ))
}

/// Two expressions side by side between brackets.
pub fn forgotten_comma(range: TextRange, tokens: &Tokens<'_>) -> Option<FaultRange> {
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
    Some(FaultRange::new(
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
fn two_statements(range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    let start = range.start();
    let before = tokens.before(start);
    let Some(last) = before.last() else {
        return FaultRange::new(INVALID, range);
    };
    let legacy = tokens.text(last.range());
    let is_first = tokens
        .line_start(start)
        .is_some_and(|line| line.start() == last.start());
    if is_first && matches!(legacy, "print" | "exec") {
        let end = tokens.line_end(start);
        return FaultRange::new(
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
        return FaultRange::new(
            "invalid decimal literal",
            TextRange::at(digit.unwrap_or(start), TextSize::from(1)),
        );
    }
    let next = tokens.at(start).map_or(range, Ranged::range);
    FaultRange::new(INVALID, next)
}

fn expected_expression(range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    let start = range.start();
    let last = tokens.before(start).last();
    let next = tokens.at(start).map(Token::kind);
    let kinds = (last.map(Token::kind), next);
    match (kinds, last) {
        ((Some(TokenKind::Lbrace), Some(TokenKind::Rbrace)), Some(_)) => {
            FaultRange::new("f-string: valid expression required before '}'", range)
        }
        ((Some(TokenKind::Colon), Some(TokenKind::Rbrace | TokenKind::Comma)), Some(colon)) => {
            FaultRange::new(
                "expression expected after dictionary key and ':'",
                colon.range(),
            )
        }
        _ => FaultRange::new(INVALID, range),
    }
}

/// What the parser says in a sentence.
fn other(said: &str, range: TextRange, tokens: &Tokens<'_>) -> FaultRange {
    if let Some(what) = said.strip_prefix("Expected an indented block after ") {
        let what = block(&what.replace('`', "'"));
        let header = tokens
            .before(range.start())
            .last()
            .and_then(|token| tokens.line_start(token.end()));
        let line = header.map_or(1, |token| tokens.place(token.start()).0);
        return FaultRange {
            kind: ExceptionKind::IndentationError,
            message: format!("expected an indented block after {what} on line {line}"),
            range,
        };
    }
    if said.contains("`except` or `finally`") {
        return FaultRange::new("expected 'except' or 'finally' block", range);
    }
    if said.starts_with("Expected an expression or a")
        && let Some(found) = forgotten_comma(range, tokens)
    {
        return found;
    }
    if said.starts_with("Expected") || said.starts_with("missing closing") {
        return FaultRange::new(INVALID, range);
    }
    FaultRange::new(plain(said), range)
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
pub fn plain(said: &str) -> String {
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
