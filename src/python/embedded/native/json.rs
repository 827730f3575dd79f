//! JSON for the embedded Python, whose own takes longer than a whole small application.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the embedded Python gives its functions their arguments by value"
)]

use rustpython_vm::builtins::{PyDict, PyInt, PyList, PyStr, PyStrRef, PyTuple};
use rustpython_vm::function::ArgBytesLike;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};
use serde_json::Value;

/// How deep JSON may be that is written.
const MAX_DEPTH: u32 = 60;

/// A value as JSON.
pub fn encode(value: PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
    let mut json = String::new();
    write(&value, MAX_DEPTH, &mut json, vm)?;
    Ok(json)
}

fn write(value: &PyObject, deeper: u32, json: &mut String, vm: &VirtualMachine) -> PyResult<()> {
    let Some(deeper) = deeper.checked_sub(1) else {
        return Err(vm.new_value_error("too deep for JSON"));
    };
    if let Some(text) = value.downcast_ref::<PyStr>() {
        write_text(text, json);
    } else if vm.is_none(value) {
        json.push_str("null");
    } else if value.is(&vm.ctx.true_value) {
        json.push_str("true");
    } else if value.is(&vm.ctx.false_value) {
        json.push_str("false");
    } else if let Some(number) = value.downcast_ref::<PyInt>() {
        json.push_str(&number.as_bigint().to_string());
    } else if let Some(items) = value.downcast_ref::<PyList>() {
        write_items(&items.borrow_vec(), deeper, json, vm)?;
    } else if let Some(items) = value.downcast_ref::<PyTuple>() {
        write_items(items.as_slice(), deeper, json, vm)?;
    } else if let Some(fields) = value.downcast_ref::<PyDict>() {
        json.push('{');
        for (place, (name, field)) in fields.items_vec().into_iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            let name: PyStrRef = name.try_into_value(vm)?;
            write_text(&name, json);
            json.push(':');
            write(&field, deeper, json, vm)?;
        }
        json.push('}');
    } else {
        let kind = value.class().name();
        return Err(vm.new_type_error(format!("no JSON for {kind}")));
    }
    Ok(())
}

fn write_items(
    items: &[PyObjectRef],
    deeper: u32,
    json: &mut String,
    vm: &VirtualMachine,
) -> PyResult<()> {
    json.push('[');
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            json.push(',');
        }
        write(item, deeper, json, vm)?;
    }
    json.push(']');
    Ok(())
}

fn write_text(text: &PyStr, json: &mut String) {
    write_str(&clean(text), json);
}

/// Text as JSON.
pub fn write_str(text: &str, json: &mut String) {
    // Only what cannot be written fails, and a string can be.
    json.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// Text that any JSON reader accepts: lone surrogates are written as escapes.
pub fn clean(text: &PyStr) -> String {
    match text.to_str() {
        Some(text) => text.to_owned(),
        None => text
            .as_wtf8()
            .code_points()
            .map(|point| match point.to_char() {
                Some(character) => character.to_string(),
                None => format!("\\u{:04x}", point.to_u32()),
            })
            .collect(),
    }
}

/// JSON as a value.
pub fn decode(json: ArgBytesLike, vm: &VirtualMachine) -> PyResult {
    let value = json.with_ref(|json| serde_json::from_slice::<Value>(json));
    value
        .map_err(|error| vm.new_value_error(error.to_string()))
        .and_then(|value| object(value, vm))
}

fn object(value: Value, vm: &VirtualMachine) -> PyResult {
    Ok(match value {
        Value::Null => vm.ctx.none(),
        Value::Bool(value) => vm.ctx.new_bool(value).into(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => vm.ctx.new_int(number).into(),
            None => vm.ctx.new_float(number.as_f64().unwrap_or(f64::NAN)).into(),
        },
        Value::String(text) => vm.ctx.new_str(text).into(),
        Value::Array(items) => {
            let items = items.into_iter().map(|item| object(item, vm));
            vm.ctx.new_list(items.collect::<PyResult<_>>()?).into()
        }
        Value::Object(fields) => {
            let dict = vm.ctx.new_dict();
            for (name, field) in fields {
                dict.set_item(&*name, object(field, vm)?, vm)?;
            }
            dict.into()
        }
    })
}
