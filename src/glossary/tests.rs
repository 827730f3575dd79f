use std::collections::HashSet;

use rstest::rstest;

use super::term::{self, terms};
use super::{
    FILES, entries, find, find_term, group, groups, look_up, most_alike, names, term_groups,
};

#[test]
fn every_file_is_well_formed() {
    for file in FILES {
        if let Err(error) = group(file) {
            panic!("{error}");
        }
    }
    assert_eq!(groups().len(), FILES.len());
}

#[test]
fn every_field_says_something_and_says_it_shortly() {
    for group in groups() {
        assert!(!group.title.is_empty());
        for entry in &group.entries {
            let php = entry.php.as_deref().unwrap_or("none");
            for (field, most) in [
                (entry.key.as_str(), 32),
                (&entry.text, 200),
                (&entry.section, 80),
                (php, 72),
                (&entry.example, 60),
                (&entry.forge, 76),
                (&entry.absent, 76),
                (&entry.empty, 76),
            ] {
                let length = field.chars().count();
                assert!((1..=most).contains(&length), "{}: {field}", entry.key);
                assert_eq!(field.trim(), field, "{}", entry.key);
                assert!(!field.contains('\n'), "{}: {field}", entry.key);
            }
            assert!(entry.text.ends_with('.'), "{}", entry.key);
            // Examples and answers go on in a line; only the text is sentences.
            for field in [&entry.forge, &entry.absent, &entry.empty, &entry.section] {
                assert!(!field.ends_with('.'), "{}: {field}", entry.key);
            }
        }
    }
}

#[test]
fn each_answer_begins_with_its_answer() {
    let first = |text: &str| {
        let end = text.find(|letter: char| !letter.is_alphabetic());
        text[..end.unwrap_or(text.len())].to_owned()
    };
    for entry in entries() {
        let key = &entry.key;
        let forge = first(&entry.forge);
        assert!(["yes", "no", "partly"].contains(&forge.as_str()), "{key}");
        let absent = first(&entry.absent);
        let known = ["never", "when", "here", "nearly", "from", "for"];
        assert!(known.contains(&absent.as_str()), "{key}: {absent}");
        let empty = first(&entry.empty);
        assert!(["yes", "no", "here"].contains(&empty.as_str()), "{key}");
    }
}

#[test]
fn no_key_is_explained_twice() {
    let mut seen = HashSet::new();
    for entry in entries() {
        assert!(seen.insert(&entry.key), "{}", entry.key);
    }
}

#[test]
fn a_section_names_its_standard() {
    // RFC 3875, section 4.1: the keys CGI defined.
    for (key, section) in [
        ("AUTH_TYPE", 1),
        ("CONTENT_LENGTH", 2),
        ("CONTENT_TYPE", 3),
        ("GATEWAY_INTERFACE", 4),
        ("PATH_INFO", 5),
        ("PATH_TRANSLATED", 6),
        ("QUERY_STRING", 7),
        ("REMOTE_ADDR", 8),
        ("REMOTE_HOST", 9),
        ("REMOTE_USER", 11),
        ("REQUEST_METHOD", 12),
        ("SCRIPT_NAME", 13),
        ("SERVER_NAME", 14),
        ("SERVER_PORT", 15),
        ("SERVER_PROTOCOL", 16),
        ("SERVER_SOFTWARE", 17),
        ("HTTP_*", 18),
    ] {
        let entry = find(key).unwrap();
        let wanted = format!("RFC 3875, section 4.1.{section}");
        assert!(entry.section.ends_with(&wanted), "{key}: {}", entry.section);
    }
    // PEP 3333 has no numbers; these are its headings.
    let headings = [
        "environ Variables",
        "Input and Error Streams",
        "Thread Support",
        "URL Reconstruction",
        "Unicode Issues",
        "Optional Platform-Specific File Handling",
        "HTTP 1.1 Expect/Continue",
        "Other HTTP Features",
    ];
    for entry in entries() {
        for part in entry.section.split("; ") {
            if let Some(named) = part.strip_prefix("PEP 3333, ") {
                let known = named.split(" and ").all(|name| headings.contains(&name));
                assert!(known || headings.contains(&named), "{}: {part}", entry.key);
            }
        }
    }
}

#[rstest]
#[case("PATH_INFO", Some("PATH_INFO"))]
#[case("HTTP_COOKIE", Some("HTTP_COOKIE"))]
#[case("HTTP_X_ANYTHING", Some("HTTP_*"))]
#[case("wsgi.input", Some("wsgi.input"))]
#[case("path_info", None)]
#[case("SPAM", None)]
fn finds_a_key(#[case] key: &str, #[case] entry: Option<&str>) {
    assert_eq!(find(key).map(|found| found.key.as_str()), entry);
}

#[rstest]
#[case("path_info", Some("PATH_INFO"))]
#[case("cookie", Some("HTTP_COOKIE"))]
#[case("User-Agent", Some("HTTP_USER_AGENT"))]
#[case("Content-Length", Some("CONTENT_LENGTH"))]
#[case("input", Some("wsgi.input"))]
#[case("WSGI.Input", Some("wsgi.input"))]
#[case("http_*", Some("HTTP_*"))]
#[case("http_x_anything", Some("HTTP_*"))]
#[case("spam", None)]
#[case("", None)]
fn looks_up_what_somebody_types(#[case] word: &str, #[case] entry: Option<&str>) {
    assert_eq!(look_up(word).map(|found| found.key.as_str()), entry);
}

#[test]
fn offers_names_that_are_alike() {
    let near = |word| most_alike(word, names());
    assert_eq!(near("PATH_IFNO").first(), Some(&"PATH_INFO"));
    assert_eq!(near("cokie"), ["cookie", "HTTP_COOKIE"]);
    assert_eq!(near("wsgi.imput").first(), Some(&"wsgi.input"));
    assert!(near("xyzzy").is_empty());
}

#[test]
fn every_file_of_terms_is_well_formed() {
    for file in term::FILES {
        if let Err(error) = term::group(file) {
            panic!("{error}");
        }
    }
    assert_eq!(term_groups().len(), term::FILES.len());
}

#[test]
fn a_term_is_told_in_a_few_short_sentences() {
    for group in term_groups() {
        assert!(!group.title.is_empty());
        for term in &group.terms {
            let name = &term.name;
            let length = term.text.chars().count();
            assert!((60..=420).contains(&length), "{name}: {length} characters");
            assert!(term.text.ends_with(['.', '?']), "{name}");
            for field in term.see.iter().chain([name, &term.source]) {
                let length = field.chars().count();
                assert!((1..=70).contains(&length), "{name}: {field}");
                assert_eq!(field.trim(), field, "{name}");
            }
            assert!(!term.source.ends_with('.'), "{name}");
            assert!(!term.see.is_empty(), "{name} refers to nothing");
            assert!(!term.see.contains(name), "{name} refers to itself");
            for line in term.example.lines() {
                assert!(line.chars().count() <= 72, "{name}: {line}");
            }
        }
    }
}

#[test]
fn no_two_terms_share_a_name() {
    let mut seen = HashSet::new();
    for term in terms() {
        for name in std::iter::once(&term.name).chain(&term.also) {
            assert!(seen.insert(name.to_lowercase()), "{name}");
            assert_eq!(find_term(name), Some(term), "{name}");
        }
    }
}

#[test]
fn a_section_of_a_term_names_a_heading_of_the_standard() {
    let headings = [
        "Preface for Readers of PEP 333",
        "Original Rationale and Goals (from PEP 333)",
        "Specification Overview",
        "The Application/Framework Side",
        "The Server/Gateway Side",
        "Middleware: Components that Play Both Sides",
        "Specification Details",
        "environ Variables",
        "The start_response() Callable",
        "Buffering and Streaming",
        "The write() Callable",
        "Unicode Issues",
        "Error Handling",
        "Thread Support",
    ];
    for term in terms() {
        for part in term.source.split("; ") {
            let named = part.strip_prefix("PEP 3333, ");
            assert!(
                named.is_none_or(|it| headings.contains(&it)),
                "{}: {part}",
                term.name
            );
        }
    }
}

#[rstest]
#[case("START_RESPONSE", Some("start_response"))]
#[case("start response", Some("start_response"))]
#[case("Generators", Some("generator"))]
#[case("bytes", Some("bytes"))]
#[case("statuses", None)]
#[case("404 not found", Some("404"))]
#[case("iso-8859-1", Some("latin-1"))]
#[case("close", Some("close()"))]
#[case("Application()", Some("application"))]
#[case("header", Some("header"))]
#[case("header()", Some("header()"))]
#[case("setcookie", Some("setcookie()"))]
#[case("POST", Some("POST"))]
#[case("_POST", Some("$_POST"))]
#[case("$_post", Some("$_POST"))]
#[case("127.0.0.1", Some("localhost"))]
#[case("application/x-www-form-urlencoded", Some("urlencoded"))]
#[case("spam", None)]
#[case("", None)]
#[case("$", None)]
#[case("()", None)]
#[case("s", None)]
fn finds_a_term(#[case] word: &str, #[case] name: Option<&str>) {
    assert_eq!(find_term(word).map(|term| term.name.as_str()), name);
}
