//! What is read from the syntax tree of a Python file: its imports, the application it defines, and
//! settings.

use std::collections::HashSet;
use std::iter;
use std::path::Path;

use ruff_python_ast::{ExceptHandler, Expr, ModModule, Parameters, Stmt};

use crate::diagnosis::{literal, parse_module};
use crate::ordinary_file;

/// Bytes of a file that is looked into.
const MAX_FILE_BYTES: u64 = 256 * 1024;

/// An import of a module, or of a name that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Import {
    /// How many dots stand before it.
    pub level: u32,
    /// The parts of its name: `["shop", "site"]`.
    pub path: Vec<String>,
}

/// The syntax tree of a file. Nothing for one that cannot be read or parsed, or that is too long or
/// too deep.
pub fn parse(file: &Path) -> Option<ModModule> {
    let bytes = ordinary_file::read_up_to(file, MAX_FILE_BYTES).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    parse_module(&text).ok()
}

/// The statements of a module, those of a block in their order. `is_entered` says whether the
/// blocks inside of a statement count as well.
fn statements(tree: &ModModule, is_entered: impl Fn(&Stmt) -> bool) -> impl Iterator<Item = &Stmt> {
    let mut block = tree.body.iter();
    let mut blocks = Vec::new();
    iter::from_fn(move || {
        loop {
            if let Some(statement) = block.next() {
                if is_entered(statement) {
                    blocks.extend(blocks_of(statement));
                }
                return Some(statement);
            }
            let inner: &[Stmt] = blocks.pop()?;
            block = inner.iter();
        }
    })
}

/// The imports of a file, wherever they stand in it.
pub fn imports(tree: &ModModule) -> Vec<Import> {
    let mut imports = Vec::new();
    for statement in statements(tree, |_| true) {
        match statement {
            Stmt::Import(import) => {
                let names = import.names.iter().map(|alias| Import {
                    level: 0,
                    path: alias.name.split('.').map(str::to_owned).collect(),
                });
                imports.extend(names);
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_deref().unwrap_or_default();
                let module = module.split('.').filter(|part| !part.is_empty());
                let module: Vec<String> = module.map(str::to_owned).collect();
                let names = import.names.iter().map(|alias| {
                    let mut path = module.clone();
                    path.push(alias.name.to_string());
                    Import {
                        level: import.level,
                        path,
                    }
                });
                imports.extend(names);
            }
            _ => {}
        }
    }
    imports
}

/// The blocks that stand inside of a statement.
fn blocks_of(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::FunctionDef(it) => vec![&it.body],
        Stmt::ClassDef(it) => vec![&it.body],
        Stmt::With(it) => vec![&it.body],
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::If(it) => {
            let others = it.elif_else_clauses.iter().map(|it| &*it.body);
            [&*it.body].into_iter().chain(others).collect()
        }
        Stmt::Match(it) => it.cases.iter().map(|it| &*it.body).collect(),
        Stmt::Try(it) => {
            let handlers = it.handlers.iter();
            let handlers = handlers.map(|ExceptHandler::ExceptHandler(it)| &*it.body);
            let others = [&*it.body, &*it.orelse, &*it.finalbody];
            others.into_iter().chain(handlers).collect()
        }
        _ => Vec::new(),
    }
}

/// The names that a module binds and that a server may look for.
#[derive(Debug, Default)]
pub struct Definitions {
    names: HashSet<String>,
    /// The functions that can be called without arguments.
    factories: HashSet<String>,
    /// Whether there may be more: `from x import *`.
    has_star: bool,
}

/// What servers look for, best first.
const USUAL_NAMES: [&str; 2] = ["application", "app"];
/// What makes an application, called without arguments.
const FACTORIES: [&str; 2] = ["create_app", "make_app"];

/// Where an application is in a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Callable {
    /// By one of the usual names.
    Named(String),
    /// Made by a function: `create_app()`.
    Made(String),
    /// It may come with everything else of another module.
    Unknown,
}

impl Callable {
    /// The call that makes the application, where one has to.
    pub fn call(&self) -> Option<String> {
        match self {
            Self::Made(call) => Some(call.clone()),
            Self::Named(_) | Self::Unknown => None,
        }
    }
}

impl Definitions {
    /// What a module binds when it is imported.
    pub fn of(tree: &ModModule) -> Self {
        let mut found = Self::default();
        for statement in statements(tree, binds_for_module) {
            found.take(statement);
        }
        found
    }

    /// Takes what a statement binds.
    fn take(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FunctionDef(it) => {
                if !it.is_async && needs_nothing(&it.parameters) {
                    self.factories.insert(it.name.to_string());
                }
                self.names.insert(it.name.to_string());
            }
            Stmt::ClassDef(it) => {
                self.names.insert(it.name.to_string());
            }
            Stmt::Assign(it) => {
                let names = it.targets.iter().filter_map(Expr::as_name_expr);
                self.names.extend(names.map(|it| it.id.to_string()));
            }
            Stmt::AnnAssign(it) if it.value.is_some() => {
                let name = it.target.as_name_expr();
                self.names.extend(name.map(|it| it.id.to_string()));
            }
            Stmt::ImportFrom(it) => {
                for alias in &it.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    self.has_star |= name == "*";
                    // What it needs is not known here, and is told when it is called.
                    self.factories.insert(name.clone());
                    self.names.insert(name);
                }
            }
            _ => {}
        }
    }

    /// Where the application is, as far as it is known.
    pub fn application(&self) -> Option<Callable> {
        let named = USUAL_NAMES.iter().find(|name| self.names.contains(**name));
        let made = FACTORIES
            .iter()
            .find(|name| self.factories.contains(**name));
        match (named, made) {
            (Some(name), _) => Some(Callable::Named((*name).to_owned())),
            (None, _) if self.has_star => Some(Callable::Unknown),
            (None, Some(name)) => Some(Callable::Made(format!("{name}()"))),
            (None, None) => None,
        }
    }
}

/// Whether a function can be called without arguments.
fn needs_nothing(parameters: &Parameters) -> bool {
    let mut named = parameters.iter_non_variadic_params();
    named.all(|parameter| parameter.default.is_some())
}

/// Whether what is bound inside of a statement is a name of the module's when it is imported.
fn binds_for_module(statement: &Stmt) -> bool {
    match statement {
        Stmt::FunctionDef(_) | Stmt::ClassDef(_) => false,
        Stmt::If(it) => !is_for_scripts(&it.test),
        _ => true,
    }
}

/// Whether a condition is `__name__ == "__main__"`: false for a module that is imported.
fn is_for_scripts(test: &Expr) -> bool {
    let compared = test.as_compare_expr();
    let left = compared.and_then(|it| it.left.as_name_expr());
    left.is_some_and(|it| it.id == "__name__")
}

/// The text that a module assigns to a name, or to a key of `os.environ`, or makes the default of
/// that key.
pub fn text_of(tree: &ModModule, wanted: &str) -> Option<String> {
    let is_wanted = |expr: &Expr| literal(expr) == Some(wanted);
    let mut values = statements(tree, |_| true).filter_map(|statement| match statement {
        Stmt::Assign(it) => it.targets.iter().find_map(|target| match target {
            Expr::Name(name) if name.id == wanted => Some(&*it.value),
            Expr::Subscript(target) if is_wanted(&target.slice) => Some(&*it.value),
            _ => None,
        }),
        Stmt::Expr(it) => match it.value.as_call_expr().map(|it| &*it.arguments.args) {
            Some([key, value]) if is_wanted(key) => Some(value),
            _ => None,
        },
        _ => None,
    });
    values.find_map(literal).map(str::to_owned)
}
