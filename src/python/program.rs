//! The worker's Python program: the modules of `program/`, bundled into one file.
//!
//! `program/` is a package, so that linters, type checkers and editors resolve its names. At
//! runtime it is one module, `__main__`, so that no module of it is in the way of an application's
//! module with the same name.

use std::sync::LazyLock;

/// The source of the program.
pub static BUNDLE: LazyLock<String> = LazyLock::new(bundle);

macro_rules! modules {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("program/", $name, ".py")))),*]
    };
}

/// The modules with their sources, each after those it imports. `native` is not among them: it
/// declares what the embedded interpreter adds.
const MODULES: [(&str, &str); 27] = modules![
    "limits" "base" "state" "text" "protocol" "project" "values" "trace" "control" "deadline" "channel" "references"
    "violations" "streams" "start_response_rules" "body_rules" "environ" "terminal" "library" "syntax" "exceptions"
    "call" "files" "loading" "prewarm" "serving" "__main__"
];

/// Joins the modules and leaves out their imports of each other.
fn bundle() -> String {
    let mut bundle = String::new();
    for (_, source) in MODULES {
        let mut is_in_import = false;
        for line in source.split_inclusive('\n') {
            if is_in_import {
                is_in_import = !line.contains(')');
            } else if imported_module(line).is_some() {
                is_in_import = line.contains('(') && !line.contains(')');
            } else {
                bundle.push_str(line);
            }
        }
    }
    bundle
}

/// The module of the package that the import in this line names, if the line begins one.
fn imported_module(line: &str) -> Option<&str> {
    line.trim_start()
        .strip_prefix("from .")?
        .split_whitespace()
        .next()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn the_bundle_has_no_imports_between_its_modules() {
        assert!(BUNDLE.contains("\nimport os\n"));
        assert!(BUNDLE.contains("\ndef serve("));
        let left: Vec<&str> = BUNDLE
            .lines()
            .filter(|line| {
                line.contains("from .") || line.trim() == ")" && !line.starts_with([' ', ')'])
            })
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn modules_stand_after_those_they_import() {
        for (place, (name, source)) in MODULES.iter().enumerate() {
            // Indented imports are for type checkers.
            let imports = source.lines().filter(|line| line.starts_with("from ."));
            for module in imports.filter_map(imported_module) {
                let is_earlier = MODULES[..place].iter().any(|(name, _)| *name == module);
                assert!(is_earlier || module == "native", "{name} imports {module}");
            }
        }
    }

    /// Imports each module of the package alone, compares the names of all with those of the
    /// bundle, which it reads, and prints what differs.
    const COMPARE: &str = r#"
import ast, importlib, pkgutil, sys
import program

names, defined_in = set(), {}
for entry in pkgutil.iter_modules(program.__path__):
    for loaded in [name for name in sys.modules if name.startswith("program.")]:
        del sys.modules[loaded]
    module = importlib.import_module(f"program.{entry.name}")
    if entry.name == "native":
        continue
    names |= {name for name in vars(module) if not name.startswith(("__", "native_"))}
    with open(module.__file__, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    defined = [it.name for it in tree.body if isinstance(it, (ast.FunctionDef, ast.ClassDef))]
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = getattr(statement, "targets", None) or [statement.target]
            defined += [it.id for target in targets for it in ast.walk(target) if isinstance(it, ast.Name)]
    for name in set(defined):
        if name in defined_in:
            print(f"{name} is defined in {defined_in[name]} and {entry.name}")
        defined_in[name] = entry.name
bundle = {"__name__": "bundle", "__file__": "bundle"}
exec(sys.stdin.read(), bundle)
bundled = {name for name in bundle if not name.startswith("__")}
for name in sorted(names ^ bundled):
    print(f"{name} is in the {'package' if name in names else 'bundle'} only")
"#;

    #[test]
    fn the_package_can_be_imported_and_has_the_names_of_the_bundle() {
        let mut python = Command::new("python3")
            .args(["-B", "-c", COMPARE])
            .env(
                "PYTHONPATH",
                concat!(env!("CARGO_MANIFEST_DIR"), "/src/python"),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = python.stdin.take().unwrap();
        // Where an import fails Python reads nothing, and says why.
        let sent = stdin.write_all(BUNDLE.as_bytes());
        drop(stdin);
        let output = python.wait_with_output().unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{said}");
        sent.unwrap();
    }
}
