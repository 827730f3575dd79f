//! A fix that is offered for a wrong app is put into it: the mistake is gone, no other has come,
//! and all answers are those of the app's mended twin.

use serde_json::Value;

use super::case::Case;
use super::run;
use crate::support::Engine;

/// What is wrong with the fixes that came with these diagnoses.
pub fn examine(case: &Case, diagnoses: &[Value], engine: Engine) -> Option<String> {
    let slug = case.slug()?;
    let offered = diagnoses.iter().filter(|it| it["slug"] == slug);
    let fix = offered.map(|it| &it["fix"]).find(|it| !it.is_null())?;
    let name = &case.name;
    let Some(twin) = case.mended() else {
        return Some(format!("{name} gets a fix and has no mended twin: {fix}"));
    };
    let fixed = applied(&case.source, fix);
    let (got, found) = run(&fixed, &case.sent, &case.options, engine);
    let (wanted, _) = run(&twin, &case.sent, &case.options, engine);
    let found = super::names(&found);
    (!found.is_empty() || got != wanted).then(|| {
        format!(
            "{name} under {engine} with its fix:\n  found    {found:?}\n  answered {}\n  the twin {}\n{fixed}",
            shown(&got),
            shown(&wanted)
        )
    })
}

/// The source with the lines of a fix in the place of those it replaces.
fn applied(source: &str, fix: &Value) -> String {
    let number = |key: &str| usize::try_from(fix[key].as_u64().unwrap()).unwrap();
    let (first, last) = (number("line"), number("end_line"));
    let mut lines: Vec<&str> = source.lines().collect();
    lines.splice(first - 1..last, [fix["text"].as_str().unwrap()]);
    lines.join("\n") + "\n"
}

fn shown(answers: &[String]) -> String {
    answers.join(" | ").escape_debug().to_string()
}
