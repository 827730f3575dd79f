//! Every mistake is found in apps that make it, on its line, and nothing is found in apps that are
//! right: the cases of `tests/mistakes`, each run for real.

pub mod case;
mod fixes;

use std::collections::BTreeMap;

use case::{Case, Found, Sent, all};
use rstest::rstest;
use serde_json::Value;
use wsgi_tutor::diagnosis::Mistake;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, all_of};

/// Wrong apps for each mistake, and right ones.
const WRONG: usize = 3;
const RIGHT: usize = 40;

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn each_mistake_is_found_on_its_line_and_nothing_else(#[case] engine: Engine) {
    all_of(&all(), |case| Vec::from_iter(examine(case, engine)));
}

#[test]
fn there_are_enough_cases() {
    // What only check finds has its apps in the tests of check.
    let of_exchange = Mistake::ALL
        .iter()
        .filter(|it| !Mistake::OF_CHECK.contains(it));
    let mut counts: BTreeMap<&str, usize> = of_exchange.map(|it| (it.slug(), 0)).collect();
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

/// What was found is not what was expected, or a fix is no good.
fn examine(case: &Case, engine: Engine) -> Option<String> {
    if case.system_only && engine != SYSTEM {
        return None;
    }
    let (_, diagnoses) = run(&case.source, &case.sent, &case.options, engine);
    let found = names(&diagnoses);
    if found != case.expected {
        let Case { name, expected, .. } = case;
        return Some(format!(
            "{name} under {engine}:\n  expected {expected:?}\n  found    {found:?}"
        ));
    }
    fixes::examine(case, &diagnoses, engine)
}

/// Runs a source with options of `run`, and sends it requests: the answers, and the diagnoses.
pub fn run(
    source: &str,
    sends: &[Sent],
    options: &[(&'static str, String)],
    engine: Engine,
) -> (Vec<String>, Vec<Value>) {
    let mut plan = Tutor::run("app.py", &[("app.py", source)]).engine(engine);
    for (option, value) in options {
        plan = plan.option(option, value);
    }
    ask(&plan.start(), sends)
}

/// What a tutor that has just started answers and diagnoses, when it loads the app and when it is
/// sent requests.
fn ask(tutor: &Tutor, sends: &[Sent]) -> (Vec<String>, Vec<Value>) {
    let loaded = tutor.told("reloaded");
    let (mut answers, mut diagnoses) = (Vec::new(), Vec::new());
    take(&loaded, &mut diagnoses);
    if loaded["error"].is_null() {
        for sent in sends {
            let mut client = tutor.connect();
            client.send(&sent.bytes);
            if sent.leaves {
                client.until(b"\r\n\r\n");
                drop(client);
            } else {
                let answer = client.rest_unless_reset().unwrap_or_default();
                answers.push(without_date(&answer));
            }
            take(&tutor.exchange(), &mut diagnoses);
        }
    }
    (answers, diagnoses)
}

/// An answer as text, without what is another at another time.
fn without_date(answer: &[u8]) -> String {
    let answer = String::from_utf8_lossy(answer);
    let lines = answer
        .split("\r\n")
        .filter(|line| !line.starts_with("Date: "));
    lines.collect::<Vec<_>>().join("\r\n")
}

fn take(line: &Value, diagnoses: &mut Vec<Value>) {
    diagnoses.extend(line["diagnoses"].as_array().into_iter().flatten().cloned());
}

/// The names of mistakes and their lines, each once.
pub fn names(diagnoses: &[Value]) -> Vec<Found> {
    let name = |diagnosis: &Value| {
        let slug = diagnosis["slug"].as_str().unwrap().to_owned();
        (slug, diagnosis["line"].as_u64())
    };
    let mut found: Vec<Found> = diagnoses.iter().map(name).collect();
    found.sort();
    found.dedup();
    found
}
