//! Which Python runs the application.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::error::EngineError;

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
    /// Whether it is a shim, which only looks up another interpreter. That takes as long as
    /// starting one, and the one it finds can be started itself.
    pub fn is_shim(&self) -> bool {
        let Self::System(path) = self else {
            return false;
        };
        let path = if path.components().count() > 1 {
            Ok(path.clone())
        } else {
            which::which(path)
        };
        path.is_ok_and(|path| path.components().any(|part| part.as_os_str() == "shims"))
    }
}

impl FromStr for Engine {
    type Err = EngineError;

    /// `embedded`, or the path of an interpreter or of a virtual environment.
    fn from_str(text: &str) -> Result<Self, EngineError> {
        match text {
            "embedded" if HAS_EMBEDDED => Ok(Self::Embedded),
            "embedded" => Err(EngineError::NotEmbedded),
            "" => Err(EngineError::Empty),
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

fn find(name: &str) -> Result<PathBuf, EngineError> {
    let path = PathBuf::from(name);
    // A virtual environment may be named by its folder.
    let inside = path.join("bin").join("python");
    if path.is_dir() && inside.is_file() {
        return Ok(inside);
    }
    let found = if path.components().count() > 1 {
        path.is_file()
    } else {
        which::which(name).is_ok()
    };
    if found {
        Ok(path)
    } else {
        Err(EngineError::Missing(name.to_owned()))
    }
}
