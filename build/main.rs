//! The build script: compiles libffi for the embedded Python, and records what `--version` says.

#![allow(
    clippy::print_stdout,
    reason = "Cargo reads instructions from standard output"
)]

mod libffi;
mod version;

use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Cargo shows standard error only when the script fails, below this line.
            eprintln!("\nwsgi-tutor cannot be built here: {error}\n");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    // Folders that are embedded: Cargo would not notice a new file in them.
    println!("cargo::rerun-if-changed=lessons");
    println!("cargo::rerun-if-changed=assets/skeleton");
    version::record()?;
    if std::env::var_os("CARGO_FEATURE_EMBEDDED_PYTHON").is_some() {
        libffi::provide()?;
    }
    Ok(())
}
