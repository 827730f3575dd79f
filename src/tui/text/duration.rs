//! How long something took, as a person says it.

/// `12.3 ms`, and from a second on `10.0 s`.
pub fn duration(us: u64) -> String {
    let (unit, name) = if us < 1_000_000 {
        (1_000, "ms")
    } else {
        (1_000_000, "s")
    };
    format!("{}.{} {name}", us / unit, us % unit / (unit / 10))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::duration;

    #[rstest]
    #[case(0, "0.0 ms")]
    #[case(950, "0.9 ms")]
    #[case(999_999, "999.9 ms")]
    #[case(1_000_000, "1.0 s")]
    #[case(10_040_000, "10.0 s")]
    fn is_short(#[case] us: u64, #[case] expected: &str) {
        assert_eq!(duration(us), expected);
    }
}
