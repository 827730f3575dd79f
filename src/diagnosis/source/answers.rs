//! What a diagnosis has asked of a tree, and what was answered.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

/// What was asked and answered: for the place of an expression, the places of others. (References
/// in a `RefCell` would tie a tree to one lifetime.)
#[derive(Debug, Default)]
pub struct Answers {
    pub origins: RefCell<FxHashMap<usize, Rc<[usize]>>>,
    pub makings: RefCell<FxHashMap<usize, Rc<[usize]>>>,
}
