use std::collections::HashSet;

use rstest::rstest;

use super::{FILES, entries, find, group, groups, look_up, near};

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
    assert_eq!(near("PATH_IFNO").first(), Some(&"PATH_INFO"));
    assert_eq!(near("cokie").first(), Some(&"HTTP_COOKIE"));
    assert_eq!(near("wsgi.imput").first(), Some(&"wsgi.input"));
    assert!(near("xyzzy").is_empty());
}
