//! The rules: one module for each subject. Each looks at a [`Case`] and says what it found; here it
//! is put in order, and what only follows from something else is left out.

mod another_python;
mod answer;
mod app_calls;
mod body;
mod body_size;
mod breach;
mod buffer;
mod close;
mod context;
mod cookie_path;
mod cookie_replaced;
mod cookies;
mod departed;
mod ended;
mod endless;
mod environ;
mod environ_names;
mod environ_none;
mod form;
mod generator_return;
mod generators;
mod hangs;
mod head;
mod header_list;
mod input;
mod json_form;
mod length;
mod load;
mod look;
mod middleware;
mod misspelt;
mod mounting;
mod none_called;
mod os_environ;
mod page;
mod path;
mod per_process;
mod percent;
mod placeholders;
mod python_two;
mod python_two_values;
mod raised;
mod raw_markup;
mod request_body;
mod shared_values;
mod state;
mod status_text;
mod stream_kept;
mod swallowed;
mod text_and_bytes;
mod threads;
mod thrown;
mod traversal;
mod wrapped;

pub use load::load;

use super::Mistake;
use super::case::Case;
use super::finding::{Finding, Remedy};

type Rule = fn(&Case<'_>) -> Vec<Finding>;

/// What happened in the exchange.
const OF_EVENTS: &[Rule] = &[
    breach::find,
    raised::find,
    ended::find,
    length::find,
    head::find,
    cookies::find,
    cookie_replaced::find,
    answer::find,
    mounting::find,
    app_calls::find,
    body::find,
    page::find,
    input::find,
    endless::find,
    generators::find,
    swallowed::find,
    buffer::find,
    traversal::find,
    request_body::find,
];

/// What stands in lines that ran, and is there to happen one day. These end by themselves when the
/// budget is spent, and what they found before counts.
const OF_SOURCE: &[Rule] = &[
    generator_return::find,
    body_size::find,
    environ::find,
    os_environ::find,
    path::find,
    form::find,
    middleware::find,
    state::find,
    shared_values::find,
    cookie_path::find,
    json_form::find,
    close::find,
    departed::find,
    per_process::find,
];

/// A mistake, and others that it causes or that say less of the same.
const CAUSES: &[(Mistake, &[Mistake])] = &[
    (Mistake::ExcInfoSwallowed, &[Mistake::ExcInfoAfterBody]),
    (
        Mistake::ExcInfoAfterBody,
        &[Mistake::RaisedMidBody, Mistake::RaisedLazily],
    ),
    (
        Mistake::InputReadTwice,
        &[Mistake::InputReadTooMuch, Mistake::InputReadAll],
    ),
    (
        Mistake::MiddlewareEatsInput,
        &[Mistake::InputReadTwice, Mistake::InputReadTooMuch],
    ),
    (
        Mistake::MiddlewareStaleLength,
        &[
            Mistake::ContentLengthCharacters,
            Mistake::ContentLengthTooShort,
            Mistake::ContentLengthTooLong,
        ],
    ),
    (
        Mistake::ContentLengthCharacters,
        &[
            Mistake::ContentLengthTooShort,
            Mistake::ContentLengthTooLong,
        ],
    ),
    (
        Mistake::ParseQsBytes,
        &[Mistake::ParseQsBlank, Mistake::ParseQsList],
    ),
    (Mistake::BodyBytesSplit, &[Mistake::QuerySplitByHand]),
    (Mistake::BodyIsNone, &[Mistake::PrintInApp]),
    (Mistake::PagePrinted, &[Mistake::PrintInApp]),
    (Mistake::AppCalledTwice, &[Mistake::InputReadTwice]),
    (Mistake::CookieOutputName, &[Mistake::HeaderInjection]),
    (Mistake::CookiesInOneHeader, &[Mistake::HeaderInjection]),
    (
        Mistake::PathInfoNotLatin1,
        &[
            Mistake::RaisedBeforeStart,
            Mistake::RaisedLazily,
            Mistake::RaisedMidBody,
        ],
    ),
    (
        Mistake::MiddlewareClassNotInstance,
        &[Mistake::BodyNotIterable],
    ),
    (
        Mistake::MiddlewareRequestLength,
        &[Mistake::RaisedBeforeStart, Mistake::RaisedLazily],
    ),
    (Mistake::GeneratorExitCaught, &[Mistake::CloseRaised]),
    (
        Mistake::IterSentinelStr,
        &[
            Mistake::AppHangs,
            Mistake::ReadWithoutEnd,
            Mistake::InputReadTooMuch,
        ],
    ),
    (
        Mistake::ReadWithoutEnd,
        &[
            Mistake::AppHangs,
            Mistake::InputReadTooMuch,
            Mistake::InputReadTwice,
        ],
    ),
    (
        Mistake::ExceptionSwallowed,
        &[Mistake::BodyIsNone, Mistake::StartResponseMissing],
    ),
    (Mistake::AppSharedInstance, &[Mistake::BodySharedIterator]),
    (Mistake::StatusInterim, &[Mistake::BodyOnNoBodyStatus]),
];

/// The mistakes of an exchange, the earliest first; each once.
pub fn apply(case: &Case<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut take = |findings: Vec<Finding>| {
        for finding in findings {
            if !found.iter().any(|known| known.mistake == finding.mistake) {
                found.push(finding);
            }
        }
    };
    for rule in OF_EVENTS {
        let findings = rule(case);
        // A rule that had no steps left asked and got no answer.
        if case.budget().is_spent() {
            break;
        }
        take(findings);
    }
    for rule in OF_SOURCE {
        if case.budget().is_spent() {
            break;
        }
        take(rule(case));
    }
    let has = |mistake: Mistake| found.iter().any(|known| known.mistake == mistake);
    let caused: Vec<Mistake> = CAUSES
        .iter()
        .filter(|(cause, _)| has(*cause))
        .flat_map(|(_, others)| others.iter().copied())
        .collect();
    found.retain(|finding| !caused.contains(&finding.mistake));
    found.sort_by_key(|finding| finding.at);
    found
}
