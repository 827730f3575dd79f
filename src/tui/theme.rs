//! What each kind of thing looks like. Colour is never the only sign: under `NO_COLOR` everything
//! can still be told apart.

use ratatui::style::{Color, Modifier, Style};

use super::highlight::Token;

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

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// Less important than what stands around it.
    Dim,
    Heading,
    Strong,
    /// Code inside a text.
    Code,
    /// A key to press.
    Key,
    Good,
    Bad,
    /// New or changed.
    Fresh,
    Border,
    FocusedBorder,
    Selected,
    Token(Token),
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

    pub fn style(self, role: Role) -> Style {
        let style = Style::new().add_modifier(modifier(role));
        match self.color(role) {
            Some(color) => style.fg(color),
            None => style,
        }
    }

    fn color(self, role: Role) -> Option<Color> {
        let (dark, light, terminal) = match role {
            Role::Plain | Role::Strong | Role::Selected => return None,
            Role::Dim | Role::Token(Token::Comment) => (246, 242, Color::DarkGray),
            // No blue: that of many terminals cannot be read on black.
            Role::Heading | Role::FocusedBorder | Role::Token(Token::Function) => {
                (117, 25, Color::Cyan)
            }
            Role::Code | Role::Token(Token::Number) => (216, 130, Color::Magenta),
            Role::Key | Role::Fresh => (222, 130, Color::Magenta),
            Role::Good | Role::Token(Token::String) => (114, 28, Color::Green),
            Role::Bad => (210, 160, Color::Red),
            Role::Border => (240, 248, Color::DarkGray),
            Role::Token(Token::Keyword) => (176, 90, Color::Magenta),
            Role::Token(Token::Builtin) => (80, 30, Color::Cyan),
        };
        match self {
            Self::Dark => Some(Color::Indexed(dark)),
            Self::Light => Some(Color::Indexed(light)),
            Self::Terminal => Some(terminal),
            Self::Mono => None,
        }
    }
}

fn modifier(role: Role) -> Modifier {
    match role {
        Role::Heading | Role::Strong | Role::Key | Role::Bad | Role::FocusedBorder => {
            Modifier::BOLD
        }
        Role::Selected => Modifier::REVERSED,
        Role::Token(Token::Keyword) => Modifier::BOLD,
        _ => Modifier::empty(),
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
