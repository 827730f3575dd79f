use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::Path;

use rstest::rstest;
use tempfile::TempDir;

use super::{BrokenEnvironment, Surroundings, python};
use crate::python::{Engine, EngineChoice, Reason, Target};

/// A folder with these files. `DIR/.venv/bin/python` is one that can be executed.
fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        if path.ends_with("bin/python") {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
    folder
}

/// The choice for `target` where a person is in the folder `inside`.
fn choose(
    root: &Path,
    inside: &str,
    target: &str,
    surroundings: &Surroundings,
) -> Result<EngineChoice, BrokenEnvironment> {
    python(
        &Target::parse(target, &root.join(inside)).unwrap(),
        surroundings,
    )
}

#[rstest]
#[case::beside("", "app.py", &[("app.py", ""), (".venv/bin/python", "")], Some(".venv"))]
#[case::a_module("", "shop.site:app", &[("shop/site.py", ""), ("shop/__init__.py", ""), (".venv/bin/python", "")], Some(".venv"))]
#[case::nearest("", "shop/app.py", &[("shop/app.py", ""), ("shop/.venv/bin/python", ""), (".venv/bin/python", "")],
    Some("shop/.venv"))]
#[case::above_the_app("", "a/b/app.py", &[("a/b/app.py", ""), (".venv/bin/python", "")], Some(".venv"))]
#[case::plain_name("", "app.py", &[("app.py", ""), ("venv/pyvenv.cfg", ""), ("venv/bin/python", "")], Some("venv"))]
#[case::plain_name_of_something_else("", "app.py", &[("app.py", ""), ("venv/bin/python", "")], None)]
#[case::hidden_first("", "app.py", &[("app.py", ""), ("venv/pyvenv.cfg", ""), ("venv/bin/python", ""),
    (".venv/bin/python", "")], Some(".venv"))]
#[case::above_with_a_mark("src/shop", "app.py", &[("src/shop/app.py", ""), ("pyproject.toml", ""), (".venv/bin/python", "")],
    Some("ROOT/.venv"))]
#[case::above_without_a_mark("src", "app.py", &[("src/app.py", ""), (".venv/bin/python", "")], None)]
#[case::above_the_mark("src", "app.py", &[("src/app.py", ""), ("src/manage.py", ""), (".venv/bin/python", "")], None)]
#[case::a_file_of_this_name("", "app.py", &[("app.py", ""), (".venv", "my-environment")], None)]
fn the_environment_of_the_project_comes_first(
    #[case] inside: &str,
    #[case] target: &str,
    #[case] files: &[(&str, &str)],
    #[case] expected: Option<&str>,
) {
    let root = project(files);
    let choice = choose(root.path(), inside, target, &Surroundings::default()).unwrap();
    let Some(expected) = expected else {
        assert_eq!(choice.engine, Engine::default());
        assert_eq!(choice.reason, Some(Reason::NoEnvironment));
        return;
    };
    let name = expected.replace("ROOT", &root.path().to_string_lossy());
    let folder = root.path().join(inside).join(&name);
    assert_eq!(choice.reason, Some(Reason::Project(name.into())));
    assert_eq!(choice.engine, Engine::System(folder.join("bin/python")));
}

const FLASK: (&str, &str) = (
    "env/lib/python3.12/site-packages/flask/__init__.py",
    "raise Exception",
);
const ENV: [(&str, &str); 2] = [("env/pyvenv.cfg", ""), ("env/bin/python", "")];

#[rstest]
#[case::a_package("import flask", FLASK, true)]
#[case::deep_in_the_project("import words", FLASK, true)]
#[case::a_module("from six import moves", ("env/lib/python3.12/site-packages/six.py", ""), true)]
#[case::compiled("import ujson", ("env/lib/python3.12/site-packages/ujson.cpython-312-x86_64-linux-gnu.so", ""), true)]
#[case::elsewhere("import mine", ("env/lib/python3.12/site-packages/mine.pth", "# a\nimport sys\n../../../../mine\n"), true)]
#[case::another("import bottle", FLASK, false)]
#[case::only_what_all_have("import json", FLASK, false)]
#[case::only_its_metadata("import flask", ("env/lib/python3.12/site-packages/flask-3.1.dist-info/METADATA", ""), false)]
#[case::the_projects_own("import own", ("env/lib/python3.12/site-packages/own.py", ""), false)]
fn another_environment_is_taken_for_what_it_has(
    #[case] app: &str,
    #[case] installed: (&str, &str),
    #[case] is_taken: bool,
) {
    let files = [
        ("app/app.py", app),
        ("app/words.py", "import flask"),
        ("app/own.py", ""),
        ("mine/mine.py", ""),
        installed,
    ];
    let root = project(&[&ENV[..], &files[..]].concat());
    let folder = root.path().join("env");
    let active = Surroundings {
        active: Some(folder.clone()),
        ..Surroundings::default()
    };
    let program = Surroundings {
        program: Some(folder.join("bin/wsgi-tutor")),
        ..Surroundings::default()
    };
    for surroundings in [&active, &program] {
        let choice = choose(root.path(), "app", "app.py", surroundings).unwrap();
        let reason = choice.reason.unwrap();
        if is_taken {
            assert_eq!(choice.engine, Engine::System(folder.join("bin/python")));
            let is_active = matches!(reason, Reason::Active { .. });
            assert_eq!(is_active, surroundings.active.is_some(), "{reason:?}");
        } else {
            assert_eq!(choice.engine, Engine::default());
            assert_eq!(reason, Reason::NothingNeeded(folder.clone()));
        }
    }
}

#[test]
fn what_the_embedded_python_lacks_is_a_reason_too() {
    let root = project(&[&ENV[..], &[("app/app.py", "import sqlite3")]].concat());
    let surroundings = Surroundings {
        active: Some(root.path().join("env")),
        ..Surroundings::default()
    };
    let choice = choose(root.path(), "app", "app.py", &surroundings).unwrap();
    let is_taken = matches!(choice.reason, Some(Reason::Active { .. }));
    assert_eq!(is_taken, crate::python::HAS_EMBEDDED);
}

#[test]
fn a_program_outside_of_an_environment_has_none() {
    let root = project(&[("app.py", "import flask"), ("bin/python", "")]);
    let surroundings = Surroundings {
        active: Some(root.path().join("gone")),
        program: Some(root.path().join("bin/wsgi-tutor")),
        ..Surroundings::default()
    };
    let choice = choose(root.path(), "", "app.py", &surroundings).unwrap();
    assert_eq!(choice.reason, Some(Reason::NoEnvironment));
}

#[rstest]
#[case::empty(&[(".venv/notes", "")], "it has no bin/python;")]
#[case::for_windows(&[(".venv/Scripts/python.exe", "")], "it was made by a Python for Windows;")]
#[case::too_old(&[(".venv/bin/python", ""), (".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.8.10\n")],
    "it has Python 3.8, and the tutor needs 3.9 or later;")]
#[case::too_old_for_uv(&[(".venv/bin/python", ""), (".venv/pyvenv.cfg", "version_info = 2.7.18.final.0\n")],
    "it has Python 2.7, and the tutor needs 3.9 or later;")]
fn a_broken_environment_is_told_in_one_sentence(
    #[case] files: &[(&str, &str)],
    #[case] expected: &str,
) {
    let root = project(&[&[("app.py", "")], files].concat());
    let told = choose(root.path(), "", "app.py", &Surroundings::default())
        .unwrap_err()
        .to_string();
    assert!(
        told.starts_with("the virtual environment .venv cannot run the app: ")
            && told.contains(expected)
            && told.contains("'python3 -m venv --clear .venv'"),
        "{told}"
    );
}

#[test]
fn an_interpreter_that_has_gone_is_named() {
    let root = project(&[("app.py", ""), (".venv/bin/pip", "")]);
    let bin = root.path().join(".venv/bin");
    let told = || {
        choose(root.path(), "", "app.py", &Surroundings::default())
            .unwrap_err()
            .to_string()
    };
    symlink("python3", bin.join("python")).unwrap();
    symlink("/no/such/python3.9", bin.join("python3")).unwrap();
    let expected = "its bin/python leads to /no/such/python3.9, which does not exist;";
    assert!(told().contains(expected), "{}", told());
    // One that leads around in a circle ends all the same.
    fs::remove_file(bin.join("python3")).unwrap();
    symlink("python", bin.join("python3")).unwrap();
    assert!(told().contains("which does not exist;"), "{}", told());
    fs::remove_file(bin.join("python")).unwrap();
    fs::write(bin.join("python"), "").unwrap();
    assert!(
        told().contains("bin/python cannot be executed;"),
        "{}",
        told()
    );
}

#[test]
fn an_environment_above_that_somebody_else_has_put_there_is_passed_over() {
    let root = project(&[
        ("src/app.py", ""),
        ("pyproject.toml", ""),
        (".venv/bin/python", ""),
    ]);
    let reason = || {
        let choice = choose(root.path(), "src", "app.py", &Surroundings::default());
        choice.unwrap().reason
    };
    let folder = root.path().join(".venv");
    assert_eq!(reason(), Some(Reason::Project(folder.clone())));
    // Only root can give a folder away.
    if chown(&folder, Some(12_345), None).is_ok() {
        assert_eq!(reason(), Some(Reason::NoEnvironment));
        chown(root.path().join("src"), Some(12_345), None).unwrap();
        assert_eq!(reason(), Some(Reason::Project(folder)));
    }
}
