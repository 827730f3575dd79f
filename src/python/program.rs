//! The worker's Python program: the modules of `program/`, bundled into one file.
//!
//! `program/` is a package, so that linters, type checkers and editors resolve its names. At runtime it is one module,
//! `__main__`, so that no module of it is in the way of an application's module with the same name.

use std::sync::LazyLock;

/// The source of the program.
pub static BUNDLE: LazyLock<String> = LazyLock::new(bundle);

macro_rules! modules {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("program/", $name, ".py")))),*]
    };
}

/// The modules with their sources, each after those it imports. `native` is not among them: it declares what the
/// embedded interpreter adds.
const MODULES: [(&str, &str); 26] = modules![
    "base" "state" "text" "protocol" "project" "values" "trace" "control" "deadline" "channel" "references"
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
}
