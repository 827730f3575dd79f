//! The folders a project's own files lie in.

use std::path::{Path, PathBuf};

/// More folders are not looked at: no project of one's own has as many, but a home folder may.
const MAX_FOLDERS: usize = 2000;

/// Folders that hold nobody's own source.
const SKIPPED: [&str; 3] = ["__pycache__", "node_modules", "site-packages"];

/// A folder and all below it that may hold files of the project.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    let mut found = vec![root.to_owned()];
    let mut next = 0;
    while let Some(folder) = found.get(next) {
        next += 1;
        // A folder that cannot be read has nothing the application could be made of.
        let entries = folder.read_dir().into_iter().flatten().flatten();
        let below = entries
            // Links are not followed: they may lead around in a circle.
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.path())
            .filter(|path| !is_passed_over(path));
        let left = MAX_FOLDERS.saturating_sub(found.len());
        found.extend(below.take(left).collect::<Vec<_>>());
    }
    found
}

/// Whether a file or folder is none of the project's own: hidden, made by a tool, or a virtual
/// environment.
pub fn is_passed_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || SKIPPED.contains(&&*name) || path.join("pyvenv.cfg").exists()
}

#[cfg(test)]
mod tests {
    use super::folders;

    #[test]
    fn virtual_environments_and_caches_are_passed_over() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["shop/pages", "shop/__pycache__", ".git/objects", "venv/lib"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        std::fs::write(root.path().join("venv/pyvenv.cfg"), "").unwrap();
        let expected = ["", "shop", "shop/pages"].map(|folder| root.path().join(folder));
        assert_eq!(folders(root.path()), expected);
    }
}
