//! The files of a project, as a case finds them.

use std::rc::Rc;

use super::budget::Budget;
use super::source::{PythonVersion, Source, Tree, Trees};

/// Where a case finds the files of its project. It hides the lifetime of the trees, which outlive
/// the exchange.
pub trait Files<'a> {
    /// The path of the application's own file.
    fn main(&self) -> Option<&'a str>;
    fn source(&self, path: &str) -> Option<&'a Source>;
    /// The syntax tree of a file, if it is known and is Python.
    fn tree(&self, path: &str) -> Option<Rc<Tree<'a>>>;
    /// The version of the Python that loaded them, where it is known.
    fn python(&self) -> Option<PythonVersion>;
    fn budget(&self) -> &Budget;
}

impl<'a, 's: 'a> Files<'a> for Trees<'s> {
    fn main(&self) -> Option<&'a str> {
        Trees::main(self)
    }

    fn source(&self, path: &str) -> Option<&'a Source> {
        Trees::source(self, path)
    }

    fn tree(&self, path: &str) -> Option<Rc<Tree<'a>>> {
        Trees::tree(self, path).map(|tree| tree as Rc<Tree<'a>>)
    }

    fn python(&self) -> Option<PythonVersion> {
        Trees::python(self)
    }

    fn budget(&self) -> &Budget {
        &self.budget
    }
}
