//! Which application is meant where a person names none, or a folder, or a file without the name of
//! a callable.

use std::path::{Path, PathBuf};

use super::error::LocateError;
use super::imports;
use super::surroundings::{DJANGO_SETTINGS, Surroundings};
use super::syntax::{self, Callable, Definitions};
use crate::diagnosis::with_parser_stack;
use crate::python::project::is_passed_over;
use crate::python::{App, Target, normalized, python_files};

/// Packages and files of a folder that are looked into.
const MAX_LOOKED_INTO: usize = 50;
/// Applications that are named when there is a choice.
const MAX_NAMED: usize = 5;
/// The files that servers' documentation puts an application into, best first.
const USUAL_FILES: [&str; 2] = ["wsgi.py", "app.py"];
/// Files that are no part of the application.
const TOOLS: [&str; 3] = ["conftest.py", "manage.py", "setup.py"];

/// An application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub target: Target,
    /// What it is, where that was found out: `application of shop/wsgi.py`.
    pub found: Option<String>,
}

impl From<Target> for Located {
    fn from(target: Target) -> Self {
        Self {
            target,
            found: None,
        }
    }
}

/// The application that `text` names for a person who is in this folder; without a text, the
/// folder's.
///
/// # Errors
/// When there is none, or more than one; the error says how to name one.
pub fn application(
    text: Option<&str>,
    folder: &Path,
    surroundings: &Surroundings,
) -> Result<Located, LocateError> {
    let search = Search {
        home: folder,
        settings: surroundings.settings.as_deref(),
    };
    with_parser_stack("locate", || search.locate(text)).unwrap_or_else(|| {
        // Without a thread nothing is looked into.
        let text = text.ok_or(LocateError::NoThread)?;
        Ok(Target::parse(text, folder)?.into())
    })
}

/// An application that was found, and the file it is in.
struct Candidate {
    file: PathBuf,
    callable: Callable,
    target: Target,
}

impl Candidate {
    /// A file of a project. One in a package is a module of it, so that it can import the others.
    fn new(file: PathBuf, callable: Callable, root: &Path) -> Self {
        let inside = file.strip_prefix(root).unwrap_or(&file);
        let folders = inside.ancestors().skip(1);
        let mut folders = folders.filter(|it| !it.as_os_str().is_empty()).peekable();
        let is_in_package = folders.peek().is_some()
            && folders.all(|it| root.join(it).join("__init__.py").is_file());
        let app = if is_in_package {
            App::Module(dotted(inside))
        } else {
            App::File(file.clone())
        };
        let target = Target {
            folder: root.to_owned(),
            app,
            // A name is not kept: a callable that is renamed later is found all the same.
            callable: callable.call(),
        };
        Self {
            file,
            callable,
            target,
        }
    }

    /// `application of shop/wsgi.py`
    fn told(&self) -> String {
        let file = self.target.inside(&self.file).display();
        match &self.callable {
            Callable::Named(name) | Callable::Made(name) => format!("{name} of {file}"),
            Callable::Unknown => file.to_string(),
        }
    }
}

impl From<Candidate> for Located {
    fn from(candidate: Candidate) -> Self {
        Self {
            found: Some(candidate.told()),
            target: candidate.target,
        }
    }
}

/// The name of the module in a file of a project.
fn dotted(inside: &Path) -> String {
    let stem = inside.with_extension("");
    let parts = stem.iter().map(|part| part.to_string_lossy());
    let parts: Vec<_> = parts.filter(|part| part != "__init__").collect();
    parts.join(".")
}

/// A search on behalf of a person.
struct Search<'a> {
    /// The folder the person is in.
    home: &'a Path,
    /// The settings of a Django project, where the environment names them.
    settings: Option<&'a str>,
}

impl Search<'_> {
    fn locate(&self, text: Option<&str>) -> Result<Located, LocateError> {
        let Some(text) = text else {
            return self.in_folder(self.home);
        };
        let path = self.home.join(text);
        let is_package = !text.contains(['/', '.']) && path.join("__init__.py").is_file();
        if path.is_dir() && !is_package {
            return self.in_folder(&normalized(path));
        }
        let target = Target::parse(text, self.home)?;
        let file = target.file().filter(|_| target.callable.is_none());
        let Some(file) = file else {
            return Ok(target.into());
        };
        match syntax::parse(&file).map(|tree| Definitions::of(&tree).application()) {
            Some(Some(callable @ Callable::Made(_))) => Ok(Candidate {
                target: Target {
                    callable: callable.call(),
                    ..target
                },
                file,
                callable,
            }
            .into()),
            Some(None) if file.ends_with("__init__.py") => {
                // A package whose application is in one of its modules.
                let folder = file.parent().unwrap_or(self.home);
                let found = self.only(folder, Self::usual(folder, self.home))?;
                Ok(found.map_or_else(|| target.into(), Located::from))
            }
            _ => Ok(target.into()),
        }
    }

    /// The application of a folder.
    fn in_folder(&self, folder: &Path) -> Result<Located, LocateError> {
        let root = self.root(folder);
        if let Some(found) = self.django(folder) {
            return Ok(found.into());
        }
        for found in [Self::usual(folder, root), Self::others(folder, root)] {
            if let Some(found) = self.only(folder, found)? {
                return Ok(found.into());
            }
        }
        // Python says what is wrong with it.
        let mut files = USUAL_FILES.map(|name| folder.join(name)).into_iter();
        if let Some(file) = files.find(|file| file.is_file()) {
            return Ok(Candidate::new(file, Callable::Unknown, root).into());
        }
        Err(LocateError::None {
            folder: folder.to_owned(),
            files: python_files(folder),
        })
    }

    /// The folder that is to be on Python's path: that of the person, for a package in it.
    fn root<'a>(&'a self, folder: &'a Path) -> &'a Path {
        let mut between = folder.ancestors().take_while(|it| *it != self.home);
        let is_package = folder.starts_with(self.home)
            && between.all(|folder| folder.join("__init__.py").is_file());
        if is_package { self.home } else { folder }
    }

    /// The application of a Django project: the one its settings name, or the `wsgi.py` nearest to
    /// them.
    fn django(&self, folder: &Path) -> Option<Candidate> {
        let manage = syntax::parse(&folder.join("manage.py"));
        let named = manage.and_then(|tree| syntax::text_of(&tree, DJANGO_SETTINGS));
        let settings = self.settings.map(str::to_owned).or(named)?;
        let module = |name: &str| {
            let parts = name.split('.');
            let path = parts.fold(folder.to_owned(), |path, part| path.join(part));
            let files = [path.with_extension("py"), path.join("__init__.py")];
            files.into_iter().find(|file| file.is_file())
        };
        let tree = module(&settings).and_then(|file| syntax::parse(&file));
        let application = tree.and_then(|tree| syntax::text_of(&tree, "WSGI_APPLICATION"));
        let application = application
            .as_deref()
            .and_then(|it| it.rsplit_once('.'))
            .and_then(|(name, callable)| Some((module(name)?, callable.to_owned())));
        let (file, callable) = application.or_else(|| {
            let near = settings
                .rmatch_indices('.')
                .map(|(end, _)| &settings[..end]);
            let mut files = near.filter_map(|package| module(&format!("{package}.wsgi")));
            Some((files.next()?, "application".to_owned()))
        })?;
        let target = Target {
            folder: folder.to_owned(),
            app: App::Module(dotted(file.strip_prefix(folder).ok()?)),
            callable: Some(callable.clone()),
        };
        Some(Candidate {
            file,
            callable: Callable::Named(callable),
            target,
        })
    }

    /// The applications in the usual files of a folder and of the packages in it.
    fn usual(folder: &Path, root: &Path) -> Vec<Candidate> {
        let own = USUAL_FILES.map(|name| folder.join(name));
        // What cannot be parsed now may be mended while it runs.
        let own = own.into_iter().filter_map(|file| {
            let callable = match syntax::parse(&file) {
                Some(tree) => Definitions::of(&tree).application()?,
                None if file.is_file() => Callable::Unknown,
                None => return None,
            };
            Some(Candidate::new(file, callable, root))
        });
        let packages = names(folder).into_iter().map(|name| folder.join(name));
        let packages = packages.filter(|path| {
            let is_test = path.ends_with("tests") || path.ends_with("test");
            path.join("__init__.py").is_file() && !is_passed_over(path) && !is_test
        });
        let files = packages.take(MAX_LOOKED_INTO).flat_map(|package| {
            let names = ["__init__.py"].into_iter().chain(USUAL_FILES);
            names.map(|name| package.join(name)).collect::<Vec<_>>()
        });
        let inner = files.filter_map(|file| known(file, root));
        // What lies in the folder of the person itself is meant before that in a package.
        let own: Vec<Candidate> = own.collect();
        if own.is_empty() { inner.collect() } else { own }
    }

    /// The applications in other files of a folder.
    fn others(folder: &Path, root: &Path) -> Vec<Candidate> {
        let names = names(folder).into_iter();
        let names = names.filter(|name| {
            let is_python = Path::new(name).extension().is_some_and(|end| end == "py");
            is_python && !name.starts_with("test") && !TOOLS.contains(&name.as_str())
        });
        let files = names.take(MAX_LOOKED_INTO).map(|name| folder.join(name));
        files.filter_map(|file| known(file, root)).collect()
    }

    /// The only one of several applications that none of the others imports.
    fn only(&self, folder: &Path, found: Vec<Candidate>) -> Result<Option<Candidate>, LocateError> {
        // Nothing is read to choose between fewer than two.
        if found.len() < 2 {
            return Ok(found.into_iter().next());
        }
        let read: Vec<_> = found
            .iter()
            .map(|it| imports::of(&it.target).files)
            .collect();
        let is_imported = |place: usize| {
            let file = &found[place].file;
            let mut others = read.iter().enumerate();
            others.any(|(other, files)| other != place && files.contains(file))
        };
        let first: Vec<usize> = (0..found.len()).filter(|it| !is_imported(*it)).collect();
        if let [_, second, ..] = first[..] {
            let told: Vec<String> = first.iter().map(|it| found[*it].told()).collect();
            let more = match told.len().saturating_sub(MAX_NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let told = told[..told.len().min(MAX_NAMED)].join(", ");
            return Err(LocateError::Several {
                count: first.len(),
                folder: folder.to_owned(),
                told: told + &more,
                example: self.argument(&found[second]),
            });
        }
        // Where they import each other, the first one is taken.
        let only = first.first().copied().unwrap_or_default();
        Ok(found.into_iter().nth(only))
    }

    /// What the person would write for an application.
    fn argument(&self, candidate: &Candidate) -> String {
        if candidate.target.folder == self.home {
            return candidate.target.name();
        }
        let file = candidate.file.strip_prefix(self.home);
        file.unwrap_or(&candidate.file).display().to_string()
    }
}

/// The application of a file in which one can be seen.
fn known(file: PathBuf, root: &Path) -> Option<Candidate> {
    let callable = Definitions::of(&syntax::parse(&file)?).application()?;
    (callable != Callable::Unknown).then(|| Candidate::new(file, callable, root))
}

/// What is in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests;
