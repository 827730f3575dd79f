//! What each kind of thing looks like. Colour is never the only sign: under `NO_COLOR` everything
//! can still be told apart.

use ratatui::style::{Color, Modifier, Style};

use super::highlight::Token;
pub use crate::terminal::{Theme, ThemeName};

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

/// How the text of a link looks that would look like this otherwise.
pub fn linked(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED)
}
