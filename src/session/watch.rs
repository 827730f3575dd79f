//! Notices that a file was saved, by whatever editor.

use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{RecursiveMode, Watcher as _};

/// Watches a file and its neighbours until it is dropped.
pub struct Watcher {
    _watcher: notify::RecommendedWatcher,
}

impl Watcher {
    /// Calls `changed` after the file, or another Python file beside it, was written or replaced.
    /// Changes that come while it runs make one further call.
    pub fn start(file: &Path, changed: impl Fn() + Send + 'static) -> notify::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let Ok(event) = event else { return };
                let ours = event
                    .paths
                    .iter()
                    .any(|path| path.extension().is_some_and(|extension| extension == "py"));
                if ours && is_whole(event.kind) {
                    // A full channel means that a call is due anyway.
                    let _ = wake.try_send(());
                }
            })?;
        // Many editors write a new file and rename it: the folder sees that, the file does not.
        let folder = file.parent().unwrap_or(Path::new("."));
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        thread::Builder::new()
            .name("watch".into())
            .spawn(move || serve(&woken, &changed))
            .map_err(notify::Error::io)?;
        Ok(Self { _watcher: watcher })
    }
}

/// Whether a file is complete after this event, and not being written still.
fn is_whole(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => true,
        // Elsewhere there is no event for the end of writing.
        EventKind::Create(_) | EventKind::Modify(_) => !cfg!(target_os = "linux"),
        _ => false,
    }
}

fn serve(woken: &Receiver<()>, changed: &dyn Fn()) {
    while woken.recv().is_ok() {
        changed();
    }
}
