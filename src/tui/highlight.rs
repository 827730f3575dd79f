//! Finds the tokens of Python source. It takes tens of milliseconds the first time, so it runs on a
//! thread of its own and the screen shows plain text meanwhile. It knows kinds of tokens and no
//! colours: those are the theme's.

use std::ops::Range;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

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
        source
            .lines()
            .map(|line| self.line(line, &mut state, &mut stack))
            .collect()
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
}
