//! Records the commit and the target that `wsgi-tutor --version` names.

use std::env;
use std::error::Error;
use std::fs;

/// What `cargo package` writes into a package.
const PACKAGE_INFO: &str = ".cargo_vcs_info.json";

/// Sets `WSGI_TUTOR_TARGET` and `WSGI_TUTOR_COMMIT` for the program.
///
/// The commit is what a release's build says in the variable of that name, or what `cargo package`
/// noted down. Elsewhere it is empty: asking git would compile the program anew after each commit.
pub fn record() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=WSGI_TUTOR_COMMIT");
    let commit = env::var("WSGI_TUTOR_COMMIT")
        .ok()
        .or_else(packaged_commit)
        .unwrap_or_default();
    println!("cargo::rustc-env=WSGI_TUTOR_COMMIT={commit}");
    println!("cargo::rustc-env=WSGI_TUTOR_TARGET={}", env::var("TARGET")?);
    Ok(())
}

fn packaged_commit() -> Option<String> {
    let info = fs::read_to_string(PACKAGE_INFO).ok()?;
    let (_, rest) = info.split_once("\"sha1\": \"")?;
    rest.get(..10).map(str::to_owned)
}
