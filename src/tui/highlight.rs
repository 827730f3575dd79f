//! Finds the tokens of Python source. It takes tens of milliseconds the first time, so it runs on a
//! thread of its own and the screen shows plain text meanwhile. It knows kinds of tokens and no
//! colours: those are the theme's.
//!
//! syntect's Python knows no `match` and no `await`; the keywords are those of the parser.

use std::ops::Range;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use crate::diagnosis::{keywords, with_parser_stack};

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Comment,
    String,
    Keyword,
    Function,
    Builtin,
    Number,
}

/// The tokens of a line and where they stand, in bytes. What is no token is plain.
pub type LineTokens = Vec<(Range<usize>, Token)>;

/// The tokens of each line.
pub type Tokens = Vec<LineTokens>;

/// Scopes of the syntax definition, most telling first.
const SCOPES: &[(&str, Token)] = &[
    ("comment", Token::Comment),
    ("string", Token::String),
    ("storage.type.string", Token::String),
    ("constant.numeric", Token::Number),
    ("constant.language", Token::Number),
    ("entity.name.function", Token::Function),
    ("entity.name.class", Token::Function),
    ("support.function", Token::Builtin),
    ("support.type", Token::Builtin),
    ("keyword.control", Token::Keyword),
    ("keyword.operator.word", Token::Keyword),
    ("keyword.operator.logical", Token::Keyword),
    ("storage.type", Token::Keyword),
    ("storage.modifier", Token::Keyword),
];

/// Keywords that syntect does not know. Others need no parser.
const UNKNOWN_KEYWORDS: &[&str] = &["await", "match", "type"];

/// Finds tokens; made once, since loading the syntax takes time.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    scopes: Vec<(Scope, Token)>,
}

impl Default for Highlighter {
    fn default() -> Self {
        let scopes = SCOPES
            .iter()
            .filter_map(|&(name, token)| Some((Scope::new(name).ok()?, token)))
            .collect();
        Self {
            syntaxes: SyntaxSet::load_defaults_newlines(),
            scopes,
        }
    }
}

impl Highlighter {
    /// The tokens of a source; a line that cannot be understood is plain.
    pub fn tokens(&self, source: &str) -> Tokens {
        let Some(python) = self.syntaxes.find_syntax_by_extension("py") else {
            return Tokens::new();
        };
        let mut state = ParseState::new(python);
        let mut stack = ScopeStack::new();
        let lines = source.lines();
        let mut tokens = lines
            .map(|line| self.line(line, &mut state, &mut stack))
            .collect();
        if UNKNOWN_KEYWORDS.iter().any(|it| source.contains(it)) {
            let found = with_parser_stack("keywords", || keywords(source));
            lay_over(source, &mut tokens, &found.unwrap_or_default());
        }
        tokens
    }

    fn line(
        &self,
        line: &str,
        state: &mut ParseState,
        stack: &mut ScopeStack,
    ) -> Vec<(Range<usize>, Token)> {
        let mut tokens = Vec::new();
        let Ok(changes) = state.parse_line(&format!("{line}\n"), &self.syntaxes) else {
            return tokens;
        };
        let mut start = 0;
        for (at, change) in changes {
            self.push(&mut tokens, start..at.min(line.len()), stack);
            start = at;
            if stack.apply(&change).is_err() {
                break;
            }
        }
        self.push(&mut tokens, start..line.len(), stack);
        tokens
    }

    fn push(
        &self,
        tokens: &mut Vec<(Range<usize>, Token)>,
        place: Range<usize>,
        stack: &ScopeStack,
    ) {
        if place.is_empty() {
            return;
        }
        let token = stack.scopes.iter().rev().find_map(|scope| {
            self.scopes
                .iter()
                .find(|(known, _)| known.is_prefix_of(*scope))
        });
        if let Some(&(_, token)) = token {
            tokens.push((place, token));
        }
    }
}

/// Lays keywords, in bytes of the whole source and in order, over what was found in its lines.
fn lay_over(source: &str, tokens: &mut Tokens, keywords: &[Range<usize>]) {
    let mut rest = keywords;
    for (line, tokens) in source.lines().zip(tokens) {
        let start = line.as_ptr().addr() - source.as_ptr().addr();
        let after = rest.partition_point(|it| it.start < start + line.len());
        for keyword in &rest[..after] {
            let place = keyword.start - start..keyword.end - start;
            tokens.retain(|(known, _)| known.end <= place.start || place.end <= known.start);
            let at = tokens.partition_point(|(known, _)| known.start < place.start);
            tokens.insert(at, (place, Token::Keyword));
        }
        rest = &rest[after..];
    }
}

#[cfg(test)]
mod tests {
    use super::{Highlighter, Token};

    #[test]
    fn finds_what_a_learner_should_see() {
        let source = "def application(environ):\n    # é\n    return ['a', 1]\n";
        let tokens = Highlighter::default().tokens(source);
        let found = |line: usize, text: &str| {
            let start = source.lines().nth(line).unwrap().find(text).unwrap();
            tokens[line]
                .iter()
                .find(|(place, _)| place.contains(&start))
                .map(|(_, token)| *token)
        };
        assert_eq!(found(0, "def"), Some(Token::Keyword));
        assert_eq!(found(0, "application"), Some(Token::Function));
        assert_eq!(found(1, "é"), Some(Token::Comment));
        assert_eq!(found(2, "return"), Some(Token::Keyword));
        assert_eq!(found(2, "a'"), Some(Token::String));
        assert_eq!(found(2, "1"), Some(Token::Number));
    }

    #[test]
    fn keywords_that_are_names_elsewhere_are_told_from_them() {
        let source = "async def pick(match):\r\n    match match.case:\r\n        case ['é', _]:\r\n            \
                      return await match\r\n";
        let tokens = Highlighter::default().tokens(source);
        let keywords = |line: usize| {
            let text = source.lines().nth(line).unwrap();
            let tokens = tokens[line].iter();
            let keywords = tokens.filter(|(_, token)| *token == Token::Keyword);
            let keywords = keywords.map(|(place, _)| text[place.clone()].trim().to_owned());
            keywords.collect::<Vec<_>>()
        };
        assert_eq!(keywords(0), ["async", "def"]);
        assert_eq!(keywords(1), ["match"]);
        assert_eq!(keywords(2), ["case"]);
        assert_eq!(keywords(3), ["return", "await"]);
        let places = tokens[2]
            .iter()
            .map(|(place, _)| &source.lines().nth(2).unwrap()[place.clone()]);
        assert_eq!(places.collect::<Vec<_>>(), ["case", "'", "é", "'"]);
    }
}
