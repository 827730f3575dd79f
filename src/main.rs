//! Starts the program, or one of the processes that it starts itself again as.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use signal_hook::consts::SIGXFSZ;
use signal_hook::flag;
use wsgi_tutor::cli::{self, Refusal};
use wsgi_tutor::command;
use wsgi_tutor::python;
use wsgi_tutor::session::resources;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match arguments.get(1).and_then(|word| word.to_str()) {
        Some(python::WORKER_COMMAND) => return python::run_worker(&arguments[2..]),
        Some(python::WATCHDOG_COMMAND) => return python::run_watchdog(&arguments[2..]),
        _ => {}
    }
    // A file that would be larger than this user's may be is an error like a full disk, and no
    // reason to be killed. Without this it is one.
    let _ = flag::register(SIGXFSZ, Arc::default());
    resources::spare_addresses(&arguments);
    match cli::parse(arguments) {
        Ok(cli) => command::run(cli),
        Err(Refusal::Help(text)) => command::print(&text),
        Err(Refusal::Usage(text)) => {
            // Where standard error is closed there is nobody to tell.
            let _ = write!(std::io::stderr(), "{text}");
            ExitCode::from(command::USAGE)
        }
    }
}
