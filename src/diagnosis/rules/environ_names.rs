//! The names of environ's keys: which are those of the standard, which some servers only have, and
//! what a wrong name should have been.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::diagnosis::case::Case;

/// Keys that some server has, and the standard does not know.
const NOT_PORTABLE: &[&str] = &[
    "REQUEST_URI",
    "RAW_URI",
    "UNENCODED_URL",
    "PATH_TRANSLATED",
    "SCRIPT_FILENAME",
    "SCRIPT_URL",
    "SCRIPT_URI",
    "DOCUMENT_ROOT",
    "DOCUMENT_URI",
    "REQUEST_SCHEME",
    "REQUEST_TIME",
    "HTTPS",
    "SERVER_ADDR",
    "SERVER_ADMIN",
    "CONTEXT_DOCUMENT_ROOT",
    "PHP_SELF",
];
const SERVERS: &[&str] = &[
    "gunicorn.",
    "mod_wsgi.",
    "uwsgi.",
    "waitress.",
    "werkzeug.server",
    "bjoern.",
];

/// The keys of the standard.
const STANDARD: &[&str] = &[
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REMOTE_HOST",
    "REMOTE_USER",
    "AUTH_TYPE",
    "GATEWAY_INTERFACE",
    "SERVER_SOFTWARE",
    "wsgi.version",
    "wsgi.url_scheme",
    "wsgi.input",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
    "wsgi.input_terminated",
    "wsgi.file_wrapper",
];

/// Keys of the standard that are asked for by a part of their names.
const PARTS: &[(&str, &str)] = &[("METHOD", "REQUEST_METHOD"), ("QUERY", "QUERY_STRING")];

/// The names of all registered header fields, in lower case.
static FIELD_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let names = include_str!("../../../assets/field-names.txt").lines();
    names.filter(|line| !line.starts_with('#')).collect()
});

/// Headers that are in no register, with underscores: another name of this form may be anybody's.
const UNREGISTERED: &[&str] = &[
    "X_FORWARDED_FOR",
    "X_FORWARDED_HOST",
    "X_FORWARDED_PORT",
    "X_FORWARDED_PROTO",
    "X_REAL_IP",
    "X_REQUESTED_WITH",
];

/// How many letters may be wrong in a name.
const MAX_DISTANCE: usize = 2;
/// A shorter name is near to too many others.
const MIN_LENGTH: usize = 8;

/// Whether some servers only have this key.
pub fn is_not_portable(key: &str) -> bool {
    NOT_PORTABLE.contains(&key) || SERVERS.iter().any(|server| key.starts_with(server))
}

/// What a wrong name of a key should have been. Nothing where the name may be right: that of a
/// registered header or of one that begins with `X-`, or of a key that somebody sets or asks for.
pub fn right_name(case: &Case<'_>, key: &str) -> Option<String> {
    if STANDARD.contains(&key) || case.sets_key(key) || case.asks_for_key(key) {
        return None;
    }
    let plain = key.to_ascii_uppercase().replace('-', "_");
    let header = plain.strip_prefix("HTTP_");
    if let "CONTENT_TYPE" | "CONTENT_LENGTH" = header.unwrap_or(&plain) {
        return (key != header.unwrap_or(&plain)).then(|| header.unwrap_or(&plain).to_owned());
    }
    let as_field = |name: &str| name.to_ascii_lowercase().replace('_', "-");
    let is_known = |name: &str| FIELD_NAMES.contains(as_field(name).as_str());
    if let Some(header) = header {
        if plain != key {
            return Some(plain);
        }
        if is_known(header) || header.starts_with("X_") {
            return None;
        }
        return nearest(&as_field(header), FIELD_NAMES.iter().copied())
            .map(|name| format!("HTTP_{}", name.to_ascii_uppercase().replace('-', "_")));
    }
    let as_header = format!("HTTP_{plain}");
    let is_written_as_header = is_a_header_name(key) || key.contains('-');
    let is_header = is_known(&plain) && is_written_as_header || is_own_header_name(key);
    if case.has_key(&as_header) || is_header {
        return Some(as_header);
    }
    if STANDARD.contains(&plain.as_str()) {
        return Some(plain);
    }
    let dotted = key.to_ascii_lowercase().replacen(['_', '-'], ".", 1);
    if STANDARD.contains(&dotted.as_str()) {
        return Some(dotted);
    }
    if let Some((_, whole)) = PARTS.iter().find(|(part, _)| *part == key) {
        return Some((*whole).to_owned());
    }
    nearest(key, STANDARD.iter().copied()).map(str::to_owned)
}

/// Whether a key is written as the name of a header is: `User-Agent`, `Cookie` or `USER_AGENT`.
/// Middleware calls its own keys otherwise.
fn is_a_header_name(key: &str) -> bool {
    let is_upper = key.chars().all(|it| it.is_ascii_uppercase() || it == '_');
    key.starts_with(|it: char| it.is_ascii_uppercase()) && (!is_upper || key.len() > 4)
}

/// Whether a key can only be meant as the name of a header that is in no register: `X-Token`, or
/// `Shop-Token`, where whoever sets a key of their own would write no capitals between dashes.
fn is_own_header_name(key: &str) -> bool {
    if UNREGISTERED.contains(&key) {
        return true;
    }
    let mut parts = key.split('-');
    let is_word = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric());
    let is_capitalised = |it: &str| it.starts_with(|it: char| it.is_ascii_uppercase());
    key.contains('-')
        && (key.starts_with("x-") && parts.clone().all(is_word)
            || parts.all(|it| is_word(it) && is_capitalised(it)))
}

/// The name that differs from a key in the fewest letters, if there is one and they are few.
fn nearest<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if key.len() < MIN_LENGTH {
        return None;
    }
    let near = names.map(|name| (strsim::osa_distance(name, key), name));
    let near = near.filter(|(distance, _)| *distance <= MAX_DISTANCE);
    near.min().map(|(_, name)| name)
}
