//! The groups in which the keys of environ are shown.

/// The groups, in their order.
pub const ENVIRON_GROUPS: [&str; 4] = ["Request line", "Headers", "Connection and server", "WSGI"];

/// The place of a key's group.
pub fn environ_group(key: &str) -> usize {
    match key {
        "REQUEST_METHOD" | "SCRIPT_NAME" | "PATH_INFO" | "QUERY_STRING" | "SERVER_PROTOCOL" => 0,
        "CONTENT_TYPE" | "CONTENT_LENGTH" => 1,
        key if key.starts_with("HTTP_") => 1,
        key if key.starts_with("wsgi.") => 3,
        _ => 2,
    }
}
