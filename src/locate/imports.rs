//! Which modules an application imports that are none of its own: those of its file and of every
//! file of the project that is reached from there.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::syntax::{self, Import};
use crate::python::Target;

/// Files that are looked into. No project of one's own has more on the way to its application.
const MAX_FILES: usize = 300;

/// What an application imports.
#[derive(Debug, Default)]
pub struct Imports {
    /// The first names of the modules, in order. A folder of the project without an `__init__.py`
    /// does not hide a package of the same name from Python, so such a name is among them.
    pub names: BTreeSet<String>,
    /// The files of the project, its own among them.
    pub files: HashSet<PathBuf>,
}

/// What an application imports.
pub fn of(target: &Target) -> Imports {
    let mut names = BTreeSet::new();
    let Some(first) = target.file() else {
        return Imports::default();
    };
    let beside = first.parent().unwrap_or(&target.folder);
    let roots = [beside, &target.folder];
    let mut seen = HashSet::from([first.clone()]);
    let mut queue = vec![first.clone()];
    while let Some(file) = queue.pop() {
        let Some(tree) = syntax::parse(&file) else {
            continue;
        };
        for import in syntax::imports(&tree) {
            let is_own = is_own(&import, &roots);
            let name = import.path.first().filter(|_| import.level == 0 && !is_own);
            names.extend(name.cloned());
            for found in files(&import, &file, &roots) {
                let is_of_project = found.starts_with(&target.folder);
                if is_of_project && seen.len() < MAX_FILES && seen.insert(found.clone()) {
                    queue.push(found);
                }
            }
        }
    }
    Imports { names, files: seen }
}

/// Whether Python finds a module in the project before it looks anywhere else.
fn is_own(import: &Import, roots: &[&Path]) -> bool {
    let Some(name) = import.path.first() else {
        return false;
    };
    roots.iter().any(|root| {
        let module = root.join(name);
        module.join("__init__.py").is_file() || module.with_extension("py").is_file()
    })
}

/// The project's files that an import runs: those of the packages on the way, and of the module.
fn files(import: &Import, importing: &Path, roots: &[&Path]) -> Vec<PathBuf> {
    let levels = usize::try_from(import.level).unwrap_or(usize::MAX);
    let roots: Vec<&Path> = match levels {
        0 => roots.to_vec(),
        // The first dot is the package the importing file is in.
        levels => importing.ancestors().nth(levels).into_iter().collect(),
    };
    let mut found = Vec::new();
    for root in roots {
        let mut place = root.to_owned();
        if levels > 0 {
            found.push(place.join("__init__.py"));
        }
        for part in &import.path {
            place.push(part);
            found.extend([place.join("__init__.py"), place.with_extension("py")]);
        }
    }
    found.retain(|file| file.is_file());
    found
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::of;
    use crate::python::Target;

    #[rstest]
    #[case::plain(&[("app.py", "import flask, os.path\nfrom webob.dec import wsgify\n")], "flask,os,webob")]
    #[case::inside_of_blocks(&[("app.py", "def f():\n  try: import a\n  except E: import b\n  else: import c\n\
        if x: import d\nelif y: import e\nelse: import f\nwith z: import g\n\
        class C:\n  for i in j:\n    while k: import h\nmatch m:\n  case 1: import i\n")], "a,b,c,d,e,f,g,h,i")]
    #[case::the_projects_own(&[("app.py", "import words\nfrom shop import site, cart\n"), ("words.py", "import bottle"),
        ("shop/__init__.py", "import django"), ("shop/site.py", "from .deep.more import x\nfrom . import cart"),
        ("shop/deep/more.py", "from ..other import y"), ("shop/other.py", "import jinja2"), ("shop/cart.py", "")],
        "bottle,django,jinja2")]
    #[case::in_a_circle(&[("app.py", "import a"), ("a.py", "import b"), ("b.py", "import a, app, flask")], "flask")]
    #[case::a_folder_hides_no_package(&[("app.py", "import flask"), ("flask/notes.txt", "")], "flask")]
    #[case::not_python(&[("app.py", "import flask\nthis is no Python\n")], "")]
    #[case::a_comment_and_a_text(&[("app.py", "# import a\nx = 'import b'\n")], "")]
    #[case::beyond_the_top(&[("app.py", "from ........ import a\nfrom .. import b\n")], "")]
    fn imports_are_found(#[case] files: &[(&str, &str)], #[case] expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let target = Target::parse("app.py", folder.path()).unwrap();
        let names: Vec<String> = of(&target).names.into_iter().collect();
        assert_eq!(names.join(","), expected);
    }
}
