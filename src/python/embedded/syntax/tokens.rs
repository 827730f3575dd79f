//! The tokens of a source that cannot be parsed: its brackets, lines and columns.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::FaultRange;

/// The tokens of a source, with what stands between brackets.
pub struct Tokens<'a> {
    pub source: &'a str,
    /// None that only says where a line ends or how deep it is indented, and no comments.
    code: Vec<Token>,
    /// The first bracket that does not fit.
    mismatch: Option<(TextRange, String)>,
    /// The brackets that are open at the end.
    open: Vec<(char, TextSize)>,
}

impl<'a> Tokens<'a> {
    pub fn new(source: &'a str, tokens: &[Token]) -> Self {
        let code: Vec<Token> = tokens
            .iter()
            .filter(|token| is_code(token.kind()))
            .copied()
            .collect();
        let mut it = Self {
            source,
            code,
            mismatch: None,
            open: Vec::new(),
        };
        it.match_brackets();
        it
    }

    fn match_brackets(&mut self) {
        for token in &self.code {
            let (start, kind) = (token.start(), token.kind());
            if let Some(bracket) = opening(kind) {
                self.open.push((bracket, start));
                continue;
            }
            let Some((bracket, opens)) = closing(kind) else {
                continue;
            };
            let message = match self.open.pop() {
                Some((open, _)) if open == opens => continue,
                None => format!("unmatched '{bracket}'"),
                Some((open, at)) => {
                    let (line, here) = (self.place(at).0, self.place(start).0);
                    let on_line = if line == here {
                        String::new()
                    } else {
                        format!(" on line {line}")
                    };
                    format!(
                        "closing parenthesis '{bracket}' does not match opening parenthesis '{open}'{on_line}"
                    )
                }
            };
            self.mismatch = Some((token.range(), message));
            return;
        }
    }

    /// A bracket that closes none, or one of another kind.
    pub fn mismatch(&self) -> Option<FaultRange> {
        let (range, message) = self.mismatch.clone()?;
        Some(FaultRange::new(message, range))
    }

    /// The innermost bracket that is open at the end.
    pub fn open(&self) -> Option<(char, TextSize)> {
        self.open.last().copied()
    }

    /// How many brackets are open there.
    pub fn depth_at(&self, at: TextSize) -> usize {
        self.before(at).iter().fold(0_usize, |depth, token| {
            if opening(token.kind()).is_some() {
                depth + 1
            } else if closing(token.kind()).is_some() {
                depth.saturating_sub(1)
            } else {
                depth
            }
        })
    }

    /// The tokens that end there or before.
    pub fn before(&self, at: TextSize) -> &[Token] {
        let count = self.code.partition_point(|token| token.end() <= at);
        &self.code[..count]
    }

    /// The token that is there, or the next one.
    pub fn at(&self, at: TextSize) -> Option<&Token> {
        self.code.get(self.before(at).len())
    }

    pub fn text(&self, range: TextRange) -> &'a str {
        self.source
            .get(range.start().into()..range.end().into())
            .unwrap_or_default()
    }

    /// The source from a place on, or from the letter the place is within.
    pub fn from(&self, at: TextSize) -> &'a str {
        &self.source[self.source.floor_char_boundary(usize::from(at))..]
    }

    /// The place after the letter that is there.
    pub fn after(&self, at: TextSize) -> TextSize {
        let letter = self.from(at).chars().next();
        at + letter.map_or(TextSize::from(1), TextSize::of)
    }

    /// Where the part of an expression begins that ends there: after the last comma, bracket, `=`,
    /// `:` or keyword of a statement on the same level.
    pub fn operand_start(&self, at: TextSize) -> TextSize {
        let mut start = at;
        let mut depth = 0_usize;
        for token in self.before(at).iter().rev() {
            if closing(token.kind()).is_some() {
                depth += 1;
            } else if opening(token.kind()).is_some() {
                let Some(less) = depth.checked_sub(1) else {
                    break;
                };
                depth = less;
            } else if depth == 0 && separates(token.kind()) {
                break;
            }
            start = token.start();
        }
        start
    }

    /// The first token of the line in the sense of Python that has this place: brackets make lines
    /// longer.
    pub fn line_start(&self, at: TextSize) -> Option<&Token> {
        let before = self.before(at);
        let mut depth = self.depth_at(at);
        let mut first = None;
        let mut line = self.place(at).0;
        for token in before.iter().rev() {
            let (of_token, until) = (self.place(token.start()).0, self.place(token.end()).0);
            if depth == 0 && until < line {
                break;
            }
            if closing(token.kind()).is_some() {
                depth += 1;
            } else if opening(token.kind()).is_some() {
                depth = depth.saturating_sub(1);
            }
            line = of_token;
            first = Some(token);
        }
        first
    }

    /// The line and the column of a place.
    pub fn place(&self, at: TextSize) -> super::Position {
        let before = &self.source[..self.source.floor_char_boundary(usize::from(at))];
        let line = before.matches('\n').count() + 1;
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        (line, before[begin..].chars().count() + 1)
    }

    /// The end of the line a place is on.
    pub fn line_end(&self, at: TextSize) -> TextSize {
        let rest = self.from(at);
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        at + TextSize::try_from(length).unwrap_or_default()
    }

    /// The line its text ends on.
    pub fn last_line(&self) -> usize {
        self.source
            .trim_end_matches(['\n', '\r'])
            .matches('\n')
            .count()
            + 1
    }
}

fn is_code(kind: TokenKind) -> bool {
    !matches!(
        kind,
        TokenKind::Comment
            | TokenKind::Newline
            | TokenKind::NonLogicalNewline
            | TokenKind::Indent
            | TokenKind::Dedent
            | TokenKind::EndOfFile
    )
}

pub fn opening(kind: TokenKind) -> Option<char> {
    match kind {
        TokenKind::Lpar => Some('('),
        TokenKind::Lsqb => Some('['),
        TokenKind::Lbrace => Some('{'),
        _ => None,
    }
}

/// A closing bracket, and the one it closes.
pub fn closing(kind: TokenKind) -> Option<(char, char)> {
    match kind {
        TokenKind::Rpar => Some((')', '(')),
        TokenKind::Rsqb => Some((']', '[')),
        TokenKind::Rbrace => Some(('}', '{')),
        _ => None,
    }
}

/// What no expression goes on over.
fn separates(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Comma
            | TokenKind::Semi
            | TokenKind::Colon
            | TokenKind::ColonEqual
            | TokenKind::Equal
            | TokenKind::Return
            | TokenKind::Yield
            | TokenKind::In
            | TokenKind::While
            | TokenKind::Elif
            | TokenKind::Assert
            | TokenKind::Raise
            | TokenKind::Del
            | TokenKind::From
            | TokenKind::Import
    )
}
