//! The course and `check` agree: the last solution of each lesson gets no error and no warning, and
//! each solution before it only what a later step of its lesson is about.

use rstest::rstest;
use serde_json::Value;
use wsgi_tutor::lesson::Catalogue;

use crate::check::check;
#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM};

/// For a lesson and a step, the mistakes that a later step of the lesson is about.
const LATER: &[(&str, &str, &[&str])] = &[
    ("basic-response", "what-was-asked", &["path-not-decoded"]),
    ("basic-response", "several-blocks", &["path-not-decoded"]),
    ("basic-response", "an-instance", &["path-not-decoded"]),
    ("basic-response", "a-class", &["path-not-decoded"]),
    (
        "form-post",
        "the-old-code",
        &["content-length-empty", "html-unescaped"],
    ),
    (
        "form-post",
        "from-text-to-fields",
        &[
            "content-length-empty",
            "html-unescaped",
            "parse-qs-blank",
            "raised-before-start",
        ],
    ),
    (
        "form-post",
        "the-blank-field",
        &["html-unescaped", "raised-before-start"],
    ),
    ("form-post", "any-name", &["html-unescaped"]),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn solutions_make_only_the_mistakes_of_later_steps(#[case] engine: Engine) {
    let catalogue = Catalogue::embedded().unwrap();
    for lesson in &catalogue.lessons {
        let solved = lesson.steps.iter();
        let solved = solved.filter_map(|step| Some((step, step.solution.as_deref()?)));
        let mut expected: &[&str] = &[];
        for (step, solution) in solved {
            let output = check(&[("app.py", solution)], &["app.py", "--json"], engine);
            let told: Value = serde_json::from_slice(&output.stdout).unwrap();
            let diagnoses = told["diagnoses"].as_array().unwrap().iter();
            let grave = diagnoses.filter(|it| it["severity"] != "note");
            let mut found: Vec<&str> = grave.map(|it| it["slug"].as_str().unwrap()).collect();
            found.sort_unstable();
            found.dedup();
            let later = LATER
                .iter()
                .find(|(of, id, _)| *of == lesson.name && *id == step.id);
            expected = later.map_or(&[], |(.., slugs)| slugs);
            assert_eq!(
                found, expected,
                "{} {} under {engine}",
                lesson.name, step.id
            );
        }
        assert!(expected.is_empty(), "the last solution of {}", lesson.name);
    }
}
