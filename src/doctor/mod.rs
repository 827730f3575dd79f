//! What may be wrong with the machine, the terminal or the folders, and how to mend it. `probes.rs`
//! looks; this says what was found.

mod probes;

pub use probes::{Configuration, examine};

use std::fmt::Write as _;

use serde::Serialize;

use crate::exchange::visible;

/// Columns for what was looked at.
const NAME: usize = 10;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Ok,
    /// It works, and not as well as it could.
    Warning,
    /// Something does not work.
    Problem,
}

/// What was found out about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: `terminal`.
    pub name: &'static str,
    pub state: State,
    pub found: String,
    /// How to mend it, where something is to mend.
    pub mend: Option<String>,
}

impl Finding {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Ok,
            found: found.into(),
            mend: None,
        }
    }

    fn warning(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Warning,
            mend: Some(mend.into()),
            ..Self::ok(name, found)
        }
    }

    fn problem(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Problem,
            ..Self::warning(name, found, mend)
        }
    }
}

/// Whether nothing is broken; warnings are allowed.
pub fn is_well(findings: &[Finding]) -> bool {
    findings.iter().all(|it| it.state != State::Problem)
}

/// The findings as text to print.
pub fn told(findings: &[Finding]) -> String {
    let mut told = String::new();
    for finding in findings {
        let state = match finding.state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Problem => "PROBLEM",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            told,
            "{state:<9}{:<NAME$} {}",
            finding.name,
            visible(&finding.found)
        );
        if let Some(mend) = &finding.mend {
            let _ = writeln!(told, "{:<9}{:<NAME$} -> {}", "", "", visible(mend));
        }
    }
    let worst = findings
        .iter()
        .filter(|it| it.state == State::Problem)
        .count();
    let _ = match worst {
        0 => writeln!(told, "Nothing prevents the lessons from running."),
        1 => writeln!(told, "1 problem prevents the lessons from running."),
        many => writeln!(told, "{many} problems prevent the lessons from running."),
    };
    told
}

#[cfg(test)]
mod tests {
    use super::{Finding, is_well, told};

    #[test]
    fn a_problem_is_told_with_how_to_mend_it() {
        let findings = [
            Finding::ok("terminal", "80\u{d7}24"),
            Finding::warning("port", "8080 is taken", "8081 is used in its place"),
            Finding::problem(
                "workspace",
                "/w\x1b cannot be written",
                "use --workspace DIR",
            ),
        ];
        assert!(is_well(&findings[..2]));
        assert!(!is_well(&findings));
        let expected = "ok       terminal   80\u{d7}24\n\
             warning  port       8080 is taken\n                    -> 8081 is used in its place\n\
             PROBLEM  workspace  /w\\x1b cannot be written\n                    -> use --workspace DIR\n\
             1 problem prevents the lessons from running.\n";
        assert_eq!(told(&findings), expected);
    }
}
