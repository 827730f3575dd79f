//! Keeps requests at the pace of whoever reads what is told of them, for as long as somebody reads.
//! Where nobody does, clients are answered all the same, and their exchanges are counted instead of
//! kept.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use super::Message;
use crate::exchange::{EventKind, ExchangeId};
use crate::session::SessionEvent;
use crate::session::mailbox::Outbox;

/// How many messages may wait before another exchange is begun: some hundred exchanges.
const MANY: usize = 5_000;
/// How long an exchange waits for room before nobody seems to read.
const PATIENCE: Duration = Duration::from_secs(1);

/// Passes reports on, as far as there is room for them.
pub struct Pace {
    outbox: Outbox<Message>,
    /// Nobody read when there was last no room.
    is_stuck: AtomicBool,
    /// The exchanges that go on and are not told, and how many there were since the last that was.
    untold: Mutex<HashSet<ExchangeId>>,
    skipped: AtomicU64,
}

impl Pace {
    pub fn new(outbox: Outbox<Message>) -> Self {
        Self {
            outbox,
            is_stuck: AtomicBool::new(false),
            untold: Mutex::default(),
            skipped: AtomicU64::new(0),
        }
    }

    /// Passes an event on. The first event of an exchange may wait.
    pub fn take(&self, event: SessionEvent) {
        if let SessionEvent::Exchange(id, happened) = &event {
            let begins = matches!(happened.kind, EventKind::ConnectionOpened { .. });
            if begins && !self.has_room() {
                self.skipped.fetch_add(1, Ordering::Relaxed);
                self.untold().insert(*id);
            }
            let is_over = happened.kind == EventKind::Finished;
            let mut untold = self.untold();
            let is_untold = if is_over {
                untold.remove(id)
            } else {
                untold.contains(id)
            };
            if is_untold {
                return;
            }
        }
        self.send(event);
    }

    fn has_room(&self) -> bool {
        let is_stuck = self.is_stuck.load(Ordering::Relaxed);
        let patience = if is_stuck { Duration::ZERO } else { PATIENCE };
        let has_room = self.outbox.has_room(MANY, patience);
        self.is_stuck.store(!has_room, Ordering::Relaxed);
        if has_room {
            let skipped = self.skipped.swap(0, Ordering::Relaxed);
            if skipped > 0 {
                let them = if skipped == 1 {
                    "1 exchange is".to_owned()
                } else {
                    format!("{skipped} exchanges are")
                };
                self.send(SessionEvent::Trouble(format!(
                    "{them} not shown: nobody read the earlier output"
                )));
            }
        }
        has_room
    }

    fn send(&self, event: SessionEvent) {
        // Without a reader the program is ending.
        let _ = self.outbox.send(Message::Session(event));
    }

    fn untold(&self) -> MutexGuard<'_, HashSet<ExchangeId>> {
        self.untold.lock()
    }
}
