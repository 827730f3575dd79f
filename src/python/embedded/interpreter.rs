//! Starts the embedded interpreter in this process.

use std::ffi::OsString;
use std::process::ExitCode;

use rustpython_vm::common::rc::PyRc;
use rustpython_vm::{self as vm, InterpreterBuilder, VirtualMachine};

use super::native;

/// What the program is called in tracebacks.
const FILE: &str = "<wsgi-tutor worker>";

/// Runs a program in the embedded interpreter, with these arguments.
pub fn run(program: &'static str, arguments: [&OsString; 2]) -> ExitCode {
    let mut settings = vm::Settings::default();
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    settings.argv = [FILE.to_owned()].into_iter().chain(arguments).collect();
    settings.write_bytecode = false;
    // Without it open() takes ASCII for the encoding of every text file, whatever the locale says.
    settings.utf8_mode = 1;
    let builder = InterpreterBuilder::new().settings(settings);
    let native_modules = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let interpreter = builder
        .add_native_modules(&native_modules)
        .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
        .init_hook(set_library_folder)
        .interpreter();
    let code = interpreter.run(|vm| {
        let scope = vm.new_scope_with_main()?;
        let file = vm.ctx.new_str(FILE).into();
        scope.globals.set_item("__file__", file, vm)?;
        native::install(&scope, vm)?;
        let code = vm
            .compile(program, vm::compiler::Mode::Exec, FILE.to_owned())
            .map_err(|error| vm.new_syntax_error(&error, Some(program)))?;
        vm.run_code_obj(code, scope).map(drop)
    });
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// The version of Python that it is: `3.14.0`.
pub fn version() -> String {
    vm::version::get_version_number()
}

/// Tells the interpreter where its frozen library was: modules name their files after it.
fn set_library_folder(vm: &mut VirtualMachine) {
    if let Some(state) = PyRc::get_mut(&mut vm.state) {
        state.config.paths.stdlib_dir = Some(rustpython_pylib::LIB_PATH.to_owned());
    }
}
