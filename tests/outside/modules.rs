//! Every module of Python's standard library is imported and tried, in CPython and in the embedded
//! Python. `docs/embedded-python.md` has a row for each, and must say what was seen here; with
//! `WSGI_TUTOR_WRITE=1` the rows are written instead. The trials are in `tests/modules/`.

use std::fs;

use serde_json::Value;

use crate::support::{Engine, SYSTEM, Tutor};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/modules");

/// The oldest CPython that has all of these modules and gives these values.
const OLDEST: [u64; 2] = [3, 11];

/// What a trial of each module found.
fn outcomes(engine: Engine) -> (Vec<(String, Value)>, Value) {
    let files: Vec<(String, String)> = fs::read_dir(FOLDER)
        .expect("the trials are there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|it| it == "py"))
        .map(|path| {
            let name = path.file_name().expect("a file has a name");
            let text = fs::read_to_string(&path).expect("it can be read");
            (name.to_string_lossy().into_owned(), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let tutor = Tutor::run("app.py", &files).engine(engine).start();
    let listed = asked(&tutor, "/");
    let modules = listed["modules"].as_array().expect("it lists them");
    let tried = modules.iter().map(|module| {
        let module = module.as_str().expect("it has a name");
        (module.to_owned(), asked(&tutor, &format!("/{module}")))
    });
    (tried.collect(), listed["version"].clone())
}

fn asked(tutor: &Tutor, path: &str) -> Value {
    let answer = tutor.get(path);
    let text = answer.text();
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {} {text}", answer.status))
}

/// The trials say what CPython does: each of its modules does what they expect.
#[test]
fn cpython_gives_what_the_trials_expect() {
    let (tried, version) = outcomes(SYSTEM);
    let version: Vec<u64> = serde_json::from_value(version).expect("it has two numbers");
    if version.as_slice() < OLDEST.as_slice() {
        return;
    }
    let differs: Vec<_> = tried
        .iter()
        .filter(|(_, outcome)| outcome["differs"].is_array())
        .collect();
    assert!(differs.is_empty(), "{differs:#?}");
}

#[cfg(feature = "embedded-python")]
mod embedded {
    use std::path::Path;

    use wsgi_tutor::python::library::{DIFFERENT, LEFT_PYTHON, MENDED, NOT_EMBEDDED};

    use super::{Value, fs, outcomes};
    use crate::support::EMBEDDED;

    const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/embedded-python.md");
    /// What stands before the rows.
    const HEAD: &str = "| module | in the embedded Python |\n|---|---|\n";

    fn of<'a>(module: &str, table: &[(&'a str, &'a str)]) -> Option<&'a str> {
        let found = table.iter().find(|(name, _)| *name == module);
        found.map(|(_, said)| *said)
    }

    /// The row of a module, from what was seen and what the program knows of it; they must agree.
    fn row(module: &str, outcome: &Value) -> String {
        let differs = of(module, &DIFFERENT);
        let left = of(module, &LEFT_PYTHON);
        let is_absent = NOT_EMBEDDED.iter().any(|(_, name)| *name == module);
        let said = if let Some(message) = outcome["missing"].as_str() {
            let known = is_absent || left.is_some();
            assert!(known && differs.is_none(), "{module}: {message}");
            match left {
                Some(version) => format!("missing: it was removed in Python {version}"),
                None => "**missing**".to_owned(),
            }
        } else {
            assert!(!is_absent && left.is_none(), "{module} is there: {outcome}");
            let seen = outcome["differs"].is_array();
            assert_eq!(seen, differs.is_some(), "{module}: {outcome}");
            differs.map_or("works".to_owned(), |how| format!("**differs**: {how}"))
        };
        let mended = of(module, &MENDED).map(|why| format!("; the tutor's own: {why}"));
        format!("| `{module}` | {said}{} |\n", mended.unwrap_or_default())
    }

    #[test]
    fn each_module_does_what_its_row_says() {
        let (mut tried, _) = outcomes(EMBEDDED);
        tried.sort_by_key(|(module, _)| module.to_lowercase());
        let rows: String = tried
            .iter()
            .map(|(module, outcome)| row(module, outcome))
            .collect();
        for (module, _) in DIFFERENT.iter().chain(&MENDED).chain(&LEFT_PYTHON) {
            let is_tried = tried.iter().any(|(name, _)| name == module);
            // It is for Windows only, so no system that has it is tried.
            assert!(is_tried || *module == "msilib", "{module} is not tried");
        }
        let page = fs::read_to_string(Path::new(PAGE)).expect("the page is there");
        let (before, after) = page.split_once(HEAD).expect("it has the table");
        let end = after.find("\n\n").map_or(after.len(), |end| end + 1);
        let made = format!("{before}{HEAD}{rows}{}", &after[end..]);
        if std::env::var_os("WSGI_TUTOR_WRITE").is_some() {
            fs::write(PAGE, made).expect("the page can be written");
            return;
        }
        assert_eq!(page, made, "docs/embedded-python.md is not true any more");
    }
}
