//! Reads what a file of Rust declares and which paths it names. It knows tokens and no types, which
//! is enough: a path that leaves its module begins with `crate`, `super`, `self`, the name of a
//! module, or a name that a `use` brought in.

use std::iter::Peekable;
use std::vec::IntoIter;

/// What a module of a file declares and names. A file has one for itself, and one for each module
/// written inside of it.
#[derive(Debug, Default)]
pub struct Module {
    /// The names of the modules around it inside the file, and its own.
    pub inside: Vec<String>,
    /// Modules declared here, in files of their own or not.
    pub modules: Vec<String>,
    /// Functions, types, constants and whatever else has a name here.
    pub items: Vec<String>,
    pub uses: Vec<Use>,
    /// Paths written outside of `use`.
    pub paths: Vec<Named>,
}

/// A name that a `use` brings in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub path: Vec<String>,
    /// `*` for all names of a module.
    pub name: String,
    pub line: usize,
}

/// A path, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Word(String),
    /// `::`
    Join,
    Sign(char),
}

#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    line: usize,
}

/// The modules of a source, the file's own first. What is compiled for tests only is left out.
pub fn read(source: &str) -> Vec<Module> {
    let mut reader = Reader {
        tokens: tokens(source).into_iter().peekable(),
        modules: vec![Module::default()],
    };
    reader.module(0);
    reader.modules
}

/// The modules of a source that are compiled for tests only, by name.
pub fn test_modules(source: &str) -> Vec<String> {
    let tokens: Vec<Kind> = tokens(source).into_iter().map(|it| it.kind).collect();
    let word = |at: usize| match tokens.get(at) {
        Some(Kind::Word(word)) => word.clone(),
        _ => String::new(),
    };
    (0..tokens.len())
        .filter(|&at| word(at) == "cfg" && word(at + 2) == "test" && word(at + 5) == "mod")
        .map(|at| word(at + 6))
        .collect()
}

struct Reader {
    tokens: Peekable<IntoIter<Token>>,
    modules: Vec<Module>,
}

impl Reader {
    /// Reads the rest of a module: to the end of the file, or past the brace that closes it.
    fn module(&mut self, at: usize) {
        let mut depth = 0_usize;
        let mut for_tests = false;
        while let Some(Token { kind, line }) = self.tokens.next() {
            match kind {
                Kind::Sign('{') => depth += 1,
                Kind::Sign('}') if depth == 0 => return,
                Kind::Sign('}') => depth -= 1,
                Kind::Sign('#') => for_tests = self.attribute() || for_tests,
                Kind::Word(word) => {
                    if word == "mod" {
                        self.declared_module(at, for_tests);
                    } else if word == "use" {
                        // `use<'a>` in a type captures; it imports nothing.
                        if !self.is_next(&Kind::Sign('<')) {
                            let mut found = Vec::new();
                            self.tree(&mut Vec::new(), &mut found);
                            self.modules[at].uses.extend(found);
                        }
                    } else if depth == 0 && is_declaration(&word) {
                        self.declared_item(at);
                    } else {
                        let path = self.path(word);
                        if path.len() > 1 {
                            self.modules[at].paths.push(Named { path, line });
                        }
                    }
                    for_tests = for_tests && matches!(self.peek(), Some(Kind::Word(_)));
                }
                Kind::Sign(_) | Kind::Join => {}
            }
        }
    }

    /// Reads `#[…]`; whether it says that what follows is for tests.
    fn attribute(&mut self) -> bool {
        let mut words = Vec::new();
        let mut depth = 0_usize;
        for token in self.tokens.by_ref() {
            match token.kind {
                Kind::Sign('[') => depth += 1,
                Kind::Sign(']') if depth <= 1 => break,
                Kind::Sign(']') => depth -= 1,
                Kind::Word(word) => words.push(word),
                _ => {}
            }
        }
        words == ["cfg", "test"]
    }

    fn declared_module(&mut self, at: usize, for_tests: bool) {
        let Some(name) = self.word() else { return };
        if !self.is_next(&Kind::Sign('{')) {
            if !for_tests {
                self.modules[at].modules.push(name);
            }
            return;
        }
        self.tokens.next();
        let mut inside = self.modules[at].inside.clone();
        inside.push(name.clone());
        let module = Module {
            inside,
            ..Module::default()
        };
        let place = self.modules.len();
        self.modules.push(module);
        self.module(place);
        if for_tests {
            self.modules.truncate(place);
        } else {
            self.modules[at].modules.push(name);
        }
    }

    fn declared_item(&mut self, at: usize) {
        while let Some(Kind::Word(word)) = self.peek() {
            if !matches!(word.as_str(), "mut" | "fn") {
                break;
            }
            self.tokens.next();
        }
        if let Some(name) = self.word() {
            self.modules[at].items.push(name);
        }
    }

    /// Reads the rest of `use …;`, or of one branch between braces.
    fn tree(&mut self, path: &mut Vec<String>, found: &mut Vec<Use>) {
        let begun = path.len();
        while let Some(Token { kind, line }) = self.tokens.next() {
            match kind {
                Kind::Word(word) if word == "as" => {
                    if let (Some(name), Some(last)) = (self.word(), found.last_mut()) {
                        last.name = name;
                    }
                }
                Kind::Word(word) => {
                    path.push(word.clone());
                    if !self.is_next(&Kind::Join) {
                        if word == "self" && path.len() > 1 {
                            path.pop();
                        }
                        found.push(Use {
                            path: path.clone(),
                            name: path.last().cloned().unwrap_or_default(),
                            line,
                        });
                    }
                }
                Kind::Sign('*') => found.push(Use {
                    path: path.clone(),
                    name: "*".to_owned(),
                    line,
                }),
                Kind::Sign('{') => self.tree(path, found),
                Kind::Sign(',') => path.truncate(begun),
                Kind::Sign('}' | ';') => break,
                Kind::Sign(_) | Kind::Join => {}
            }
        }
        path.truncate(begun);
    }

    /// The path that begins with a word.
    fn path(&mut self, first: String) -> Vec<String> {
        let mut path = vec![first];
        while self.is_next(&Kind::Join) {
            self.tokens.next();
            match self.word() {
                Some(word) => path.push(word),
                None => break,
            }
        }
        path
    }

    fn peek(&mut self) -> Option<&Kind> {
        self.tokens.peek().map(|token| &token.kind)
    }

    fn is_next(&mut self, kind: &Kind) -> bool {
        self.peek() == Some(kind)
    }

    fn word(&mut self) -> Option<String> {
        let Some(Kind::Word(_)) = self.peek() else {
            return None;
        };
        match self.tokens.next()?.kind {
            Kind::Word(word) => Some(word),
            Kind::Join | Kind::Sign(_) => None,
        }
    }
}

fn is_declaration(word: &str) -> bool {
    matches!(
        word,
        "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static"
    )
}

/// Words and signs, without comments, strings and characters.
fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let mut out = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while let Some(&first) = text.get(at) {
        let begun = at;
        let next = text.get(at + 1).copied();
        match (first, next) {
            ('/', Some('/')) => at = find(&text, at, |it| it == '\n'),
            ('/', Some('*')) => at = after_comment(&text, at),
            ('"', _) => at = after_string(&text, at + 1),
            ('r' | 'b' | 'c', Some('"' | '#' | 'r')) if raw_end(&text, at).is_some() => {
                at = raw_end(&text, at).unwrap_or(text.len());
            }
            ('\'', Some('\\')) => at = find(&text, at + 3, |it| it == '\'') + 1,
            ('\'', Some(_)) if text.get(at + 2) == Some(&'\'') => at += 3,
            (':', Some(':')) => {
                out.push(Token {
                    kind: Kind::Join,
                    line,
                });
                at += 2;
            }
            (letter, _) if letter.is_alphanumeric() || letter == '_' => {
                at = find(&text, at, |it| !it.is_alphanumeric() && it != '_');
                // `r#type` is one word; `type` alone would declare something.
                if at == begun + 1 && first == 'r' && text.get(at) == Some(&'#') {
                    at = find(&text, at + 1, |it| !it.is_alphanumeric() && it != '_');
                }
                out.push(Token {
                    kind: Kind::Word(text[begun..at].iter().collect()),
                    line,
                });
            }
            (sign, _) => {
                if !sign.is_whitespace() {
                    out.push(Token {
                        kind: Kind::Sign(sign),
                        line,
                    });
                }
                at += 1;
            }
        }
        line += text[begun..at.min(text.len())]
            .iter()
            .filter(|&&it| it == '\n')
            .count();
    }
    out
}

fn find(text: &[char], from: usize, is: impl Fn(char) -> bool) -> usize {
    let found = text.iter().skip(from).position(|&letter| is(letter));
    found.map_or(text.len(), |after| from + after)
}

/// Comments between `/*` and `*/` may hold others.
fn after_comment(text: &[char], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while at < text.len() {
        match (text[at], text.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            }
            _ => at += 1,
        }
    }
    at
}

fn after_string(text: &[char], from: usize) -> usize {
    let mut at = from;
    while let Some(letter) = text.get(at) {
        match letter {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// The end of `r"…"`, `r#"…"#`, `b"…"`, `br"…"` and their like, if one begins here.
fn raw_end(text: &[char], from: usize) -> Option<usize> {
    let prefix = find(text, from, |it| !matches!(it, 'r' | 'b' | 'c'));
    let quote = find(text, prefix, |it| it != '#');
    let hashes = quote - prefix;
    let raw = text[from..prefix].contains(&'r');
    if prefix - from > 2 || text.get(quote) != Some(&'"') || (hashes > 0 && !raw) {
        return None;
    }
    if !raw {
        return Some(after_string(text, quote + 1));
    }
    let mut at = quote + 1;
    while at < text.len() {
        let closes = text[at] == '"'
            && text.len() > at + hashes
            && text[at + 1..=at + hashes].iter().all(|&it| it == '#');
        if closes {
            return Some(at + hashes + 1);
        }
        at += 1;
    }
    Some(at)
}

#[test]
fn a_use_may_have_branches_and_other_names() {
    let source = "
        use crate::a::{self, b::{C, d as e}, f::*};
        pub use super::g::H as _;
        // use crate::comment;
        /* use crate::c; /* inner */ use crate::d; */
        const TEXT: &str = \"use crate::string;\";
        const RAW: &str = r#\"use \"crate::raw;\"#;
    ";
    let modules = read(source);
    let names: Vec<String> = modules[0]
        .uses
        .iter()
        .map(|one| format!("{} = {}", one.name, one.path.join("::")))
        .collect();
    let expected = [
        "a = crate::a",
        "C = crate::a::b::C",
        "e = crate::a::b::d",
        "* = crate::a::f",
        "_ = super::g::H",
    ];
    assert_eq!(names, expected);
    assert_eq!(modules[0].items, ["TEXT", "RAW"]);
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let source = "
        fn f<'a>(x: &'a crate::a::B) -> super::c::D {
            if x == ':' || x == '\\'' { x.map(crate::e::f).or(g::h(1)) }
        }
        mod inner {
            use super::super::i::J;
            fn k() -> self::l::M {}
        }
        #[cfg(test)]
        mod tests {
            use super::n::O;
            fn p() { crate::q::r() }
        }
        fn s() -> impl Fn() + use<> { crate::t::u() }
    ";
    let modules = read(source);
    let paths = |at: usize| -> Vec<String> {
        let paths = modules[at].paths.iter();
        paths.map(|one| one.path.join("::")).collect()
    };
    let expected = [
        "crate::a::B",
        "super::c::D",
        "crate::e::f",
        "g::h",
        "crate::t::u",
    ];
    assert_eq!(paths(0), expected);
    assert_eq!(modules.len(), 2, "a module for tests is left out");
    assert_eq!(modules[1].inside, ["inner"]);
    assert_eq!(modules[1].uses[0].path, ["super", "super", "i", "J"]);
    assert_eq!(paths(1), ["self::l::M"]);
    assert_eq!(modules[0].items, ["f", "s"]);
    assert_eq!(test_modules(source), ["tests"]);
}
