//! The queue between the threads that report and the one that tells. Its reader is woken only for
//! what it waits for: a request is twenty events, and waking somebody for each of them would take
//! longer than the request itself.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

/// So many messages are reason enough to read them, whatever they say.
const MANY: usize = 1_000;

/// Which waiting a message ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// None: it is taken together with one that does.
    Whenever,
    /// That of a reader with nothing else to do.
    Soon,
    /// Also that of a reader that waits for a time.
    Now,
}

/// A message knows how urgent it is.
pub trait Urgent {
    fn urgency(&self) -> Urgency;
}

/// Nobody reads any more.
#[derive(Debug, PartialEq, Eq)]
pub struct Unread;

struct Queue<T> {
    messages: VecDeque<T>,
    /// The most urgent message that waits.
    most: Urgency,
    /// What the reader waits for now.
    waited_for: Option<Urgency>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            messages: VecDeque::new(),
            most: Urgency::Whenever,
            waited_for: None,
        }
    }
}

struct Shared<T> {
    queue: Mutex<Queue<T>>,
    woken: Condvar,
    /// Everything was taken.
    taken: Condvar,
    closed: AtomicBool,
}

impl<T> Shared<T> {
    fn queue(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock()
    }
}

/// Where messages are put, from any thread.
pub struct Outbox<T>(Arc<Shared<T>>);

impl<T> Clone for Outbox<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Where they are read, in the order in which they were put.
pub struct Inbox<T>(Arc<Shared<T>>);

/// Makes a queue.
pub fn mailbox<T: Urgent>() -> (Outbox<T>, Inbox<T>) {
    let shared = Arc::new(Shared {
        queue: Mutex::default(),
        woken: Condvar::new(),
        taken: Condvar::new(),
        closed: AtomicBool::new(false),
    });
    (Outbox(Arc::clone(&shared)), Inbox(shared))
}

impl<T: Urgent> Outbox<T> {
    /// Puts a message.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub fn send(&self, message: T) -> Result<(), Unread> {
        if self.0.closed.load(Ordering::Acquire) {
            return Err(Unread);
        }
        let mut urgency = message.urgency();
        let mut queue = self.0.queue();
        if queue.messages.len() >= MANY {
            urgency = urgency.max(Urgency::Soon);
        }
        queue.messages.push_back(message);
        queue.most = queue.most.max(urgency);
        let wakes = queue.waited_for.is_some_and(|wanted| urgency >= wanted);
        if wakes {
            queue.waited_for = None;
        }
        drop(queue);
        if wakes {
            self.0.woken.notify_one();
        }
        Ok(())
    }

    /// Waits until fewer messages than this wait to be read, for so long at most; whether it is so
    /// now.
    pub fn has_room(&self, most: usize, patience: Duration) -> bool {
        let is_full = |queue: &mut Queue<T>| queue.messages.len() >= most;
        let mut queue = self.0.queue();
        self.0.taken.wait_while_for(&mut queue, is_full, patience);
        !is_full(&mut queue)
    }
}

impl<T> Inbox<T> {
    /// Everything there is; waits for something, though not for what can be read whenever.
    pub fn recv(&self) -> VecDeque<T> {
        self.take(Urgency::Soon, None)
    }

    /// Everything there is, once there is something that cannot wait, or at the deadline.
    pub fn recv_until(&self, deadline: Instant) -> VecDeque<T> {
        self.take(Urgency::Now, Some(deadline))
    }

    fn take(&self, wanted: Urgency, deadline: Option<Instant>) -> VecDeque<T> {
        let mut queue = self.0.queue();
        while queue.most < wanted {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left == Some(Duration::ZERO) {
                break;
            }
            queue.waited_for = Some(wanted);
            let bell = &self.0.woken;
            match left {
                None => bell.wait(&mut queue),
                Some(left) => {
                    bell.wait_for(&mut queue, left);
                }
            }
        }
        // The next ones are about as many, and whoever sends them need not find room for them.
        let room = VecDeque::with_capacity(queue.messages.len().min(MANY));
        queue.most = Urgency::Whenever;
        queue.waited_for = None;
        let came = std::mem::replace(&mut queue.messages, room);
        drop(queue);
        self.0.taken.notify_all();
        came
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        self.0.closed.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{Unread, Urgency, Urgent, mailbox};

    /// A number and how urgent it is.
    #[derive(Debug, PartialEq)]
    struct Message(u32, Urgency);

    impl Urgent for Message {
        fn urgency(&self) -> Urgency {
            self.1
        }
    }

    #[test]
    fn messages_come_in_their_order_whatever_their_urgency() {
        let (outbox, inbox) = mailbox();
        let urgencies = [Urgency::Whenever, Urgency::Now, Urgency::Soon];
        for (number, urgency) in (0..).zip(urgencies) {
            outbox.send(Message(number, urgency)).unwrap();
        }
        let came = inbox.recv().into_iter().map(|message| message.0);
        assert_eq!(came.collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn who_waits_for_a_time_is_woken_for_what_cannot_wait_alone() {
        let (outbox, inbox) = mailbox();
        outbox.send(Message(1, Urgency::Soon)).unwrap();
        assert_eq!(inbox.recv_until(Instant::now())[0].0, 1);
        let sender = thread::spawn(move || {
            outbox.send(Message(2, Urgency::Soon)).unwrap();
            outbox.send(Message(3, Urgency::Now)).unwrap();
        });
        // It would take longer than any test.
        let came = inbox.recv_until(Instant::now() + Duration::from_hours(1));
        assert_eq!([came[0].0, came[1].0], [2, 3]);
        sender.join().unwrap();
    }

    #[test]
    fn who_waits_for_room_goes_on_when_all_was_read() {
        let (outbox, inbox) = mailbox();
        assert!(outbox.has_room(1, Duration::ZERO));
        outbox.send(Message(1, Urgency::Soon)).unwrap();
        assert!(!outbox.has_room(1, Duration::from_millis(1)));
        // It would take longer than any test.
        let sender = thread::spawn(move || outbox.has_room(1, Duration::from_hours(1)));
        assert_eq!(inbox.recv().len(), 1);
        assert!(sender.join().unwrap());
    }

    #[test]
    fn what_can_wait_is_read_with_what_cannot() {
        let (outbox, inbox) = mailbox();
        let sender = thread::spawn(move || {
            outbox.send(Message(1, Urgency::Whenever)).unwrap();
            outbox.send(Message(2, Urgency::Soon)).unwrap();
            outbox
        });
        let came = inbox.recv();
        assert_eq!([came[0].0, came[1].0], [1, 2]);
        drop(inbox);
        let outbox = sender.join().unwrap();
        assert_eq!(outbox.send(Message(3, Urgency::Now)), Err(Unread));
    }
}
