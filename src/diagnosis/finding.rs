//! A mistake as a rule found it, before it is explained.

use super::Mistake;
use super::edit::Edit;
use super::spot::Spot;

/// A mistake as a rule found it.
#[derive(Debug, Clone)]
pub struct Finding {
    pub mistake: Mistake,
    /// One line with the actual values.
    pub message: String,
    pub spot: Option<Spot>,
    /// The place of what showed it among the events.
    pub at: usize,
    /// Whether nothing has come of it yet.
    pub latent: bool,
    pub remedy: Remedy,
}

/// What is offered instead.
#[derive(Debug, Clone)]
pub enum Remedy {
    /// What the explanation has: its patch where that can be put into the line, or else its
    /// example.
    Explained,
    /// The learner's own lines, mended.
    Edit(Edit),
    /// Other code.
    Example(String),
    /// Nothing that would be of use here.
    Nothing,
}

impl Finding {
    pub fn new(
        mistake: Mistake,
        message: impl Into<String>,
        spot: Option<Spot>,
        at: usize,
    ) -> Self {
        Self {
            mistake,
            message: message.into(),
            spot,
            at,
            latent: false,
            remedy: Remedy::Explained,
        }
    }

    /// The same, with something else offered instead.
    pub fn with(self, remedy: Remedy) -> Self {
        Self { remedy, ..self }
    }

    /// The same, with the learner's own lines mended where that can be done.
    pub fn with_edit(self, edit: Option<Edit>) -> Self {
        match edit {
            Some(edit) => self.with(Remedy::Edit(edit)),
            None => self,
        }
    }

    /// The same, with the learner's own lines mended, or nothing where that cannot be done.
    pub fn with_only_edit(self, edit: Option<Edit>) -> Self {
        self.with(edit.map_or(Remedy::Nothing, Remedy::Edit))
    }

    /// The same, where the repair in the explanation says nothing.
    pub fn without_fix(self) -> Self {
        self.with(Remedy::Nothing)
    }

    /// The same, of which nothing has come yet.
    pub fn latent(self) -> Self {
        Self {
            latent: true,
            ..self
        }
    }
}
