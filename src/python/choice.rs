//! A Python for an application, and why it is this one.

use std::fmt;
use std::path::PathBuf;

use serde::{Serialize, Serializer};

use super::engine::Engine;

/// The Python an application runs in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EngineChoice {
    pub engine: Engine,
    /// Why it was chosen; nothing where a person named it, or where there was nothing to choose.
    pub reason: Option<Reason>,
}

impl EngineChoice {
    /// With which Python and why, where it was chosen: `with the Python from .venv`.
    pub fn description(&self) -> Option<String> {
        let reason = self.reason.as_ref()?;
        Some(match (reason.brief(), &self.engine) {
            (Some(_), _) => format!("with the Python {reason}"),
            (None, Engine::Embedded) => format!("with the embedded Python, {reason}"),
            (None, Engine::System(python)) => format!("with {}, {reason}", python.display()),
        })
    }
}

impl From<Engine> for EngineChoice {
    fn from(engine: Engine) -> Self {
        Self {
            engine,
            reason: None,
        }
    }
}

/// Why a Python was chosen for an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is in the project's virtual environment, which people call by this path.
    Project(PathBuf),
    /// It is in the active virtual environment, in which this module was found that the application
    /// imports.
    Active { folder: PathBuf, module: String },
    /// The same for the environment this program is installed in.
    Program { folder: PathBuf, module: String },
    /// There is no virtual environment.
    NoEnvironment,
    /// The environment that is active, or else that of this program, has no module that the
    /// application imports.
    NothingNeeded(PathBuf),
}

impl Reason {
    /// Where the Python is, in a word or two; nothing for the default.
    pub fn brief(&self) -> Option<String> {
        match self {
            Self::Project(folder) => Some(format!("from {}", folder.display())),
            Self::Active { folder, .. } | Self::Program { folder, .. } => {
                let name = folder.file_name().unwrap_or(folder.as_os_str());
                Some(format!("from {}", name.to_string_lossy()))
            }
            Self::NoEnvironment | Self::NothingNeeded(_) => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Project(folder) => write!(formatter, "from {}", folder.display()),
            Self::Active { folder, module } => write!(
                formatter,
                "from the active environment {}, which has {module}",
                folder.display()
            ),
            Self::Program { folder, module } => write!(
                formatter,
                "from {}, where wsgi-tutor is installed, which has {module}",
                folder.display()
            ),
            Self::NoEnvironment => formatter.write_str("as there is no .venv beside the app"),
            Self::NothingNeeded(folder) => write!(
                formatter,
                "as there is no .venv beside the app, and it imports nothing that only {} has",
                folder.display()
            ),
        }
    }
}

/// As the sentence.
impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{EngineChoice, Reason};
    use crate::python::{About, Engine};

    #[rstest]
    #[case(None, "CPython 3.12.1 at /usr/bin/python3", "CPython 3.12.1 system")]
    #[case(Some(Reason::Project("shop/.venv".into())), "CPython 3.12.1 at /usr/bin/python3, from shop/.venv", "CPython 3.12.1 from shop/.venv")]
    #[case(
        Some(Reason::Active { folder: "/home/ada/web".into(), module: "flask".into() }),
        "CPython 3.12.1 at /usr/bin/python3, from the active environment /home/ada/web, which has flask",
        "CPython 3.12.1 from web"
    )]
    #[case(
        Some(Reason::Program { folder: "/opt/tools".into(), module: "ssl".into() }),
        "CPython 3.12.1 at /usr/bin/python3, from /opt/tools, where wsgi-tutor is installed, which has ssl",
        "CPython 3.12.1 from tools"
    )]
    #[case(
        Some(Reason::NoEnvironment),
        "CPython 3.12.1 at /usr/bin/python3, as there is no .venv beside the app",
        "CPython 3.12.1 system"
    )]
    fn a_python_is_told_with_the_reason_for_it(
        #[case] reason: Option<Reason>,
        #[case] whole: &str,
        #[case] brief: &str,
    ) {
        let about = About {
            engine: "system",
            implementation: "cpython".into(),
            version: "3.12.1".into(),
            path: Some("/usr/bin/python3".into()),
            reason,
        };
        assert_eq!(about.to_string(), whole);
        assert_eq!(about.brief(), brief);
    }

    #[rstest]
    #[case(None, None)]
    #[case(Some(Reason::Project(".venv".into())), Some("with the Python from .venv"))]
    #[case(
        Some(Reason::NothingNeeded("/env".into())),
        Some("with python3, as there is no .venv beside the app, and it imports nothing that only /env has")
    )]
    fn a_choice_is_told(#[case] reason: Option<Reason>, #[case] expected: Option<&str>) {
        let engine = Engine::System("python3".into());
        let choice = EngineChoice { engine, reason };
        assert_eq!(choice.description().as_deref(), expected);
    }
}
