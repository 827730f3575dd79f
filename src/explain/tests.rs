use rstest::rstest;

use super::{WIDTH, everything, explain, slugs};
use crate::glossary;

fn terms() -> impl Iterator<Item = &'static glossary::Term> {
    glossary::term_groups().iter().flat_map(|it| &it.terms)
}

#[test]
fn everything_that_is_listed_is_explained_within_the_width() {
    let listed = everything();
    let keys = glossary::groups()
        .iter()
        .flat_map(|group| group.entries.iter().map(|entry| entry.key.as_str()));
    let names = terms().map(|term| term.name.as_str());
    for name in keys.chain(names).chain(slugs()) {
        assert!(listed.contains(name), "{name}");
        let text = explain(name).unwrap();
        assert!(text.starts_with(&format!("{name}\n")), "{text}");
        for line in text.lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
            assert_eq!(line.trim_end(), line, "{text}");
        }
    }
    assert!(listed.lines().all(|line| line.chars().count() <= WIDTH));
}

#[test]
fn no_mistake_hides_a_key_or_a_term() {
    for slug in slugs() {
        assert!(glossary::look_up(slug).is_none(), "{slug}");
        assert!(glossary::find_term(slug).is_none(), "{slug}");
    }
}

#[test]
fn whatever_a_term_refers_to_is_explained_by_that_name() {
    for term in terms() {
        for name in &term.see {
            let text = explain(name).unwrap_or_else(|error| panic!("{}: {error}", term.name));
            assert!(
                text.starts_with(&format!("{name}\n")),
                "{}: {name}",
                term.name
            );
        }
    }
}

#[test]
fn a_term_has_its_example_and_says_where_to_read_on() {
    let text = explain("304").unwrap();
    assert_eq!(
        text,
        "304\n\n\
         304 Not Modified: the copy that the browser has is still good. It answers a\n\
         request that has If-None-Match or If-Modified-Since. It has no body, so return\n\
         an empty list.\n\n\
         see also  HTTP_IF_NONE_MATCH, HTTP_IF_MODIFIED_SINCE, body-on-no-body-status\n\
         source    RFC 9110, section 15.4.5\n"
    );
    let text = explain("$_SERVER").unwrap();
    assert!(
        text.contains("\n\n    method = environ['REQUEST_METHOD']\n\n"),
        "{text}"
    );
}

/// A header and its key of environ differ in nothing but the signs between the words.
#[rstest]
#[case("Content-Length", "Content-Length")]
#[case("content-type", "Content-Type")]
#[case("CONTENT_LENGTH", "CONTENT_LENGTH")]
#[case("query string", "query string")]
#[case("QUERY_STRING", "QUERY_STRING")]
#[case("cookie", "cookie")]
#[case("http_cookie", "HTTP_COOKIE")]
#[case("user-agent", "HTTP_USER_AGENT")]
#[case("input", "wsgi.input")]
fn a_word_is_a_key_as_it_is_written_then_a_term_then_a_key(#[case] word: &str, #[case] name: &str) {
    let text = explain(word).unwrap();
    assert_eq!(text.lines().next(), Some(name));
}

#[test]
fn a_word_nobody_knows_is_told_with_names_that_are_alike() {
    for (word, expected) in [
        (
            "PATH_IFNO",
            "no entry for 'PATH_IFNO'; did you mean PATH_INFO?",
        ),
        (
            "body-is-string",
            "no entry for 'body-is-string'; did you mean body-is-str?",
        ),
        (
            "start-respones",
            "no entry for 'start-respones'; did you mean start_response?",
        ),
        (
            "xyzzy\u{1b}",
            "no entry for 'xyzzy\\x1b'; 'wsgi-tutor explain' lists what is",
        ),
    ] {
        assert_eq!(explain(word).unwrap_err().to_string(), expected);
    }
}

#[test]
fn any_header_is_explained() {
    let text = explain("X-Anything").unwrap_err().to_string();
    assert!(text.starts_with("no entry for"), "{text}");
    let text = explain("HTTP_X_ANYTHING").unwrap();
    assert!(text.starts_with("HTTP_X_ANYTHING, like every HTTP_*\n"));
}
