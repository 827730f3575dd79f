//! The graph of imports: which file names something that another one declares. Names are followed
//! through `pub use` to the file that declares them, so that no parent hides what its children
//! import.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::reader::{self, Module};

/// That a file names something of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The file, below `src/`.
    pub from: String,
    pub line: usize,
    pub to: String,
    /// What is named, as it is written.
    pub path: String,
}

/// All modules of the crate, by the path of each: `["tui", "state"]`.
pub struct Graph {
    modules: BTreeMap<Vec<String>, (String, Module)>,
}

/// Deeper than any chain of `pub use`.
const MAX_DEPTH: usize = 16;

impl Graph {
    /// Reads all files of a folder.
    pub fn read(src: &Path) -> Self {
        let mut files = Vec::new();
        collect(src, src, &mut files);
        let sources = files
            .into_iter()
            .map(|file| {
                let source = fs::read_to_string(src.join(&file)).unwrap();
                (file, source)
            })
            .collect();
        Self::of(sources)
    }

    /// The graph of these sources, by the names of their files.
    fn of(sources: BTreeMap<String, String>) -> Self {
        let for_tests: BTreeSet<Vec<String>> = sources
            .iter()
            .flat_map(|(file, source)| {
                let parent = module_of(file);
                let names = reader::test_modules(source).into_iter();
                names.map(move |name| joined(&parent, &name))
            })
            .collect();
        let mut modules = BTreeMap::new();
        for (file, source) in sources {
            let path = module_of(&file);
            if for_tests.iter().any(|module| path.starts_with(module)) {
                continue;
            }
            for module in reader::read(&source) {
                let mut path = path.clone();
                path.extend(module.inside.iter().cloned());
                modules.insert(path, (file.clone(), module));
            }
        }
        Self { modules }
    }

    pub fn files(&self) -> impl Iterator<Item = &str> {
        let files: BTreeSet<&str> = self.modules.values().map(|(file, _)| &**file).collect();
        files.into_iter()
    }

    /// What each file names of the others.
    pub fn imports(&self) -> impl Iterator<Item = Import> {
        self.modules.iter().flat_map(move |(module, (file, read))| {
            let uses = read.uses.iter().map(|one| (&one.path, one.line));
            let paths = read.paths.iter().map(|one| (&one.path, one.line));
            uses.chain(paths).filter_map(move |(path, line)| {
                let to = self.target(module, path)?;
                (to != *file).then(|| Import {
                    from: file.clone(),
                    line,
                    to,
                    path: path.join("::"),
                })
            })
        })
    }

    /// All pairs of files of which the first imports the second, but for those where a file names
    /// something of the module around it.
    pub fn without_those_of_parents(&self) -> impl Iterator<Item = (String, String)> {
        let imports = self.imports();
        let others = imports.filter(|it| !module_of(&it.from).starts_with(&module_of(&it.to)));
        others.map(|it| (it.from, it.to))
    }

    /// The file that a path leads to, as far as it can be followed: a macro may declare the rest.
    fn target(&self, module: &[String], path: &[String]) -> Option<String> {
        let mut beginnings = (1..=path.len()).rev().map(|end| &path[..end]);
        beginnings.find_map(|path| self.declares(module, path, 0))
    }

    /// The file that declares what a path names, if it is one of ours.
    fn declares(&self, module: &[String], path: &[String], depth: usize) -> Option<String> {
        let (first, rest) = path.split_first()?;
        let (_, read) = self.modules.get(module)?;
        match first.as_str() {
            // The program's other crate, whose root is `main.rs`.
            "crate" | "wsgi_tutor" => self.find(&[], rest, depth),
            "self" => self.find(module, rest, depth),
            "super" => self.find(module.split_last()?.1, rest, depth),
            _ if read.modules.contains(first) => self.find(module, path, depth),
            // A name that was brought in counts where it was brought in, unless it leads on.
            _ => {
                let used = read.uses.iter().find(|one| one.name == *first)?;
                if used.path == path || depth > MAX_DEPTH {
                    return None;
                }
                let whole: Vec<String> = used.path.iter().chain(rest).cloned().collect();
                self.declares(module, &whole, depth + 1)
            }
        }
    }

    /// The file that declares a name which is looked for in a module.
    fn find(&self, module: &[String], path: &[String], depth: usize) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (file, read) = self.modules.get(module)?;
        let Some((first, rest)) = path.split_first() else {
            return Some(file.clone());
        };
        if first == "super" {
            return self.find(module.split_last()?.1, rest, depth);
        }
        let child = joined(module, first);
        if self.modules.contains_key(&child) {
            // A function may have the name of its module.
            let used = read.uses.iter().any(|one| one.name == *first);
            if !(rest.is_empty() && used) {
                return self.find(&child, rest, depth);
            }
        }
        if read.items.contains(first) {
            return Some(file.clone());
        }
        if let Some(used) = read.uses.iter().find(|one| one.name == *first) {
            let whole: Vec<String> = used.path.iter().chain(rest).cloned().collect();
            return self.declares(module, &whole, depth + 1);
        }
        let mut all = read.uses.iter().filter(|one| one.name == "*");
        all.find_map(|one| {
            let whole: Vec<String> = one.path.iter().chain(path).cloned().collect();
            self.declares(module, &whole, depth + 1)
        })
    }
}

/// The files of which each imports the others, directly or not: all such sets.
pub fn circles(imports: BTreeSet<(String, String)>) -> Vec<Vec<String>> {
    let mut to: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, target) in imports {
        to.entry(from).or_default().insert(target);
    }
    let reached: BTreeMap<&String, BTreeSet<&String>> = to
        .keys()
        .map(|from| {
            let mut reached = BTreeSet::new();
            let mut next: Vec<&String> = to[from].iter().collect();
            while let Some(file) = next.pop() {
                if reached.insert(file) {
                    next.extend(to.get(file).into_iter().flatten());
                }
            }
            (from, reached)
        })
        .collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, those) in &reached {
        if those.contains(file) {
            let back = |other: &&&String| reached.get(*other).is_some_and(|it| it.contains(file));
            circles.insert(those.iter().filter(back).map(|it| (*it).clone()).collect());
        }
    }
    circles.into_iter().collect()
}

fn collect(folder: &Path, src: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, src, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let file = path.strip_prefix(src).unwrap();
            files.push(file.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// The path of the module that a file is.
fn module_of(file: &str) -> Vec<String> {
    let name = file.trim_end_matches(".rs").trim_end_matches("/mod");
    match name {
        "lib" => Vec::new(),
        name => name.split('/').map(str::to_owned).collect(),
    }
}

fn joined(module: &[String], name: &str) -> Vec<String> {
    let mut path = module.to_vec();
    path.push(name.to_owned());
    path
}

#[test]
fn circles_are_found_and_chains_are_none() {
    let of = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter();
        circles(
            pairs
                .map(|(from, to)| ((*from).into(), (*to).into()))
                .collect(),
        )
    };
    assert!(of(&[("a", "b"), ("b", "c"), ("a", "c")]).is_empty());
    assert_eq!(of(&[("a", "b"), ("b", "c"), ("c", "b")]), [["b", "c"]]);
}

#[test]
fn names_are_followed_to_the_file_that_declares_them() {
    let sources = [
        ("lib.rs", "pub mod a; mod b; mod c;"),
        (
            "a/mod.rs",
            "mod d; mod e; pub use d::D; pub use e::*; pub fn f() {}",
        ),
        ("a/d.rs", "pub struct D; fn g() { super::f() }"),
        ("a/e.rs", "pub enum E { One } pub const r#fn: u8 = 0;"),
        (
            "b.rs",
            "use crate::{a::{self as other, D}, c}; fn h(_: D) { other::E::One; c::i::<D>() }",
        ),
        (
            "c.rs",
            "pub fn i<T>() {} #[cfg(test)] mod tests { use crate::b::h; }",
        ),
    ];
    let sources = sources.map(|(file, source)| (file.to_owned(), source.to_owned()));
    let graph = Graph::of(BTreeMap::from(sources));
    let imports: BTreeSet<(String, String)> = graph.imports().map(|it| (it.from, it.to)).collect();
    let pairs: Vec<String> = imports
        .iter()
        .map(|(from, to)| format!("{from} {to}"))
        .collect();
    let expected = [
        "a/d.rs a/mod.rs",
        "a/mod.rs a/d.rs",
        "a/mod.rs a/e.rs",
        "b.rs a/d.rs",
        "b.rs a/e.rs",
        "b.rs a/mod.rs",
        "b.rs c.rs",
    ];
    assert_eq!(pairs, expected);
    let without = graph.without_those_of_parents().collect();
    assert!(circles(without).is_empty());
}
