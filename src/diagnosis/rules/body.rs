//! Bodies that are legal and still odd.

use super::Finding;
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;

/// So many single characters in a row are no accident.
const MANY: usize = 16;

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    one_character_blocks(case).into_iter().collect()
}

fn one_character_blocks(case: &Case<'_>) -> Option<Finding> {
    let blocks: Vec<_> = case.run.blocks().collect();
    let single = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes);
        text.map_or(bytes.len() == 1, |text| text.chars().count() == 1)
    };
    let (first, one) = *blocks.first()?;
    // Dots that show progress are meant to come one at a time.
    let varied = blocks.iter().any(|(_, bytes)| bytes.kept != one.kept);
    let all = blocks
        .iter()
        .all(|(_, bytes)| bytes.kept.is_empty() || single(&bytes.kept));
    if blocks.len() < MANY || !varied || !all {
        return None;
    }
    let message = format!(
        "the body came as {} blocks of one character each, and each is sent on its own",
        blocks.len()
    );
    let made = case.block(first).or_else(|| case.returned());
    let spot = made.map(|made| made.spot());
    Some(Finding::new(
        Mistake::BodyOneCharChunks,
        message,
        spot,
        first,
    ))
}
