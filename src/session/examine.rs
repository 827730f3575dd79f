//! Requests sent for a check, and the finished exchanges that came of them, found in the record by
//! the address they came from. They are requests like any other: nothing tells the gateway which
//! they are.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

use crate::browser::Connection;
use crate::exchange::{Event, EventKind, Exchange, ExchangeId};
use crate::lesson::check::Unanswered;

/// How much longer than the application may take for one block an exchange may take to end.
const GRACE: Duration = Duration::from_mins(2);

/// Why a request of the tutor's has no finished exchange.
#[derive(Debug, thiserror::Error)]
pub enum ExamineError {
    #[error("the server was not reached: {0}")]
    Unreached(io::Error),
    #[error("there was no complete answer: {0}")]
    Incomplete(anyhow::Error),
    #[error("the exchange did not end")]
    Endless,
}

impl From<ExamineError> for Unanswered {
    fn from(error: ExamineError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Listens to the record while an examination goes on.
pub struct Examiner {
    /// How long the application may take for one block.
    timeout: Duration,
    /// One examination at a time: their requests would wait for each other anyway.
    turn: Mutex<()>,
    heard: Mutex<Heard>,
    finished: Condvar,
}

/// The exchanges that began since the examination did.
#[derive(Default)]
struct Heard {
    listening: bool,
    exchanges: HashMap<ExchangeId, Exchange>,
}

impl Examiner {
    pub fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            turn: Mutex::default(),
            heard: Mutex::default(),
            finished: Condvar::new(),
        }
    }

    /// Hears of an event, from any thread.
    pub fn hear(&self, id: ExchangeId, event: &Event) {
        let mut heard = self.heard();
        if !heard.listening {
            return;
        }
        let begins = matches!(event.kind, EventKind::ConnectionOpened { .. });
        if begins || heard.exchanges.contains_key(&id) {
            let exchange = heard.exchanges.entry(id);
            let exchange = exchange.or_insert_with(|| Exchange::new(id));
            exchange.record(event.clone());
        }
        if event.kind == EventKind::Finished {
            self.finished.notify_all();
        }
    }

    /// Sends the requests one after the other and gives the exchange of each, or why there is none.
    /// `send` sends one over a connection of its own.
    pub fn examine<T>(
        &self,
        address: SocketAddr,
        requests: Vec<T>,
        send: impl Fn(Connection, T) -> anyhow::Result<()>,
    ) -> Vec<Result<Exchange, ExamineError>> {
        let _turn = self.turn.lock();
        self.heard().listening = true;
        let exchanges = requests
            .into_iter()
            .map(|request| self.ask(address, |connection| send(connection, request)))
            .collect();
        *self.heard() = Heard::default();
        exchanges
    }

    fn ask(
        &self,
        address: SocketAddr,
        send: impl FnOnce(Connection) -> anyhow::Result<()>,
    ) -> Result<Exchange, ExamineError> {
        let connection =
            Connection::open(address, self.timeout).map_err(ExamineError::Unreached)?;
        let peer = connection.peer().map_err(ExamineError::Unreached)?;
        // An answer that breaks off is in the record as well.
        let answered = send(connection);
        let exchange = self.wait_for(&peer);
        exchange.ok_or_else(|| match answered {
            Err(error) => ExamineError::Incomplete(error),
            Ok(()) => ExamineError::Endless,
        })
    }

    /// Waits for the end of the exchange with the client at this address.
    fn wait_for(&self, peer: &str) -> Option<Exchange> {
        let deadline = Instant::now() + self.timeout + GRACE;
        let mut heard = self.heard();
        loop {
            let mut exchanges = heard.exchanges.values();
            let whole = exchanges.find(|exchange| is_whole(exchange, peer));
            if let Some(id) = whole.map(|exchange| exchange.id) {
                return heard.exchanges.remove(&id);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            self.finished.wait_for(&mut heard, left);
        }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock()
    }
}

fn is_whole(exchange: &Exchange, peer: &str) -> bool {
    let ended = exchange.events().last();
    exchange.now().peer == peer && ended.is_some_and(|it| it.kind == EventKind::Finished)
}
