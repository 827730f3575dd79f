//! A course to begin with, for somebody who wants to write lessons.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use include_dir::{Dir, include_dir};

static SKELETON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/skeleton");

/// Makes a course with one small lesson that is whole.
///
/// # Errors
/// When there is something in the folder already, or it cannot be written.
pub fn skeleton(folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("{shown} cannot be created"))?;
    let mut there = fs::read_dir(folder).with_context(|| format!("{shown} cannot be read"))?;
    if there.next().is_some() {
        bail!("{shown} is not empty; name a folder that does not exist yet");
    }
    SKELETON
        .extract(folder)
        .with_context(|| format!("{shown} cannot be written"))
}
