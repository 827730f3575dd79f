//! The examples in the explanations do as they say: the wrong one gets its own diagnosis and no
//! other, the right one gets none, not even a note. Each is run for real.

use std::fmt::Write as _;

use rstest::rstest;
use serde_json::Value;
use wsgi_tutor::diagnosis::{Explanation, Mistake};

use crate::check::checked;
use crate::mistakes::case::{Sent, sends};
use crate::mistakes::{names, run};
#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, all_of};

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_wrong_example_gets_its_own_diagnosis_and_a_right_one_none(#[case] engine: Engine) {
    all_of(Mistake::ALL, |mistake| examine(*mistake, engine));
}

/// Where the examples of an explanation get something else than they should.
fn examine(mistake: Mistake, engine: Engine) -> Vec<String> {
    let (slug, explanation) = (mistake.slug(), mistake.explanation());
    let Explanation { wrong, right, .. } = explanation;
    let options = [
        ("--workers", explanation.workers),
        ("--threads", explanation.threads),
    ];
    let options: Vec<(&'static str, String)> = options
        .into_iter()
        .filter_map(|(option, count)| Some((option, count?.to_string())))
        .collect();
    // The embedded Python has no sqlite3.
    if engine != SYSTEM && wrong.contains("import sqlite3") {
        return Vec::new();
    }
    let sends = sends(&comments(&explanation.request));
    let mut results = vec![(
        "right",
        "by check",
        by_check(right, mistake, engine),
        vec![],
    )];
    if !explanation.request.is_empty() {
        let found = by_requests(right, &sends, engine, &options);
        results.push(("right", "by its requests", found, vec![]));
    }
    let (way, found) = if explanation.request.is_empty() {
        ("by check", by_check(wrong, mistake, engine))
    } else {
        let found = by_requests(wrong, &sends, engine, &options);
        ("by its requests", found)
    };
    results.push(("wrong", way, found, vec![slug.to_owned()]));
    results
        .into_iter()
        .filter(|(_, _, found, expected)| found != expected)
        .map(|(which, way, found, _)| format!("{slug} under {engine}, {which}, {way}: {found:?}"))
        .collect()
}

/// The requests of an explanation, as the apps of `tests/mistakes` write theirs.
fn comments(requests: &[String]) -> String {
    let mut comments = String::new();
    for request in requests {
        let mut parts = request.splitn(3, ' ');
        let line: Vec<&str> = parts.by_ref().take(2).collect();
        writeln!(comments, "# send: {}", line.join(" ")).unwrap();
        let Some(form) = parts.next() else { continue };
        let body = if let Some(json) = form.strip_prefix("json ") {
            comments.push_str("# header: Content-Type: application/json\n");
            json
        } else if let Some(chunked) = form.strip_prefix("chunked ") {
            comments.push_str("# chunked\n");
            chunked
        } else {
            form
        };
        writeln!(comments, "# body: {body}").unwrap();
    }
    comments
}

/// The names of what `wsgi-tutor check` finds in an example for this mistake. It may answer 500 or
/// 503 on purpose, which is what some of them are about.
fn by_check(app: &str, mistake: Mistake, engine: Engine) -> Vec<String> {
    let (_, told) = checked(app, &[], engine);
    let diagnoses = told["diagnoses"].as_array().unwrap();
    let slug = |it: &Value| it["slug"].as_str().unwrap().to_owned();
    let slugs = diagnoses.iter().map(slug);
    let is_on_purpose = |it: &String| it == "server-error" && mistake != Mistake::ServerError;
    slugs.filter(|it| !is_on_purpose(it)).collect()
}

fn by_requests(
    app: &str,
    sends: &[Sent],
    engine: Engine,
    options: &[(&'static str, String)],
) -> Vec<String> {
    let (_, diagnoses) = run(app, sends, options, engine);
    let mut slugs: Vec<String> = names(&diagnoses).into_iter().map(|it| it.0).collect();
    slugs.dedup();
    slugs
}
