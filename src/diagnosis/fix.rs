//! What to write instead: the learner's own lines, mended, or an example where they cannot be.

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::edit::Edit;
use super::finding::{Finding, Remedy};
use super::source::{Source, Trees, binds_tightly, is_tight_expression};
use super::spot::Spot;

/// What is offered for a mistake.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Fix {
    /// The learner's own lines as they should be: put in their place, the mistake is gone and all
    /// else is as it was.
    Instead(Edit),
    /// Code that shows the way, and is not the learner's own.
    Example(String),
    #[default]
    None,
}

impl Fix {
    /// What it is called, and the code; nothing where there is none.
    pub fn shown(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Instead(edit) => Some(("instead", edit.dedented())),
            Self::Example(code) => Some(("for example", code.clone())),
            Self::None => None,
        }
    }
}

/// What is offered for a finding.
pub fn of(finding: &Finding, trees: &Trees<'_>) -> Fix {
    let explanation = finding.mistake.explanation();
    match &finding.remedy {
        Remedy::Nothing => Fix::None,
        Remedy::Edit(edit) => Fix::Instead(edit.clone()),
        Remedy::Example(code) => Fix::Example(code.clone()),
        Remedy::Explained => {
            let patched = explanation.patch.as_deref().and_then(|patch| {
                let spot = finding.spot.as_ref()?;
                replaced(spot, trees, |code| filled_in(patch, code))
            });
            match patched {
                Some(edit) => Fix::Instead(edit),
                None => Fix::Example(explanation.fix.trim_matches('\n').to_owned()),
            }
        }
    }
}

/// A line in which the code at a spot is another one. Nothing where that goes on in the next line.
pub fn replaced(
    spot: &Spot,
    trees: &Trees<'_>,
    change: impl FnOnce(&str) -> Option<String>,
) -> Option<Edit> {
    rewritten(trees.source(&spot.file)?, spot, change)
}

/// The same, where the source is known.
pub fn rewritten(
    source: &Source,
    spot: &Spot,
    change: impl FnOnce(&str) -> Option<String>,
) -> Option<Edit> {
    let (from, to) = spot.columns?;
    let line = source.line(spot.line);
    let at = |column: u32| {
        let before = line.chars().take(column.saturating_sub(1) as usize);
        before.map(char::len_utf8).sum::<usize>()
    };
    let (from, to) = (at(from), at(to));
    let made = change(line.get(from..to)?)?;
    let start = source.start_of(spot.line);
    let place = |at: usize| TextSize::try_from(start + at).ok();
    let piece = TextRange::new(place(from)?, place(to)?);
    Edit::replacing(source, &spot.file, piece, &made)
}

/// The lines of an expression that is text, with its bytes in UTF-8 in its place.
pub fn encoded(source: &Source, file: &str, text: &Expr) -> Option<Edit> {
    let code = format!("{}.encode('utf-8')", with_parentheses(source, text));
    Edit::replacing(source, file, text.range(), &code)
}

/// The code of an expression on which a method can be called: in parentheses where it needs them.
pub fn with_parentheses(source: &Source, expr: &Expr) -> String {
    let code = source.code(expr);
    if binds_tightly(expr) {
        code.to_owned()
    } else {
        format!("({code})")
    }
}

/// A patch with the code in the place of `{code}`, without parentheses where it needs none.
fn filled_in(patch: &str, code: &str) -> Option<String> {
    let made = if is_tight_expression(code)? {
        patch.replace("({code})", code)
    } else {
        patch.to_owned()
    };
    Some(made.replace("{code}", code))
}
