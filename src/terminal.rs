//! What a terminal must be able to show, and which colours suit it.

/// The smallest terminal that the panes fit into: columns and rows.
pub const SMALLEST: (u16, u16) = (60, 16);

/// What can be asked for on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ThemeName {
    /// What COLORFGBG says, else the terminal's own colours
    Auto,
    Dark,
    Light,
    /// The terminal's own sixteen colours
    Terminal,
}

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Dark,
    Light,
    /// The terminal's own sixteen colours, which suit its background.
    Terminal,
    /// No colour at all (<https://no-color.org>).
    Mono,
}

impl Theme {
    /// The theme that was asked for; `no_color` and `colorfgbg` are the environment variables of
    /// these names.
    pub fn choose(name: ThemeName, no_color: Option<&str>, colorfgbg: Option<&str>) -> Self {
        if no_color.is_some_and(|value| !value.is_empty()) {
            return Self::Mono;
        }
        match name {
            ThemeName::Dark => Self::Dark,
            ThemeName::Light => Self::Light,
            ThemeName::Terminal => Self::Terminal,
            ThemeName::Auto => match background(colorfgbg) {
                Some(7 | 9..=15) => Self::Light,
                Some(_) => Self::Dark,
                None => Self::Terminal,
            },
        }
    }

    /// The next one, for the key that changes it.
    pub fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Terminal,
            Self::Terminal => Self::Dark,
            Self::Mono => Self::Mono,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Terminal => "the terminal's own",
            Self::Mono => "none (NO_COLOR)",
        }
    }
}

/// The number of the background colour in `COLORFGBG`, as `15;0` or `15;default;0`.
fn background(colorfgbg: Option<&str>) -> Option<u8> {
    colorfgbg?.rsplit(';').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Theme, ThemeName};

    #[rstest]
    #[case(ThemeName::Auto, None, None, Theme::Terminal)]
    #[case(ThemeName::Auto, None, Some("15;0"), Theme::Dark)]
    #[case(ThemeName::Auto, None, Some("0;default;15"), Theme::Light)]
    #[case(ThemeName::Auto, Some(""), Some("nonsense"), Theme::Terminal)]
    #[case(ThemeName::Light, None, Some("15;0"), Theme::Light)]
    #[case(ThemeName::Light, Some("1"), None, Theme::Mono)]
    fn chooses(
        #[case] name: ThemeName,
        #[case] no_color: Option<&str>,
        #[case] colorfgbg: Option<&str>,
        #[case] expected: Theme,
    ) {
        assert_eq!(Theme::choose(name, no_color, colorfgbg), expected);
    }
}
