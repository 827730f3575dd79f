//! The lines of the project's own files as they run, and the local variables they see: what `Trace`
//! and `Call` in `program/trace.py` do. The embedded Python would take longer to be asked about a
//! line than to run it.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the embedded Python gives its functions their arguments by value"
)]

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use rustpython_vm::builtins::{PyDict, PyStrInterned, PyStrRef};
use rustpython_vm::bytecode::CodeFlags;
use rustpython_vm::frame::FrameRef;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::brief::brief;
use super::json::{clean, write_str};
use crate::python::embedded::limits::limit;

// Those of `program/trace.py`.
const MAX_STEPS: u32 = limit("MAX_STEPS");
const MAX_CALL_DEPTH: u32 = limit("MAX_CALL_DEPTH");
const MAX_VARIABLES: usize = limit("MAX_VARIABLES") as usize;
const MAX_WAITING_LINES: usize = limit("MAX_WAITING_LINES") as usize;
const FLUSH_INTERVAL: Duration = Duration::new(0, limit("FLUSH_INTERVAL"));

thread_local! {
    /// What is followed on this thread. It is taken out while it is in use: what runs then may
    /// report something, and with that what waits here.
    static FOLLOWED: RefCell<Option<Followed>> = const { RefCell::new(None) };
}

/// A call of the application that is followed.
struct Followed {
    /// The object of the program in the worker that stands for it.
    trace: PyObjectRef,
    is_on: bool,
    since: Instant,
    /// The files it has come through, by the addresses of their names: their places among those
    /// that are told; none for what is not the project's.
    files: HashMap<usize, Option<usize>>,
    /// How many lines have run, how many calls began, and how deep they are.
    steps: u32,
    begun: u32,
    depth: u32,
    /// By the numbers of their frames. A frame itself is never kept: that would keep its variables
    /// alive.
    calls: HashMap<usize, TracedCall>,
    /// Lines not told yet, as JSON, and when the first of them ran.
    waiting: Vec<String>,
    waiting_since: Duration,
}

/// A call of one of the project's functions.
struct TracedCall {
    file: usize,
    name: String,
    number: u32,
    depth: u32,
    /// A generator may go on after it gave something back. Its code, by its address, and where in
    /// it its call began: another call's frame may have the number of one that has ended.
    is_generator: bool,
    code: usize,
    start: u32,
    goes_on: bool,
    /// Whether a line of it was told since it began or went on.
    has_line: bool,
    seen: Vec<Variable>,
}

struct Variable {
    name: PyObjectRef,
    /// How it looked.
    text: String,
    /// Its value, where that looks the same as long as it is the same, and keeps nothing else
    /// alive.
    same: Option<PyObjectRef>,
}

/// What is to be done after something happened.
enum Next {
    /// The call is none of those that are followed.
    Pass,
    Follow,
    Tell,
    GiveUp(String),
}

/// Follows the call of the application that begins on this thread, for this `Trace`; or none any
/// more.
pub fn watch(trace: PyObjectRef, vm: &VirtualMachine) {
    let followed = (!vm.is_none(&trace)).then(|| Followed {
        trace,
        is_on: true,
        since: Instant::now(),
        files: HashMap::new(),
        steps: 0,
        begun: 0,
        depth: 0,
        calls: HashMap::new(),
        waiting: Vec::new(),
        waiting_since: Duration::ZERO,
    });
    let before = FOLLOWED.replace(followed);
    drop(before);
}

/// What the interpreter calls when something happens in a call of Python code.
pub fn called(
    frame: FrameRef,
    event: PyStrRef,
    _argument: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult {
    let Some(mut followed) = FOLLOWED.take() else {
        return Ok(vm.ctx.none());
    };
    let next = match event.to_str() {
        Some("call") => followed.begin(&frame, vm),
        Some("line") => followed.line(&frame, vm),
        Some("return") => followed.end(&frame, vm),
        _ => Ok(Next::Follow),
    };
    let next = next.unwrap_or_else(|_| Next::GiveUp("a line could not be looked at".to_owned()));
    followed.is_on &= !matches!(next, Next::GiveUp(_));
    let trace = followed.trace.clone();
    FOLLOWED.set(Some(followed));
    match next {
        Next::Pass => return Ok(vm.ctx.none()),
        Next::Follow => {}
        Next::Tell => drop(vm.call_method(&trace, "tell", ())?),
        Next::GiveUp(reason) => return vm.call_method(&trace, "give_up", (reason,)),
    }
    Ok(vm.ctx.new_bool(true).into())
}

/// The lines that wait to be told, as JSON; none where there are none.
pub fn lines() -> Option<String> {
    FOLLOWED.with_borrow_mut(|followed| {
        let followed = followed.as_mut()?;
        if followed.waiting.is_empty() {
            return None;
        }
        let now = followed.since.elapsed().as_nanos();
        let lines = std::mem::take(&mut followed.waiting).join(",");
        Some(format!("\"now\":{now},\"lines\":[{lines}]"))
    })
}

impl Followed {
    fn begin(&mut self, frame: &FrameRef, vm: &VirtualMachine) -> PyResult<Next> {
        if !self.is_on || self.depth >= MAX_CALL_DEPTH {
            return Ok(Next::Pass);
        }
        let Some(file) = self.file(frame.code.source_path(), vm)? else {
            return Ok(Next::Pass);
        };
        self.depth += 1;
        let id = frame.as_object().get_id();
        let (code, start) = (frame.code.as_object().get_id(), frame.lasti());
        let is_it =
            |call: &&mut TracedCall| call.is_generator && call.code == code && call.start != start;
        if let Some(call) = self.calls.get_mut(&id).filter(is_it) {
            call.depth = self.depth;
            call.goes_on = true;
            return Ok(Next::Follow);
        }
        self.begun += 1;
        let call = TracedCall {
            file,
            name: clean(frame.code.obj_name),
            number: self.begun,
            depth: self.depth,
            is_generator: frame.code.flags.contains(CodeFlags::GENERATOR),
            code,
            start,
            goes_on: true,
            has_line: false,
            seen: Vec::new(),
        };
        self.calls.insert(id, call);
        Ok(Next::Follow)
    }

    /// The place of a file among those that are told, if it is the project's.
    fn file(
        &mut self,
        path: &'static PyStrInterned,
        vm: &VirtualMachine,
    ) -> PyResult<Option<usize>> {
        let address = path.as_object().get_id();
        if let Some(known) = self.files.get(&address) {
            return Ok(*known);
        }
        let path: PyObjectRef = path.to_owned().into();
        let place = vm.call_method(&self.trace, "place_of", (path,))?;
        let place = (!vm.is_none(&place)).then(|| place.try_into_value(vm));
        let place = place.transpose()?;
        self.files.insert(address, place);
        Ok(place)
    }

    fn line(&mut self, frame: &FrameRef, vm: &VirtualMachine) -> PyResult<Next> {
        let id = frame.as_object().get_id();
        let Some(call) = self.calls.get_mut(&id).filter(|call| call.goes_on) else {
            return Ok(Next::Pass);
        };
        if !self.is_on {
            return Ok(Next::Follow);
        }
        call.has_line = true;
        if self.steps >= MAX_STEPS {
            return Ok(Next::GiveUp(format!("{MAX_STEPS} lines have run")));
        }
        self.steps += 1;
        let now = self.since.elapsed();
        let mut json = format!("[{},{},{},", now.as_nanos(), call.file, frame.f_lineno());
        write_str(&call.name, &mut json);
        // Writing to a String cannot fail.
        let _ = write!(json, ",{},{},[", call.number, call.depth);
        let given = self.trace.get_attr("given", vm)?;
        call.look(frame, &given, &mut json, vm)?;
        json.push_str("]]");
        if self.waiting.is_empty() {
            self.waiting_since = now;
        }
        self.waiting.push(json);
        let is_late = now.saturating_sub(self.waiting_since) > FLUSH_INTERVAL;
        Ok(if is_late || self.waiting.len() >= MAX_WAITING_LINES {
            Next::Tell
        } else {
            Next::Follow
        })
    }

    fn end(&mut self, frame: &FrameRef, vm: &VirtualMachine) -> PyResult<Next> {
        let id = frame.as_object().get_id();
        let is_told = |call: &&mut TracedCall| call.goes_on;
        let Some(call) = self.calls.get_mut(&id).filter(is_told) else {
            return Ok(Next::Pass);
        };
        // RustPython tells of a line that is another one than before, so of none where all stands
        // on the line of the `def`.
        let next = if call.has_line {
            Next::Follow
        } else {
            self.line(frame, vm)?
        };
        let Some(call) = self.calls.get_mut(&id) else {
            return Ok(next);
        };
        self.depth = self.depth.saturating_sub(1);
        call.goes_on = false;
        if !call.is_generator {
            self.calls.remove(&id);
        }
        Ok(next)
    }
}

impl TracedCall {
    /// Writes which variables look otherwise than before: names and short forms, null for those
    /// that are gone. `given` is what the application got as `start_response`, which is kept
    /// alive anyway.
    fn look(
        &mut self,
        frame: &FrameRef,
        given: &PyObject,
        json: &mut String,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let variables: PyObjectRef = frame.locals(vm)?.into();
        let Some(variables) = variables.downcast_ref::<PyDict>() else {
            // The body of a class may have any mapping.
            return Ok(());
        };
        let mut comma = "";
        for (name, value) in variables.into_iter().take(MAX_VARIABLES) {
            let place = self.seen.iter().position(|it| it.name.is(&name));
            let before = place.map(|place| &mut self.seen[place]);
            let is_same = |it: &PyObjectRef| it.is(&value);
            if before
                .as_ref()
                .is_some_and(|it| it.same.as_ref().is_some_and(is_same))
            {
                continue;
            }
            let text = brief(&value, vm)?;
            let same = (is_plain(&value, vm) || value.is(given)).then_some(value);
            if before.as_ref().is_none_or(|it| it.text != text) {
                write_change(&name, Some(&text), &mut comma, json, vm)?;
            }
            match before {
                Some(before) => (before.text, before.same) = (text, same),
                None => self.seen.push(Variable { name, text, same }),
            }
        }
        if self.seen.len() > variables.__len__() {
            for gone in self
                .seen
                .extract_if(.., |it| !variables.contains_key(&*it.name, vm))
            {
                write_change(&gone.name, None, &mut comma, json, vm)?;
            }
        }
        Ok(())
    }
}

fn write_change(
    name: &PyObjectRef,
    text: Option<&str>,
    comma: &mut &str,
    json: &mut String,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let name: PyStrRef = name.clone().try_into_value(vm)?;
    json.push_str(comma);
    *comma = ",";
    json.push('[');
    write_str(&clean(&name), json);
    json.push(',');
    match text {
        Some(text) => write_str(text, json),
        None => json.push_str("null"),
    }
    json.push(']');
    Ok(())
}

/// Whether a value cannot change, and keeps nothing else alive.
fn is_plain(value: &PyObject, vm: &VirtualMachine) -> bool {
    let types = &vm.ctx.types;
    let plain = [
        types.str_type,
        types.bytes_type,
        types.int_type,
        types.float_type,
        types.bool_type,
        types.none_type,
    ];
    plain.iter().any(|kind| value.class().is(*kind))
}
