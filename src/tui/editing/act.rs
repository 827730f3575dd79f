//! What the keys ask for in the editor, and what the editor waits for.

use std::path::PathBuf;

use super::moves;
use crate::tui::message::Effect;
use crate::tui::model::Model;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Edit the file here.
    Begin,
    /// From the editor here to the learner's own.
    Outside,
    Save,
    Undo,
    Redo,
    SelectAll,
    Leave,
}

/// What came of something the editor asked for.
#[derive(Debug)]
pub enum News {
    /// A file can be edited here: its text, and a text of it that was never saved.
    Begun {
        file: PathBuf,
        text: String,
        draft: Option<String>,
    },
    /// This text was saved.
    Saved(String),
    /// The text was not saved, for another one stands in the file.
    Clash,
    /// The text could not be saved, and why.
    NotSaved(String),
    /// What stands in the file that is edited.
    ReadAgain(String),
    /// A text that was not saved is kept in a file of its own.
    Kept {
        kept: String,
        leaves: bool,
        quits: bool,
    },
}

/// Does what a key asks for.
pub fn act(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Begin => moves::begin(model),
        Command::Outside => moves::outside(model),
        Command::Save => moves::save(model),
        Command::Undo => moves::undo(model, false),
        Command::Redo => moves::undo(model, true),
        Command::SelectAll => {
            if let Some(editing) = &mut model.editing {
                editing.text.select_all();
            }
            Vec::new()
        }
        Command::Leave => moves::leave(model),
    }
}

/// Takes in what came.
pub fn take(model: &mut Model, news: News) -> Vec<Effect> {
    match news {
        News::Begun { file, text, draft } => return moves::begun(model, file, text, draft),
        News::Saved(text) => return moves::saved(model, text),
        News::Clash => moves::clash(model),
        News::NotSaved(why) => {
            model.leaving = None;
            model.notice = Some(why);
        }
        News::ReadAgain(text) => return moves::reread(model, text),
        News::Kept {
            kept,
            leaves,
            quits,
        } => return moves::kept(model, &kept, leaves, quits),
    }
    Vec::new()
}
