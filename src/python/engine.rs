//! Which Python runs the application.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Serialize;

use super::choice::Reason;

/// The interpreter an application runs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// The one inside this binary (RustPython).
    Embedded,
    /// A Python of the machine, or of a virtual environment: a path, or a name found on `PATH`.
    System(PathBuf),
}

/// Whether this binary has a Python of its own.
pub const HAS_EMBEDDED: bool = cfg!(feature = "embedded-python");

impl Engine {
    /// Whether it stands in for another interpreter and only finds out which: that takes as long as
    /// starting one, and the one it finds can be started itself.
    #[must_use]
    pub fn is_shim(&self) -> bool {
        let Self::System(path) = self else {
            return false;
        };
        let on_path = || {
            let paths = std::env::var_os("PATH")?;
            std::env::split_paths(&paths)
                .map(|folder| folder.join(path))
                .find(|path| path.is_file())
        };
        let path = if path.components().count() > 1 {
            Some(path.clone())
        } else {
            on_path()
        };
        path.is_some_and(|path| path.components().any(|part| part.as_os_str() == "shims"))
    }
}

impl FromStr for Engine {
    type Err = String;

    /// `embedded`, or the path of an interpreter or of a virtual environment.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "embedded" if HAS_EMBEDDED => Ok(Self::Embedded),
            "embedded" => Err(
                "this build has no embedded Python; name an interpreter, such as --python python3"
                    .to_owned(),
            ),
            "" => Err("name an interpreter, such as --python python3".to_owned()),
            path => find(path).map(Self::System),
        }
    }
}

/// The embedded one where there is one, else `python3`.
impl Default for Engine {
    fn default() -> Self {
        if HAS_EMBEDDED {
            Self::Embedded
        } else {
            Self::System(PathBuf::from("python3"))
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => formatter.write_str("embedded"),
            Self::System(path) => write!(formatter, "{}", path.display()),
        }
    }
}

fn find(name: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(name);
    // A virtual environment may be named by its folder.
    let inside = path.join("bin").join("python");
    if path.is_dir() && inside.is_file() {
        return Ok(inside);
    }
    let found = if path.components().count() > 1 {
        path.is_file()
    } else {
        std::env::var_os("PATH").is_some_and(|paths| {
            std::env::split_paths(&paths).any(|folder| folder.join(name).is_file())
        })
    };
    if found {
        Ok(path)
    } else {
        Err(format!(
            "there is no Python at '{name}'; give 'embedded', the path of an interpreter or a virtual environment, or a name on PATH such as python3"
        ))
    }
}

/// What a started interpreter says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// `embedded` or `system`.
    pub engine: &'static str,
    /// `cpython`, `rustpython`.
    pub implementation: String,
    /// `3.11.7`.
    pub version: String,
    /// Why it was chosen, where it was.
    #[serde(rename = "chosen")]
    pub reason: Option<Reason>,
}

impl About {
    /// The same as [`fmt::Display`], in fewer words.
    #[must_use]
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
        write!(
            formatter,
            "{} {} {}",
            self.name(),
            self.version,
            self.engine
        )?;
        match &self.reason {
            Some(reason) => write!(formatter, ", {reason}"),
            None => Ok(()),
        }
    }
}
