//! The syntax trees of a project's files: each parsed and indexed when it is first asked for, once
//! for each time the project is loaded.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::ModModule;

use super::tree::Tree;
use super::{PythonVersion, Source, Sources, Unparsed};
use crate::diagnosis::budget::{Budget, STEPS};

/// Bytes of source that are looked into for one exchange. A tree is some thirty times as large as
/// its text.
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of source whose trees are kept for the next exchange.
const MAX_KEPT_BYTES: usize = 3 * 1024 * 1024;

/// Where parsed files are kept, so that trees can point into them. It is dropped on the thread that
/// parsed them, whose stack is large enough.
#[derive(Debug)]
pub struct Modules(Vec<OnceCell<Result<ModModule, Unparsed>>>);

impl Modules {
    /// Room for the files of a project.
    pub fn of(sources: &Sources) -> Self {
        Self(sources.iter().map(|_| OnceCell::new()).collect())
    }
}

/// The trees of a project's files.
pub struct Trees<'a> {
    files: BTreeMap<&'a str, File<'a>>,
    main: Option<&'a str>,
    python: Option<PythonVersion>,
    pub budget: Rc<Budget>,
    /// Which exchange is looked at, and the bytes of the files that were asked for in it.
    round: Cell<u64>,
    bytes: Cell<usize>,
    /// Whether a file that was asked for in it is too much to be parsed.
    has_left_out: Cell<bool>,
}

struct File<'a> {
    source: &'a Source,
    module: &'a OnceCell<Result<ModModule, Unparsed>>,
    tree: OnceCell<Option<Rc<Tree<'a>>>>,
    /// The round in which it was asked for last.
    round: Cell<u64>,
}

impl<'a> Trees<'a> {
    pub fn new(sources: &'a Sources, modules: &'a Modules) -> Self {
        let files = sources.iter().zip(&modules.0);
        let files = files.map(|((path, source), module)| {
            let file = File {
                source,
                module,
                tree: OnceCell::new(),
                round: Cell::new(0),
            };
            (path, file)
        });
        Self {
            files: files.collect(),
            main: sources.main(),
            python: sources.python(),
            budget: Rc::new(Budget::new(STEPS)),
            round: Cell::new(1),
            bytes: Cell::new(0),
            has_left_out: Cell::new(false),
        }
    }

    /// Begins the diagnosis of another exchange, with as many steps as for any other.
    pub fn begin(&self) {
        self.budget.refill(STEPS);
        self.round.set(self.round.get() + 1);
        self.bytes.set(0);
        self.has_left_out.set(false);
        let trees = self.files.values().filter_map(|file| file.tree.get());
        for tree in trees.flatten() {
            tree.forget_answers();
        }
    }

    /// Whether something of the exchange could not be looked into.
    pub fn is_unfinished(&self) -> bool {
        self.budget.is_spent() || self.has_left_out.get()
    }

    /// Whether so much is kept that it is better to begin anew before the next exchange.
    pub fn are_large(&self) -> bool {
        let files = self.files.values();
        let parsed = files.filter(|file| file.tree.get().is_some_and(Option::is_some));
        let bytes: usize = parsed.map(|file| file.source.text().len()).sum();
        bytes > MAX_KEPT_BYTES
    }

    /// The path of the application's own file.
    pub fn main(&self) -> Option<&'a str> {
        self.main
    }

    /// The version of the Python that loaded them, where it is known.
    pub fn python(&self) -> Option<PythonVersion> {
        self.python
    }

    pub fn source(&self, path: &str) -> Option<&'a Source> {
        self.files.get(path).map(|file| file.source)
    }

    /// The syntax tree of a file, if it is known and is Python. A file for which there is no room
    /// any more counts as work that could not be done.
    pub fn tree(&self, path: &str) -> Option<Rc<Tree<'a>>> {
        let file = self.files.get(path)?;
        if file.round.replace(self.round.get()) != self.round.get() {
            self.bytes.set(self.bytes.get() + file.source.text().len());
        }
        if self.bytes.get() > MAX_BYTES {
            self.budget.spend_all();
            return None;
        }
        let module = file.module.get_or_init(|| file.source.parse());
        if matches!(module, Err(Unparsed::TooMuch)) {
            self.has_left_out.set(true);
        }
        let tree = file.tree.get_or_init(|| {
            let module = module.as_ref().ok()?;
            let budget = Rc::clone(&self.budget);
            Some(Rc::new(Tree::new(file.source, module, budget)))
        });
        tree.clone()
    }
}
