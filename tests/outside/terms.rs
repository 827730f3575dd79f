//! The words of the lessons: whatever a text emphasizes as a new term, or links to, is explained.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use wsgi_tutor::explain::explain;

/// The steps' texts of all lessons.
fn texts() -> Vec<PathBuf> {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let folders = fs::read_dir(lessons).unwrap();
    let steps = folders
        .map(|lesson| lesson.unwrap().path().join("steps"))
        .filter(|steps| steps.is_dir());
    let files = steps.flat_map(|steps| fs::read_dir(steps).unwrap());
    let texts = files.map(|file| file.unwrap().path());
    texts
        .filter(|file| file.extension().is_some_and(|it| it == "md"))
        .collect()
}

/// What stands in emphasis.
fn emphasized(markdown: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    let mut is_inside = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Emphasis) => {
                is_inside = true;
                terms.push(String::new());
            }
            Event::End(TagEnd::Emphasis) => is_inside = false,
            Event::Text(text) | Event::Code(text) if is_inside => {
                terms.last_mut().unwrap().push_str(&text);
            }
            _ => {}
        }
    }
    terms
}

/// The names of the terms, keys and mistakes that links lead to.
fn linked(markdown: &str) -> Vec<String> {
    let links = Parser::new(markdown).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    let known = ["term:", "key:", "mistake:"];
    links
        .filter_map(|link| {
            let name = known.iter().find_map(|kind| link.strip_prefix(kind));
            name.map(str::to_owned)
        })
        .collect()
}

#[test]
fn every_term_of_the_lessons_is_explained() {
    let mut found = 0;
    for file in texts() {
        let markdown = fs::read_to_string(&file).unwrap();
        for word in emphasized(&markdown).into_iter().chain(linked(&markdown)) {
            found += 1;
            let explained = explain(&word);
            assert!(explained.is_ok(), "{}: '{word}'", file.display());
        }
    }
    // The texts have been read.
    assert!(found > 40, "{found}");
}
