//! A Python file's statements, whatever they stand inside of, and its imports.

use std::path::Path;

use ruff_python_ast::{ExceptHandler, ModModule, Stmt};
use ruff_python_parser::Mode;

use crate::diagnosis::is_bounded;
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

/// The syntax tree of a file. Nothing for one that cannot be read or parsed, or that is too long or too deep.
pub fn parse(file: &Path) -> Option<ModModule> {
    let bytes = ordinary_file::read_up_to(file, MAX_FILE_BYTES).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    if !is_bounded(&text, Mode::Module) {
        return None;
    }
    let parsed = ruff_python_parser::parse_module(&text).ok()?;
    Some(parsed.into_syntax())
}

/// The imports of a file, wherever they stand in it.
pub fn imports(tree: &ModModule) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut blocks: Vec<&[Stmt]> = vec![&tree.body];
    while let Some(block) = blocks.pop() {
        for statement in block {
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
                other => blocks.extend(blocks_of(other)),
            }
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
