//! Recognizes an application that ran out of memory. CPython raises `MemoryError`; the embedded
//! Python aborts, and `faulthandler` writes the lines it was at.

use std::fmt::Write as _;
use std::path::Path;

use crate::exchange::{Blame, Call, Limit, Raised, RaisedIn};

/// What happened to the application. The amount is [`crate::python::limits::MAX_MEMORY`].
pub const MESSAGE: &str = "ran out of the 2 GiB of memory that the tutor lets it have";

/// How Rust begins to say so.
const FAILED: &str = "memory allocation of ";
/// What stands before the lines of the thread it happened in, the innermost first.
const LINES: &str = "(most recent call first):";
/// Lines that are told.
const MAX_CALLS: usize = 20;

/// Whether a process ended because it was out of memory.
pub fn is_cause(output_tail: &str) -> bool {
    output_tail.contains(FAILED)
}

/// The exception that CPython would have raised, if the end of the process's output says where.
pub fn raised(output_tail: &str, r#in: RaisedIn) -> Option<Raised> {
    let (_, rest) = output_tail.split_once(FAILED)?;
    let (_, rest) = rest.split_once(LINES)?;
    let lines: Vec<(Blame, &str)> = rest.lines().filter_map(line).collect();
    let (blame, _) = lines.first()?.clone();
    let message = format!("the app {MESSAGE}");
    let mut traceback = "Traceback (most recent call last):\n".to_owned();
    for (place, function) in lines.iter().rev() {
        let Blame { file, line } = place;
        // Text can be written into text.
        let _ = writeln!(traceback, "  File \"{file}\", line {line}, in {function}");
    }
    let _ = writeln!(traceback, "MemoryError: {message}");
    let calls = lines
        .into_iter()
        .map(|(place, _)| Call { place, bytes: None });
    Some(Raised {
        r#in,
        r#type: "MemoryError".to_owned(),
        message,
        traceback,
        blame: Some(blame),
        calls: calls.take(MAX_CALLS).collect(),
        rule: None,
        missing: None,
        lacks: None,
        limit: Some(Limit::Memory),
    })
}

/// A line of a file that is there, `  File "/shop/app.py", line 3 in application`; the library's
/// own are in none.
fn line(text: &str) -> Option<(Blame, &str)> {
    let rest = text.trim_start().strip_prefix("File \"")?;
    let (file, rest) = rest.rsplit_once("\", line ")?;
    let (line, function) = rest.split_once(" in ")?;
    let path = Path::new(file);
    let blame = Blame {
        file: file.to_owned(),
        line: line.parse().ok()?,
    };
    (path.is_absolute() && path.is_file()).then_some((blame, function))
}

#[cfg(test)]
mod tests {
    use super::{MESSAGE, is_cause, raised};
    use crate::exchange::RaisedIn;
    use crate::python::limits::MAX_MEMORY;

    #[test]
    fn the_amount_is_the_one_that_is_allowed() {
        let amount = format!("{} GiB", MAX_MEMORY / 1024 / 1024 / 1024);
        assert!(MESSAGE.contains(&amount));
    }

    #[test]
    fn the_innermost_line_of_a_file_is_to_blame() {
        let folder = tempfile::tempdir().unwrap();
        let app = folder.path().join("app.py");
        std::fs::write(&app, "").unwrap();
        let app = app.display();
        let words = format!(
            "printed before\nmemory allocation of 9 bytes failed\nFatal Python error: Aborted\n\n\
             Current thread 0x1 (most recent call first):\n  File \"<frozen io>\", line 9 in read\n  \
             File \"{app}\", line 3 in body\n  File \"{app}\", line 7 in application\n  \
             File \"<wsgi-tutor worker>\", line 1 in run\n"
        );
        assert!(is_cause(&words));
        let raised = raised(&words, RaisedIn::Call).unwrap();
        assert_eq!(raised.blame.unwrap().line, 3);
        let lines: Vec<u32> = raised.calls.iter().map(|call| call.place.line).collect();
        assert_eq!(lines, [3, 7]);
        let ending = "line 7, in application\n  File \"";
        assert!(raised.traceback.contains(ending), "{}", raised.traceback);
    }

    #[test]
    fn without_a_line_nothing_is_raised() {
        for words in [
            "",
            "memory allocation of 9 bytes failed\n",
            "File \"/a\", line 3 in f",
        ] {
            assert_eq!(raised(words, RaisedIn::Call), None);
        }
    }
}
