//! Virtual environments: where they are, the interpreter of one, and which modules are installed in
//! it.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use super::error::EnvironmentError;
use crate::ordinary_file;
use crate::python::{HAS_EMBEDDED, Target};

/// The file that makes a folder a virtual environment (PEP 405).
const CONFIG: &str = "pyvenv.cfg";
/// Bytes of a text that an installer wrote.
const MAX_TEXT: u64 = 64 * 1024;
/// Entries of a folder that are looked at.
const MAX_ENTRIES: usize = 20_000;
/// Links that are followed.
const MAX_LINKS: u32 = 8;
/// Folders above the project's that are looked at.
const MAX_ABOVE: usize = 30;
/// What stands where a project begins.
const ROOT_MARKS: [&str; 3] = ["pyproject.toml", "manage.py", ".git"];
/// The oldest Python that the worker's program runs in.
const OLDEST: (u32, u32) = (3, 9);

/// The virtual environment of a project: the first `.venv` or `venv` from the application's folder
/// up to the project's, and on to where a project begins if that is above.
pub fn of_project(target: &Target) -> Option<PathBuf> {
    let file = target.file();
    let beside = file.as_deref().and_then(Path::parent);
    let inside = beside.unwrap_or(&target.folder).ancestors();
    let inside = inside.take_while(|folder| folder.starts_with(&target.folder));
    let mut found = inside.filter_map(in_folder);
    found.next().or_else(|| {
        let mut found = above(&target.folder).into_iter().filter_map(in_folder);
        // Anybody may put something into a folder such as /tmp.
        found.find(|folder| is_trusted(folder, &target.folder))
    })
}

/// The folders above the project's up to where it begins; none where no mark says so.
fn above(folder: &Path) -> Vec<&Path> {
    let begins = |folder: &Path| ROOT_MARKS.iter().any(|mark| folder.join(mark).exists());
    if begins(folder) {
        return Vec::new();
    }
    let mut folders = Vec::new();
    for folder in folder.ancestors().skip(1).take(MAX_ABOVE) {
        folders.push(folder);
        if begins(folder) {
            return folders;
        }
    }
    Vec::new()
}

/// The environment that lies in a folder. `venv` is a usual name for other things too.
fn in_folder(folder: &Path) -> Option<PathBuf> {
    let (hidden, plain) = (folder.join(".venv"), folder.join("venv"));
    if hidden.is_dir() {
        return Some(hidden);
    }
    plain.join(CONFIG).is_file().then_some(plain)
}

/// Whether a folder belongs to this user, to the system, or to whoever has the project.
fn is_trusted(folder: &Path, project: &Path) -> bool {
    let owner = |path| fs::symlink_metadata(path).map(|it| it.uid()).ok();
    let trusted = [
        Some(rustix::process::geteuid().as_raw()),
        Some(0),
        owner(project),
    ];
    owner(folder).is_some_and(|it| trusted.contains(&Some(it)))
}

/// The environment that a program in it belongs to.
pub fn of_program(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?.parent()?;
    folder.join(CONFIG).is_file().then(|| folder.to_owned())
}

/// The interpreter of an environment.
///
/// # Errors
/// When there is none that could be started: what is wrong with it.
pub fn interpreter(folder: &Path) -> Result<PathBuf, EnvironmentError> {
    let names = ["bin/python", "bin/python3"];
    let paths = names.map(|name| folder.join(name));
    let Some(python) = paths.iter().find(|path| path.is_file()) else {
        return Err(missing(folder));
    };
    if access(python, Access::EXEC_OK).is_err() {
        return Err(EnvironmentError::NotExecutable);
    }
    match version(folder) {
        Some(version) if version < OLDEST => Err(EnvironmentError::TooOld {
            found: version,
            oldest: OLDEST,
        }),
        _ => Ok(python.clone()),
    }
}

/// Why an environment has no interpreter.
fn missing(folder: &Path) -> EnvironmentError {
    let python = folder.join("bin/python");
    if folder.join("Scripts/python.exe").exists() {
        return EnvironmentError::OfWindows;
    }
    // `bin/python` often leads to `python3` beside it, and only that one out of the environment.
    let mut place = python.clone();
    let is_link = python.is_symlink();
    for _ in 0..MAX_LINKS {
        let Ok(next) = fs::read_link(&place) else {
            break;
        };
        place = place.parent().unwrap_or(folder).join(next);
    }
    if is_link {
        EnvironmentError::DeadLink(place)
    } else {
        EnvironmentError::Missing
    }
}

/// A virtual environment that cannot run anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenEnvironment {
    pub found: String,
    /// What to do.
    pub mend: String,
}

impl BrokenEnvironment {
    /// What is wrong with the one that people call by this path.
    pub(super) fn new(name: &Path, why: &EnvironmentError) -> Self {
        let other = if HAS_EMBEDDED { "embedded" } else { "python3" };
        let name = name.display();
        Self {
            found: format!("the virtual environment {name} cannot run the app: {why}"),
            mend: format!(
                "create it again with 'python3 -m venv --clear {name}' and install the app's packages, or choose \
                 another Python with --python {other}"
            ),
        }
    }
}

impl std::error::Error for BrokenEnvironment {}

impl fmt::Display for BrokenEnvironment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.found, self.mend)
    }
}

/// The version of Python an environment was made with, as far as it says so. `venv` writes
/// `version`, `virtualenv` and uv write `version_info`.
fn version(folder: &Path) -> Option<(u32, u32)> {
    let text = ordinary_file::read_up_to(&folder.join(CONFIG), MAX_TEXT).ok()?;
    let text = String::from_utf8_lossy(&text);
    let mut settings = text.lines().filter_map(|line| line.split_once('='));
    let (_, version) =
        settings.find(|(key, _)| ["version", "version_info"].contains(&key.trim()))?;
    let mut numbers = version.trim().split('.');
    let mut number = || numbers.next()?.parse().ok();
    Some((number()?, number()?))
}

/// The first names of the modules that are installed in an environment.
pub fn modules(folder: &Path) -> HashSet<String> {
    let mut names = HashSet::new();
    for library in entries(&folder.join("lib")) {
        let packages = folder.join("lib").join(library).join("site-packages");
        for name in entries(&packages) {
            if Path::new(&name).extension().is_some_and(|end| end == "pth") {
                // A package that was installed to be edited lies elsewhere.
                for place in places(&packages, &name) {
                    names.extend(entries(&place).into_iter().filter_map(module));
                }
            }
            names.extend(module(name));
        }
    }
    names
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.take(MAX_ENTRIES).collect()
}

/// The folders a `.pth` file names, a line each; a line that begins with `import` is code.
fn places(packages: &Path, name: &str) -> Vec<PathBuf> {
    let text = ordinary_file::read_up_to(&packages.join(name), MAX_TEXT).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|it| !it.is_empty() && !it.starts_with('#'));
    let lines = lines.filter(|it| !it.starts_with("import"));
    lines.map(|line| packages.join(line)).collect()
}

/// The module that a file or folder of this name is: `flask`, `six.py`,
/// `ujson.cpython-312-x86_64-linux-gnu.so`.
fn module(name: String) -> Option<String> {
    match name.split_once('.') {
        None => Some(name),
        Some((stem, end)) if end == "py" || end.ends_with("so") => Some(stem.to_owned()),
        Some(_) => None,
    }
}
