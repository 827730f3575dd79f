//! What is around the program and may decide what it runs: the active environment, its own place,
//! and a Django project's settings.

use std::env;
use std::path::PathBuf;

/// What says where a Django project has its settings.
pub const DJANGO_SETTINGS: &str = "DJANGO_SETTINGS_MODULE";

/// What else there is to choose from.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// The virtual environment that is active.
    pub active: Option<PathBuf>,
    /// This program.
    pub program: Option<PathBuf>,
    /// The settings module of a Django project.
    pub settings: Option<String>,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self {
            active: env::var_os("VIRTUAL_ENV")
                .map(PathBuf::from)
                .filter(|folder| folder.is_absolute()),
            program: env::current_exe().ok(),
            settings: env::var(DJANGO_SETTINGS).ok(),
        }
    }
}
