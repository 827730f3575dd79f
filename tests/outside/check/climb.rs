//! Paths that climb out of the folder an app shows files of: `check` tries them, and sends what was
//! typed.

use std::fs;

use rstest::rstest;
use serde_json::Value;

use super::{check, checked, found, requests, said};
#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM};

/// An app of `tests/mistakes`.
fn app(name: &str) -> String {
    let file = format!("{}/tests/mistakes/{name}.py", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(file).unwrap()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_path_that_climbs_out_of_a_folder_is_found(#[case] engine: Engine) {
    let app = app("wrong/path-traversal/joined");
    let (code, told) = checked(&app, &[], engine);
    assert_eq!(code, Some(1));
    let found = found(&told);
    assert_eq!(found.len(), 1, "{found:?}");
    let (name, _, seen) = &found[0];
    assert_eq!(name, "path-traversal");
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[0].starts_with("GET /../../../"), "{seen:?}");
    assert!(seen[1].starts_with("GET /%2e%2e%2f%2e%2e%2f"), "{seen:?}");
    let end = "/app.py (climbs out of a folder)";
    assert!(seen.iter().all(|it| it.ends_with(end)), "{seen:?}");
}

#[rstest]
#[case("dots_taken_out_once", &["--path", "/map.txt"], "GET /....//....//")]
#[case("from_the_query", &["--path", "/?page=front.txt"], "GET /?page=../../")]
fn it_is_found_behind_a_name_and_where_dots_are_taken_out(
    #[case] name: &str,
    #[case] arguments: &[&str],
    #[case] begins: &str,
) {
    let (code, told) = checked(
        &app(&format!("wrong/path-traversal/{name}")),
        arguments,
        SYSTEM,
    );
    assert_eq!(code, Some(1), "{told}");
    let found = found(&told);
    assert_eq!(found.len(), 1, "{found:?}");
    let (name, _, seen) = &found[0];
    assert_eq!(name, "path-traversal");
    assert!(seen.iter().any(|it| it.starts_with(begins)), "{seen:?}");
}

#[rstest]
#[case::several_parts("os.path.join(HERE, 'static', path[len('/static/'):])")]
#[case::of_a_path("Path(HERE).joinpath('static', path.removeprefix('/static/'))")]
#[case::made_of_parts("Path(HERE, 'static', path[8:])")]
fn it_is_found_below_a_prefix_of_which_a_page_shows_a_file(#[case] file: &str) {
    let app = "\
import os
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))

def application(environ, start_response):
    path = environ['PATH_INFO']
    if path.startswith('/static/'):
        file = FILE
        if os.path.isfile(file):
            start_response('200 OK', [('Content-Type', 'text/css; charset=utf-8')])
            return open(file, 'rb')
        start_response('404 Not Found', [('Content-Type', 'text/plain')])
        return [b'no such file']
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<link rel=stylesheet href=/static/main.css>']
";
    let app = app.replace("FILE", file);
    let files = [
        ("app.py", app.as_str()),
        ("static/main.css", "p { margin: 0 }\n"),
    ];
    let output = check(&files, &["app.py", "--json"], SYSTEM);
    let told: Value = serde_json::from_str(&said(&output)).unwrap();
    let found = found(&told);
    assert_eq!(found.len(), 1, "{found:?}");
    let (name, line, seen) = &found[0];
    assert_eq!((name.as_str(), *line), ("path-traversal", 9));
    assert!(seen[0].starts_with("GET /static/../../"), "{seen:?}");
    // The page that shows no file has no folder.
    let requests = requests(&told);
    assert!(!requests.iter().any(|it| it.starts_with("GET /../")));
    assert_eq!(requests.len(), 24 + 2 + 3, "{requests:?}");
}

#[rstest]
#[case("mended/path-traversal/joined")]
#[case("mended/path-traversal/from_the_query")]
#[case("mended/path-traversal/beginning_of_the_name")]
#[case("right/missing_file_is_404")]
#[case("right/path_checked_with_commonpath")]
#[case("right/path_with_dots_in_a_table")]
#[case("right/path_with_dots_that_is_answered_by_the_index")]
#[case("right/names_from_a_table")]
fn a_right_app_that_is_climbed_gets_nothing(#[case] name: &str) {
    let (_, told) = checked(&app(name), &[], SYSTEM);
    assert_eq!(found(&told), Vec::new());
    let requests = requests(&told);
    let is_climb = |it: &String| it.contains("../") || it.contains("%2e%2e%2f");
    // Who looks its pages up in a table opens no file.
    let opens = name != "right/names_from_a_table";
    assert_eq!(requests.iter().any(is_climb), opens, "{requests:?}");
}

#[rstest]
#[case("/../plain", "/../plain")]
#[case("/a/%2E%2e/./b//", "/a/%2E%2e/./b//")]
#[case("/a b#top", "/a%20b")]
fn a_path_is_sent_as_it_was_typed(#[case] typed: &str, #[case] sent: &str) {
    let app = "\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']
";
    let (code, told) = checked(app, &["--path", typed], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
    let first = format!("GET {sent}");
    assert_eq!(requests(&told)[0], first);
}
