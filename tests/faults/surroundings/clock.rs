//! A clock that is set anew while it runs.

use std::fs;
use std::path::Path;

use crate::table::{Section, assert_row};

/// Files that may ask for the time of day: for dates to be read by people and in the Date header,
/// for the age of files, and for the Expires of a cookie. Whatever waits or measures uses the clock
/// that cannot be set.
const DATES: [&str; 7] = [
    "gateway/http/refusal.rs",
    "gateway/server/connection.rs",
    "gateway/wsgi/reply.rs",
    "lesson/atomic_file.rs",
    "lesson/progress/file.rs",
    "python/supervisor/files.rs",
    "verify/cookies.rs",
];

#[test]
fn only_dates_are_read_from_the_clock() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                if code.contains("SystemTime") {
                    let name = path.strip_prefix(&source).unwrap().to_string_lossy();
                    found.push(name.into_owned());
                }
            }
        }
    }
    found.sort();
    assert_eq!(found, DATES);
    assert_row(
        Section::Surroundings,
        "the clock is set anew while it runs",
        "only dates change: whatever waits or measures uses a clock that cannot be set",
    );
}
