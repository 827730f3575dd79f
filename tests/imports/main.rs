//! Which file of `src/` imports which, read from the source: no import runs against the table of
//! [`rules`], and no files import one another in a circle.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod graph;
mod reader;
mod rules;

use std::path::Path;
use std::sync::LazyLock;

use graph::Graph;
use rules::{Rule, rule_of};

fn src() -> &'static Graph {
    static SRC: LazyLock<Graph> =
        LazyLock::new(|| Graph::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")));
    &SRC
}

#[test]
fn imports_keep_to_the_table() {
    let wrong: Vec<String> = src()
        .imports()
        .filter(|import| {
            let rule = rule_of(&import.from);
            rule.is_some_and(|rule| !rule.allows(&import.to))
        })
        .map(|import| {
            let rule = rule_of(&import.from).map_or("", |rule| rule.folder);
            format!(
                "{}:{} imports {} ({}), which the table does not allow for {rule}",
                import.from, import.line, import.to, import.path
            )
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_file_has_a_row_in_the_table() {
    let without: Vec<String> = src()
        .files()
        .filter(|file| *file != "lib.rs" && rule_of(file).is_none())
        .map(str::to_owned)
        .collect();
    assert!(without.is_empty(), "without a row: {without:?}");
}

#[test]
fn the_table_names_what_there_is_and_has_no_circle() {
    let src = src();
    let exists = |name: &&str| src.files().any(|file| within(file, name));
    for Rule { folder, may_import } in rules::RULES {
        let missing = [folder].into_iter().chain(*may_import);
        let missing: Vec<&&str> = missing.filter(|name| !exists(name)).collect();
        assert!(missing.is_empty(), "there is no {missing:?}");
    }
    let allowed = rules::RULES.iter().flat_map(|rule| {
        let to = rule.may_import.iter();
        to.map(|to| (rule.folder.to_owned(), (*to).to_owned()))
    });
    let circles = graph::circles(allowed.collect());
    assert!(circles.is_empty(), "{circles:?}");
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let imports = src().without_those_of_parents().collect();
    let circles = graph::circles(imports).into_iter();
    let circles: Vec<String> = circles.map(|circle| circle.join(", ")).collect();
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let length = |file: &&str| {
        let source = std::fs::read_to_string(src.join(file)).unwrap();
        source.lines().count()
    };
    let files = self::src().files();
    let long: Vec<&str> = files.filter(|file| length(file) > 500).collect();
    assert!(long.is_empty(), "split by subject: {long:?}");
}

/// Whether a file is this one, or lies in this folder.
fn within(file: &str, folder: &str) -> bool {
    let rest = file.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest == ".rs")
}
