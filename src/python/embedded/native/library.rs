//! What the embedded Python's standard library has otherwise: sources that stand in for modules of
//! its own, and words for its exceptions.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the embedded Python gives its functions their arguments by value"
)]

use std::path::Path;

use rustpython_vm::builtins::PyStrRef;
use rustpython_vm::{PyObjectRef, VirtualMachine};

use super::super::{library, syntax};
use crate::exchange::Lack;

/// The source of `pyexpat`: its parts, one after another.
const PYEXPAT: &str = concat!(
    include_str!("../stand_ins/pyexpat/begin.py"),
    include_str!("../stand_ins/pyexpat/errors.py"),
    include_str!("../stand_ins/pyexpat/input.py"),
    include_str!("../stand_ins/pyexpat/handlers.py"),
    include_str!("../stand_ins/pyexpat/content.py"),
    include_str!("../stand_ins/pyexpat/tags.py"),
    include_str!("../stand_ins/pyexpat/doctype.py"),
    include_str!("../stand_ins/pyexpat/parser.py"),
);

/// The source of the module of this name that stands in for the embedded Python's own.
pub fn stand_in(name: PyStrRef) -> Option<&'static str> {
    (name.to_str() == Some("pyexpat")).then_some(PYEXPAT)
}

/// What to add to the message of an exception because of the Python it was raised in, and what that
/// lacks: its kind and its name, where it lacks anything. `project` is the project's folder.
pub fn explain(
    kind: PyStrRef,
    message: PyStrRef,
    project: PyStrRef,
    vm: &VirtualMachine,
) -> Option<PyObjectRef> {
    let project = Path::new(project.to_str()?);
    let is_own = |module: &str| {
        let path = project.join(module);
        path.exists() || path.with_extension("py").exists()
    };
    let why = library::explain(kind.to_str()?, message.to_str()?, &is_own)?;
    let mut texts = vec![vm.ctx.new_str(why.words).into()];
    if let Some(lacks) = why.lacks {
        let (kind, name) = match lacks {
            Lack::Package(name) => ("package", name),
            Lack::Library(name) => ("library", name),
        };
        texts.extend([vm.ctx.new_str(kind).into(), vm.ctx.new_str(name).into()]);
    }
    Some(vm.ctx.new_list(texts).into())
}

/// What is wrong with the syntax of a source, in CPython's words: the exception's class, the
/// message, and where it begins and ends; nothing where it can be parsed.
pub fn syntax_fault(source: PyStrRef, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let fault = syntax::fault(source.to_str()?)?;
    let numbers = [fault.start.0, fault.start.1, fault.end.0, fault.end.1];
    let texts = [fault.kind.name().to_owned(), fault.message];
    let texts = texts.map(|text| vm.ctx.new_str(text).into());
    let numbers = numbers.map(|number| vm.ctx.new_int(number).into());
    Some(
        vm.ctx
            .new_list(texts.into_iter().chain(numbers).collect())
            .into(),
    )
}
