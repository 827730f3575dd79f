//! Names of headers that are asked for as keys of environ.

use rstest::rstest;

use super::{checked, found};
use crate::support::SYSTEM;

/// An app that gets this value.
fn app(value: &str) -> String {
    format!(
        "def application(environ, start_response):\n    value = {value}\n    \
         start_response('200 OK', [('Content-Type', 'text/plain')])\n    \
         return [str(value).encode('utf-8')]\n"
    )
}

#[rstest]
#[case::of_a_proxy("X-Forwarded-Proto", "HTTP_X_FORWARDED_PROTO")]
#[case::in_lower_case("x-requested-with", "HTTP_X_REQUESTED_WITH")]
#[case::with_underscores("X_FORWARDED_FOR", "HTTP_X_FORWARDED_FOR")]
#[case::in_no_register("Shop-Token", "HTTP_SHOP_TOKEN")]
#[case::registered("accept-language", "HTTP_ACCEPT_LANGUAGE")]
#[case::without_http("Content-Type", "CONTENT_TYPE")]
fn the_name_of_a_header_is_no_key(#[case] key: &str, #[case] right: &str) {
    for value in [
        format!("environ['{key}']"),
        format!("environ.get('{key}', '')"),
    ] {
        let (_, told) = checked(&app(&value), &[], SYSTEM);
        let found = &told["diagnoses"][0];
        assert_eq!(found["slug"], "environ-key-name", "{value}: {told}");
        let message = format!("environ has no '{key}'; the key is '{right}'");
        assert_eq!(found["message"], message);
        let line = format!("    value = {}", value.replace(key, right));
        assert_eq!(found["fix"]["text"], line);
    }
}

#[rstest]
#[case::set_by_somebody("environ.setdefault('X-Shop', 'ada') and environ.get('X-Shop', '')")]
#[case::of_somebody("environ.get('tenant-id', '')")]
#[case::in_capitals("environ.get('X_SENDFILE_ROOT', '')")]
#[case::with_a_dot("environ.get('shop.X-Id', '')")]
fn another_key_is_left_alone(#[case] value: &str) {
    let (code, told) = checked(&app(value), &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()), "{told}");
}

#[rstest]
#[case::attribute("environ.get('HTTP_ACCEPT_LANGUAGE').split(',')")]
#[case::another_line(
    "None\n    value = environ.get('HTTP_ACCEPT_LANGUAGE')\n    value = value.split(',')"
)]
#[case::sum("'you speak ' + environ.get('HTTP_ACCEPT_LANGUAGE')")]
#[case::membership("'de' in environ.get('HTTP_ACCEPT_LANGUAGE')")]
fn none_of_a_missing_header_is_named_and_mended(#[case] value: &str) {
    let (code, told) = checked(&app(value), &[], SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let diagnosis = &told["diagnoses"][0];
    assert_eq!(diagnosis["slug"], "environ-key-optional", "{told}");
    let message = diagnosis["message"].as_str().unwrap();
    let expected = ": environ.get('HTTP_ACCEPT_LANGUAGE') gave None";
    assert!(message.ends_with(expected), "{message}");
    let line = diagnosis["fix"]["text"].as_str().unwrap();
    assert!(
        line.contains("environ.get('HTTP_ACCEPT_LANGUAGE', '')"),
        "{line}"
    );
    let mended = value.replace("GUAGE')", "GUAGE', '')");
    let (code, told) = checked(&app(&mended), &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()), "{told}");
}

#[rstest]
#[case::number("int(environ.get('HTTP_X_COUNT'))", "environ-key-optional")]
#[case::none_of_another("{}.get('HTTP_X_COUNT').strip()", "raised-before-start")]
fn nothing_is_offered_that_would_fail_too(#[case] value: &str, #[case] slug: &str) {
    let (_, told) = checked(&app(value), &[], SYSTEM);
    let diagnosis = &told["diagnoses"][0];
    assert_eq!(
        (&diagnosis["slug"], diagnosis["fix"].is_null()),
        (&slug.into(), true),
        "{told}"
    );
}
