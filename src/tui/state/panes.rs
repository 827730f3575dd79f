//! The panes, and what is remembered of each.

/// The panes of a lesson, in the order Tab goes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    Lesson,
    Source,
    Environ,
    Response,
    Requests,
    Timeline,
}

impl Pane {
    pub const ALL: [Self; 6] = [
        Self::Lesson,
        Self::Source,
        Self::Environ,
        Self::Response,
        Self::Requests,
        Self::Timeline,
    ];

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Source => "source",
            Self::Environ => "environ",
            Self::Response => "response",
            Self::Requests => "requests",
            Self::Timeline => "timeline",
        }
    }
}

/// Lines scrolled, for each pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll([usize; 6]);

impl Scroll {
    #[must_use]
    pub fn of(&self, pane: Pane) -> usize {
        self.0[pane as usize]
    }

    pub fn set(&mut self, pane: Pane, lines: usize) {
        self.0[pane as usize] = lines;
    }
}

/// How a response is shown, in the order the key goes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyView {
    /// Status, headers, and the body as text.
    Text,
    /// The body as a browser would show it.
    Page,
    /// The body's bytes.
    Hex,
    /// All bytes of the exchange, in both directions.
    Wire,
}

impl BodyView {
    /// What the pane is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Text => "response",
            Self::Page => "response: page",
            Self::Hex => "response: hex",
            Self::Wire => "response: wire",
        }
    }
}
