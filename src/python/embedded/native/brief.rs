//! Short forms of values, as `program/values.py` has them for other interpreters.

use rustpython_vm::builtins::{PyBytes, PyDict, PyInt, PyStr, PyType};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::json::clean;
use crate::python::embedded::limits::limit;

// Those of `program/values.py`.
const MAX_ITEMS: usize = limit("MAX_ITEMS") as usize;
const MAX_TEXT: usize = limit("MAX_TEXT") as usize;
const MAX_NESTING: u32 = limit("MAX_NESTING");
const MAX_INT_BITS: u32 = limit("MAX_INT_BITS");

/// A short form of a value, made without calling any method the application defined.
pub fn brief(value: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    brief_at(value, 0, vm)
}

fn brief_at(value: &PyObject, depth: u32, vm: &VirtualMachine) -> PyResult<String> {
    let types = &vm.ctx.types;
    let kind = value.class();
    let is = |other| kind.is(other);
    if vm.is_none(value) || is(types.bool_type) || is(types.float_type) {
        return repr(value, vm);
    }
    if is(types.int_type)
        && let Some(number) = value.downcast_ref::<PyInt>()
    {
        let bits = number.as_bigint().bits();
        return Ok(if bits < u64::from(MAX_INT_BITS) {
            number.as_bigint().to_string()
        } else {
            format!("<int of {bits} bits>")
        });
    }
    if is(types.str_type)
        && let Some(text) = value.downcast_ref::<PyStr>()
    {
        let length = text.char_len();
        let start = if length > MAX_TEXT {
            text.as_wtf8().code_points().take(MAX_TEXT).collect()
        } else {
            text.as_wtf8().to_owned()
        };
        let shown = repr(vm.ctx.new_str(start).as_object(), vm)?;
        return Ok(cut(shown, length));
    }
    if is(types.bytes_type)
        && let Some(bytes) = value.downcast_ref::<PyBytes>()
    {
        let length = bytes.as_bytes().len();
        let start = bytes.as_bytes()[..length.min(MAX_TEXT)].to_vec();
        let shown = repr(vm.ctx.new_bytes(start).as_object(), vm)?;
        return Ok(cut(shown, length));
    }
    if let Some(text) = brief_many(value, depth, vm)? {
        return Ok(text);
    }
    let name = kind.name();
    let named = [
        types.function_type,
        types.builtin_function_or_method_type,
        types.bound_method_type,
        types.generator_type,
    ];
    if named.into_iter().any(is) {
        let own = value.get_attr("__name__", vm)?.str(vm)?;
        return Ok(format!("<{name} {}>", clean(&own)));
    }
    if is(types.module_type) {
        return Ok("<module>".to_owned());
    }
    if is(types.type_type)
        && let Some(class) = value.downcast_ref::<PyType>()
    {
        return Ok(format!("<class {}>", class.name()));
    }
    Ok(format!("<{name}>"))
}

fn repr(value: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    let repr = value.repr(vm)?;
    Ok(clean(&repr))
}

/// A text of this length, of which this was shown.
fn cut(shown: String, length: usize) -> String {
    if length <= MAX_TEXT {
        shown
    } else {
        format!("{shown}… ({length})")
    }
}

/// The short form of Python's own containers; nothing for other values.
fn brief_many(value: &PyObject, depth: u32, vm: &VirtualMachine) -> PyResult<Option<String>> {
    let types = &vm.ctx.types;
    let kind = value.class();
    let brackets = [
        (types.list_type, "[", "]"),
        (types.tuple_type, "(", ")"),
        (types.set_type, "{", "}"),
        (types.frozenset_type, "frozenset({", "})"),
        (types.dict_type, "{", "}"),
    ];
    let own = brackets.into_iter().find(|(own, _, _)| kind.is(*own));
    let Some((_, opening, closing)) = own else {
        return Ok(None);
    };
    let count = value.length(vm)?;
    let dict = value.downcast_ref::<PyDict>();
    // Without anything in it, a set would look as a dict does.
    let is_empty_set = count == 0 && opening.ends_with('{') && dict.is_none();
    if depth == MAX_NESTING || dict.is_some() && count > MAX_ITEMS || is_empty_set {
        let name = kind.name();
        return Ok(Some(if count > 0 {
            format!("<{name} of {count}>")
        } else {
            format!("{name}()")
        }));
    }
    let items = value.get_iter(vm)?;
    let items = items.iter_without_hint(vm)?.take(MAX_ITEMS);
    let Ok(items) = items.collect::<PyResult<Vec<PyObjectRef>>>() else {
        // Another thread changes it just now.
        return Ok(None);
    };
    let mut shown = Vec::new();
    for item in items {
        let mut text = brief_at(&item, depth + 1, vm)?;
        if let Some(held) = dict.and_then(|dict| dict.get_item_opt(&*item, vm).transpose()) {
            text = format!("{text}: {}", brief_at(&*held?, depth + 1, vm)?);
        }
        shown.push(text);
    }
    if count > MAX_ITEMS {
        shown.push(format!("… ({count})"));
    }
    let comma = if kind.is(types.tuple_type) && count == 1 {
        ","
    } else {
        ""
    };
    let shown = shown.join(", ");
    Ok(Some(format!("{opening}{shown}{comma}{closing}")))
}
