//! What is known of an interpreter that runs.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::choice::Reason;

/// What a started interpreter says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// `embedded` or `system`.
    pub engine: &'static str,
    /// `cpython`, `rustpython`.
    pub implementation: String,
    /// `3.11.7`.
    pub version: String,
    /// Where a system interpreter is, as it says itself.
    pub path: Option<PathBuf>,
    /// Why it was chosen, where it was.
    #[serde(rename = "chosen")]
    pub reason: Option<Reason>,
}

impl About {
    /// The same as [`fmt::Display`], in fewer words.
    pub fn brief(&self) -> String {
        let place = self.reason.as_ref().and_then(Reason::brief);
        let place = place.unwrap_or_else(|| self.engine.to_owned());
        format!("{} {} {place}", self.name(), self.version)
    }

    fn name(&self) -> &str {
        match self.implementation.as_str() {
            "cpython" => "CPython",
            "pypy" => "PyPy",
            "rustpython" => "RustPython",
            other => other,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} ", self.name(), self.version)?;
        match &self.path {
            Some(path) => write!(formatter, "at {}", path.display())?,
            None => formatter.write_str(self.engine)?,
        }
        match &self.reason {
            Some(reason) => write!(formatter, ", {reason}"),
            None => Ok(()),
        }
    }
}
