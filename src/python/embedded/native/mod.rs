//! What would take the embedded Python long in Python, in Rust: JSON, the lines that run with the
//! variables they see, and a few small steps that every call takes. The program in the worker
//! (`program/`) has the same in Python for other interpreters, and says the same with both.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the embedded Python gives its functions their arguments by value"
)]

mod brief;
mod json;
mod library;
mod trace;

use rustpython_vm::builtins::{PyByteArray, PyBytes, PyList, PyStrRef, PyTuple};
use rustpython_vm::frame::FrameRef;
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject as _, PyObjectRef, PyRef, PyResult, VirtualMachine};

/// Puts the functions into the worker's program.
pub fn install(scope: &Scope, vm: &VirtualMachine) -> PyResult<()> {
    let functions = [
        vm.new_function("native_encode", json::encode),
        vm.new_function("native_decode", json::decode),
        vm.new_function("native_watch", trace::watch),
        vm.new_function("native_called", trace::called),
        vm.new_function("native_lines", trace::lines),
        vm.new_function("native_brief", brief),
        vm.new_function("native_variables", variables),
        vm.new_function("native_holds", holds),
        vm.new_function("native_alike", alike),
        vm.new_function("native_bytes", bytes),
        vm.new_function("native_stand_in", library::stand_in),
        vm.new_function("native_explain", library::explain),
        vm.new_function("native_syntax_fault", library::syntax_fault),
    ];
    for function in functions {
        let function: PyObjectRef = function.into();
        let name: PyStrRef = function.get_attr("__name__", vm)?.try_into_value(vm)?;
        scope.globals.set_item(&*name, function, vm)?;
    }
    Ok(())
}

fn brief(value: PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
    brief::brief(&value, vm)
}

/// The local variables of a call. What `f_locals` gave RustPython writes back into a generator when
/// it goes on; this changes nothing.
fn variables(frame: FrameRef, vm: &VirtualMachine) -> PyResult {
    Ok(frame.locals(vm)?.into())
}

/// Whether one of these, in a list or a tuple, is this very object.
fn holds(values: PyObjectRef, value: PyObjectRef) -> bool {
    let is_it = |held: &PyObjectRef| held.is(&value);
    if let Some(values) = values.downcast_ref::<PyList>() {
        values.borrow_vec().iter().any(is_it)
    } else if let Some(values) = values.downcast_ref::<PyTuple>() {
        values.as_slice().iter().any(is_it)
    } else {
        false
    }
}

/// Whether two lists have the same objects in the same order.
fn alike(one: PyObjectRef, other: PyObjectRef) -> bool {
    match (one.downcast_ref::<PyList>(), other.downcast_ref::<PyList>()) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.borrow_vec(), other.borrow_vec());
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| a.is(b))
        }
        _ => false,
    }
}

/// The bytes of a bytearray, which is empty afterwards: no copy of them.
fn bytes(array: PyRef<PyByteArray>, vm: &VirtualMachine) -> PyRef<PyBytes> {
    vm.ctx
        .new_bytes(std::mem::take(&mut *array.borrow_buf_mut()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// The names in a source that stand between `before` and `after`.
    fn names<'a>(source: &'a str, before: &str, after: char) -> BTreeSet<&'a str> {
        source
            .split(before)
            .skip(1)
            .filter_map(|rest| rest.split(after).next())
            .collect()
    }

    #[test]
    fn the_program_declares_the_functions_it_is_given() {
        let installed = names(
            include_str!("mod.rs"),
            concat!("vm.new_", "function(\""),
            '"',
        );
        let declared = names(
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/src/python/program/native.py"
            )),
            "\ndef ",
            '(',
        );
        assert_eq!(installed, declared);
        assert!(installed.contains("native_encode"));
    }
}
