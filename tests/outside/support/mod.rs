//! What every test needs: a running tutor, the lines it tells, and a client that can say anything.

mod http;
mod processes;
mod tutor;

pub use http::{Answer, Client, get, post};
pub use processes::{Process, children};
pub use tutor::{Plan, Tutor};

use std::time::Duration;

/// How long anything may take before a test gives up. Far more than a slow machine needs.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The `--python` of each engine. Tests are parameterised over both with rstest:
/// `#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]` and
/// `#[case::system(SYSTEM)]`.
pub type Engine = &'static str;

#[cfg(feature = "embedded-python")]
pub const EMBEDDED: Engine = "embedded";
pub const SYSTEM: Engine = "python3";

/// An app whose functions are chosen by the path: `/hello` calls `hello(environ, start_response)`.
pub fn routed(functions: &str) -> String {
    format!(
        "{functions}\n\ndef application(environ, start_response):\n    \
         return globals()[environ['PATH_INFO'][1:]](environ, start_response)\n"
    )
}
