//! The worker's process seen from inside, before any Python runs: it bounds itself, makes sure it
//! dies with the tutor, and becomes the interpreter.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use rustix::process::{Pid, Resource, Rlimit, getppid, getrlimit, setrlimit};

use super::MEMORY;
#[cfg(feature = "embedded-python")]
use super::program::BUNDLE;

/// The command line word that makes this program a worker: not for people, so not in `--help`.
pub const COMMAND: &str = "__worker";

/// Becomes a worker. The arguments are the tutor's process number, `embedded` or the path of an
/// interpreter, the path of the program for it, the deadline in seconds, and what each frame begins with.
#[must_use]
pub fn run(arguments: &[OsString]) -> ExitCode {
    match start(arguments) {
        Ok(code) => code,
        Err(error) => {
            // The supervisor reads this and shows it.
            eprintln!("the worker could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &[OsString]) -> io::Result<ExitCode> {
    let [parent, engine, worker, deadline, mark] = arguments else {
        return Err(io::Error::other("it is started by the tutor only"));
    };
    die_with(parent)?;
    bound()?;
    if engine == "embedded" {
        return Ok(embedded([deadline, mark]));
    }
    Err(Command::new(engine).args([worker, deadline, mark]).exec())
}

/// Asks the kernel to end this process when the tutor ends, however that ends. Elsewhere than on
/// Linux the worker notices the end of its pipe.
fn die_with(parent: &OsString) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let still_there = getppid()
        .map(Pid::as_raw_nonzero)
        .map(|pid| pid.to_string());
    if still_there.as_deref().map(OsString::from).as_ref() == Some(parent) {
        Ok(())
    } else {
        Err(io::Error::other("the tutor has gone"))
    }
}

fn bound() -> io::Result<()> {
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Core, 0)] {
        let maximum = getrlimit(resource).maximum;
        let current = Some(maximum.map_or(most, |maximum| most.min(maximum)));
        setrlimit(resource, Rlimit { current, maximum })?;
    }
    Ok(())
}

#[cfg(feature = "embedded-python")]
fn embedded(arguments: [&OsString; 2]) -> ExitCode {
    use rustpython::{InterpreterBuilder, InterpreterBuilderExt as _, vm};

    const FILE: &str = "<wsgi-tutor worker>";
    let mut settings = vm::Settings::default();
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    settings.argv = [FILE.to_owned()].into_iter().chain(arguments).collect();
    settings.write_bytecode = false;
    // Without it open() takes ASCII for the encoding of every text file, whatever the locale says.
    settings.utf8_mode = 1;
    let interpreter = InterpreterBuilder::new()
        .settings(settings)
        .init_stdlib()
        .interpreter();
    let code = interpreter.run(|vm| {
        let scope = vm.new_scope_with_main()?;
        let file = vm.ctx.new_str(FILE).into();
        scope.globals.set_item("__file__", file, vm)?;
        super::native::install(&scope, vm)?;
        let code = vm
            .compile(&BUNDLE, vm::compiler::Mode::Exec, FILE.to_owned())
            .map_err(|error| vm.new_syntax_error(&error, Some(&BUNDLE)))?;
        vm.run_code_obj(code, scope).map(drop)
    });
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

#[cfg(not(feature = "embedded-python"))]
fn embedded(_arguments: [&OsString; 2]) -> ExitCode {
    eprintln!("this build has no embedded Python");
    ExitCode::FAILURE
}
