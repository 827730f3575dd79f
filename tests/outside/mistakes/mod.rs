//! Every mistake is found in apps that make it, on its line, and nothing is found in apps that are
//! right: the cases of `tests/mistakes`, each run for real.

pub mod case;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use case::{Case, Found, Sent, all};
use rstest::rstest;
use serde_json::Value;
use wsgi_tutor::diagnosis::Explanation;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor};

/// Tutors that run at once: more would wait for each other.
const AT_ONCE: usize = 3;
/// Wrong apps for each mistake, and right ones.
const WRONG: usize = 3;
const RIGHT: usize = 40;

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn each_mistake_is_found_on_its_line_and_nothing_else(#[case] engine: Engine) {
    let cases = all();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(what) = examine(case, engine) {
                        wrong.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_cases() {
    let mut counts: BTreeMap<&str, usize> = Explanation::slugs().map(|slug| (slug, 0)).collect();
    let cases = all();
    let mut right = 0;
    for case in &cases {
        let Some(slug) = case.slug() else {
            right += 1;
            assert!(case.expected.is_empty(), "{}", case.name);
            continue;
        };
        let count = counts.get_mut(slug);
        *count.unwrap_or_else(|| panic!("nothing explains {slug}")) += 1;
        assert_eq!(case.expected.len(), 1, "{}", case.name);
        assert_eq!(case.expected[0].0, slug, "{}", case.name);
    }
    counts.retain(|_, count| *count < WRONG);
    assert!(counts.is_empty(), "too few wrong apps: {counts:?}");
    assert!(right >= RIGHT, "{right} right apps are too few");
}

/// What was found is not what was expected.
fn examine(case: &Case, engine: Engine) -> Option<String> {
    if case.system_only && engine != SYSTEM {
        return None;
    }
    let tutor = Tutor::run("app.py", &[("app.py", &case.source)])
        .engine(engine)
        .start();
    if case.slug() == Some("import-cgi") && has_cgi(&tutor) {
        return None;
    }
    let found = found(&tutor, &case.sent);
    (found != case.expected).then(|| {
        let Case { name, expected, .. } = case;
        format!("{name} under {engine}:\n  expected {expected:?}\n  found    {found:?}")
    })
}

/// What a tutor that has just started diagnoses, when it loads the app and when it is sent requests.
pub fn found(tutor: &Tutor, sends: &[Sent]) -> Vec<Found> {
    let loaded = tutor.told("reloaded");
    let mut found = Vec::new();
    take(&loaded, &mut found);
    if loaded["error"].is_null() {
        for sent in sends {
            let mut client = tutor.connect();
            client.send(&sent.bytes);
            if sent.leaves {
                client.until(b"\r\n\r\n");
                drop(client);
            } else {
                client.rest_unless_reset();
            }
            take(&tutor.exchange(), &mut found);
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The module cgi was there until Python 3.12.
pub fn has_cgi(tutor: &Tutor) -> bool {
    let version = tutor.serving["python"]["version"].as_str().unwrap();
    let minor = version.split('.').nth(1).unwrap().parse::<u32>().unwrap();
    minor < 13
}

fn take(line: &Value, found: &mut Vec<Found>) {
    for diagnosis in line["diagnoses"].as_array().into_iter().flatten() {
        let slug = diagnosis["slug"].as_str().unwrap().to_owned();
        found.push((slug, diagnosis["line"].as_u64()));
    }
}
