//! Headers, by their names.

/// The value of the first header of this name, in whatever case (RFC 9110, section 5.1).
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::header;

    #[rstest]
    #[case("content-TYPE", Some("text/html"))]
    #[case("X-Twice", Some("1"))]
    #[case("Content", None)]
    #[case("X-Empty", Some(""))]
    fn the_first_header_of_a_name_is_found_in_any_case(
        #[case] name: &str,
        #[case] value: Option<&str>,
    ) {
        let headers = [
            ("Content-Type", "text/html"),
            ("X-Twice", "1"),
            ("x-twice", "2"),
            ("X-Empty", ""),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(header(&headers, name), value);
    }
}
