//! What is offered fits the value that was wrong.

use rstest::rstest;

use super::checked;
use crate::support::SYSTEM;

/// An app that answers so.
fn app(status: &str, header: &str) -> String {
    format!(
        "from http import HTTPStatus\nfrom http.cookies import SimpleCookie\n\n\
         jar = SimpleCookie()\njar['name'] = 'Ada'\n\n\
         def application(environ, start_response):\n    \
         start_response({status}, [('Content-Type', 'text/plain'), {header}])\n    return [b'']\n"
    )
}

#[rstest]
#[case::number("404", "", "'404 Not Found'")]
#[case::of_the_library(
    "HTTPStatus.NOT_FOUND",
    "",
    "f'{HTTPStatus.NOT_FOUND.value} {HTTPStatus.NOT_FOUND.phrase}'"
)]
#[case::cookies(
    "'200 OK'",
    "('Set-Cookie', jar)",
    "headers.append(('Set-Cookie', morsel.OutputString()))"
)]
fn it_is_what_was_meant(#[case] status: &str, #[case] header: &str, #[case] expected: &str) {
    let (code, told) = checked(&app(status, header), &[], SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let found = &told["diagnoses"][0];
    let offered = found["fix"]["text"].as_str().or(found["example"].as_str());
    assert!(offered.unwrap_or_default().contains(expected), "{found}");
}
