//! Which Python runs an application when nobody named one: that of the project's virtual
//! environment; else that of the active environment or of the one this program is installed in,
//! where it has a module that the application imports and the default has not; else the default.

use std::path::PathBuf;

use super::environment::BrokenEnvironment;
use super::surroundings::Surroundings;
use super::{environment, imports};
use crate::diagnosis::with_parser_stack;
use crate::python::{Engine, EngineChoice, HAS_EMBEDDED, Reason, Target, library};

/// The Python for an application.
///
/// # Errors
/// When the project's virtual environment is broken.
pub fn python(
    target: &Target,
    surroundings: &Surroundings,
) -> Result<EngineChoice, BrokenEnvironment> {
    if let Some(folder) = environment::of_project(target) {
        let name = target.inside(&folder).to_owned();
        return match environment::interpreter(&folder) {
            Ok(python) => Ok(EngineChoice {
                engine: Engine::System(python),
                reason: Some(Reason::Project(name)),
            }),
            Err(why) => Err(BrokenEnvironment::new(&name, &why)),
        };
    }
    let environments = environments(surroundings);
    let imported = if environments.is_empty() {
        None
    } else {
        with_parser_stack("locate", || imports::of(target).names)
    };
    let imported = imported.unwrap_or_default();
    for (folder, python, is_active) in &environments {
        let installed = environment::modules(folder);
        let is_needed = |name: &&String| {
            let is_missing = HAS_EMBEDDED && library::is_not_embedded(name);
            is_missing || installed.contains(*name)
        };
        if let Some(module) = imported.iter().find(is_needed) {
            let (folder, module) = (folder.clone(), module.clone());
            return Ok(EngineChoice {
                engine: Engine::System(python.clone()),
                reason: Some(if *is_active {
                    Reason::Active { folder, module }
                } else {
                    Reason::Program { folder, module }
                }),
            });
        }
    }
    Ok(EngineChoice {
        engine: Engine::default(),
        reason: Some(match environments.into_iter().next() {
            None => Reason::NoEnvironment,
            Some((folder, ..)) => Reason::NothingNeeded(folder),
        }),
    })
}

/// The environments that may have what an application imports, each with its interpreter and
/// whether it is the active one. One that is broken is none.
fn environments(surroundings: &Surroundings) -> Vec<(PathBuf, PathBuf, bool)> {
    let active = surroundings.active.clone();
    let own = surroundings.program.as_deref();
    let own = own.and_then(environment::of_program);
    let own = own.filter(|own| active.as_ref() != Some(own));
    let active = active.map(|folder| (folder, true));
    let both = active.into_iter().chain(own.map(|folder| (folder, false)));
    both.filter_map(|(folder, is_active)| {
        let python = environment::interpreter(&folder).ok()?;
        Some((folder, python, is_active))
    })
    .collect()
}

#[cfg(test)]
mod tests;
