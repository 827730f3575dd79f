//! What every test needs: a running tutor, the lines it tells, and a client that can say anything.

mod http;
mod processes;
mod tutor;

pub use http::{Answer, Client, get, post};
pub use processes::{Process, children};
pub use tutor::{Plan, Tutor};

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
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

/// The functions of an app whose answers go on, for [`routed`].
pub const STREAMS: &str = include_str!("streams.py");

/// Tutors that run at once: more would wait for each other.
const AT_ONCE: usize = 3;

/// Examines all of them, some at once: what was found to be wrong must be nothing.
pub fn all_of<T: Sync>(all: &[T], examine: impl Fn(&T) -> Vec<String> + Sync) {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    wrong.lock().unwrap().extend(examine(one));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Writes files into a folder, each with the folders it lies in.
pub fn write_files(folder: &Path, files: &[(impl AsRef<Path>, impl AsRef<[u8]>)]) {
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("it lies in a folder");
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .expect("the folder can be written");
    }
}
