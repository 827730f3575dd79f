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

/// Where a pane is shown when there is no room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// One of these is shown above.
    Upper,
    /// These are shown below, side by side.
    Lower,
    /// One of these is shown below, in place of those.
    Bottom,
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

    /// What the help calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lesson => "lesson text",
            Self::Source => "source",
            Self::Environ => "environ",
            Self::Response => "response",
            Self::Requests => "requests",
            Self::Timeline => "timeline",
        }
    }

    /// Where it is shown.
    pub fn half(self) -> Half {
        match self {
            Self::Lesson | Self::Source => Half::Upper,
            Self::Environ | Self::Response => Half::Lower,
            Self::Requests | Self::Timeline => Half::Bottom,
        }
    }

    /// The digit on its border, and its key.
    pub const fn number(self) -> usize {
        self as usize + 1
    }
}

/// Lines scrolled, for each pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll([usize; Pane::ALL.len()]);

impl Scroll {
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
    pub fn title(self) -> &'static str {
        match self {
            Self::Text => "response",
            Self::Page => "response: page",
            Self::Hex => "response: hex",
            Self::Wire => "response: wire",
        }
    }
}
