//! Notices that a file of a project was saved, by whatever editor.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use parking_lot::Mutex;

use crate::python::project;

/// How long nothing must have changed.
const QUIET: Duration = Duration::from_millis(40);
/// Paths that are enough, however much still changes.
const MANY: usize = 1000;

/// Watches a folder and those below it until it is dropped.
pub struct Watcher {
    _watcher: Arc<Mutex<RecommendedWatcher>>,
}

impl Watcher {
    /// Calls `saved` with the files that were written, replaced or removed. Changes that come while
    /// it runs make one further call.
    pub fn start(
        folder: &Path,
        saved: impl Fn(&[PathBuf]) + Send + 'static,
    ) -> notify::Result<Self> {
        let (wake, woken) = channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let Ok(event) = event else { return };
                if is_whole(event.kind) {
                    tell(&wake, event.paths);
                }
            })?;
        // Many editors write a new file and rename it: the folder sees that, the file does not.
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        let watcher = Arc::new(Mutex::new(watcher));
        let known = Arc::downgrade(&watcher);
        let folder = folder.to_owned();
        thread::Builder::new()
            .name("watch".into())
            .spawn(move || serve(&known, &folder, &woken, &saved))
            .map_err(notify::Error::io)?;
        Ok(Self { _watcher: watcher })
    }
}

/// Whether a file is complete after this event, and not being written still; or a folder is new.
fn is_whole(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Remove(_)
        | EventKind::Create(CreateKind::Folder) => true,
        // Elsewhere there is no event for the end of writing.
        EventKind::Create(_) | EventKind::Modify(_) => !cfg!(target_os = "linux"),
        _ => false,
    }
}

fn tell(wake: &Sender<Vec<PathBuf>>, paths: Vec<PathBuf>) {
    // The receiver ends with the watcher, whose events these are.
    let _ = wake.send(paths);
}

fn serve(
    watcher: &Weak<Mutex<RecommendedWatcher>>,
    root: &Path,
    woken: &Receiver<Vec<PathBuf>>,
    saved: &dyn Fn(&[PathBuf]),
) {
    for folder in project::folders(root) {
        watch(watcher, &folder);
    }
    while let Ok(mut paths) = woken.recv() {
        // Saving may take an editor several steps, and several files may be saved at once. A
        // request does not wait for this.
        while let Ok(more) = woken.recv_timeout(QUIET) {
            paths.extend(more);
            if paths.len() > MANY {
                break;
            }
        }
        let mut files = Vec::new();
        for path in paths {
            if project::is_passed_over(&path) {
                continue;
            }
            if path.is_dir() {
                // What lies in a new folder may have been saved before anybody watched.
                for folder in project::folders(&path) {
                    watch(watcher, &folder);
                    let entries = folder.read_dir().into_iter().flatten().flatten();
                    files.extend(entries.map(|entry| entry.path()));
                }
            } else {
                files.push(path);
            }
        }
        if !files.is_empty() {
            saved(&files);
        }
    }
}

fn watch(watcher: &Weak<Mutex<RecommendedWatcher>>, folder: &Path) {
    if let Some(watcher) = watcher.upgrade() {
        let mut watcher = watcher.lock();
        // A folder that is gone again needs no watching; where the system allows no more, a changed
        // file is noticed at the next request.
        let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
    }
}
