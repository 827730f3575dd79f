//! Finds the channel for a call.

use std::io;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::loaded::{Loaded, pool_with};
use super::refresh::fingerprint;
use super::shared::SupervisorState;
use crate::exchange::EventKind;
use crate::python::process::worker_channel::WorkerChannel;
use crate::python::protocol::command::WorkerCommand;
use crate::python::protocol::frame_reader::ReadError;

/// The longest command that is sent before its call, in bytes: it must fit into a pipe.
const MAX_EXPECTED: usize = 32 * 1024;

/// How many times a call has the application loaded before it gives up.
const MAX_LOADS: u32 = 2;

/// A channel that one call uses.
pub struct Checkout {
    pub channel: WorkerChannel,
    /// The generation of the code it leads to.
    pub generation: u64,
}

impl SupervisorState {
    /// The command for a call, with this environ unless the worker expects it already.
    pub fn call_command(&self, environ: Option<&Map<String, Value>>, bytes: usize) -> Vec<u8> {
        let trace = self.trace;
        let command = WorkerCommand::Call {
            environ,
            trace,
            bytes,
        };
        // The keys of its maps are text, so it can be written.
        command.to_line().unwrap_or_default()
    }

    /// A free channel to a worker that expects a call with this environ.
    pub fn checkout_expecting(&self, environ: &Map<String, Value>) -> Option<Checkout> {
        let mut free = self.checkout_free()?;
        let command = WorkerCommand::Expect { environ };
        let line = command.to_line().unwrap_or_default();
        if line.len() > MAX_EXPECTED {
            self.give_back(free.channel, free.generation);
            return None;
        }
        // A worker that is gone is noticed by the call.
        let _ = free.channel.send_line(&line, 0, &mut io::empty());
        Some(free)
    }

    /// Whether a channel leads to the code that is in the files now, and to a worker that has not
    /// ended.
    pub fn is_current(&self, checkout: &Checkout) -> bool {
        // What is being loaded just now is what is to run.
        let Some(_starter) = self.starter.try_lock() else {
            return false;
        };
        let Some(target) = self.wanted.lock().clone() else {
            return false;
        };
        let fingerprint = fingerprint(&target);
        let mut current = self.loaded.lock();
        let looks_current =
            |loaded: &Loaded| loaded.looks_current(&target, fingerprint.as_ref(), &[]);
        let worker = &checkout.channel.worker;
        current.as_ref().is_some_and(looks_current)
            && pool_with(&mut current, worker, checkout.generation).is_some()
    }

    /// A channel that is free just now.
    fn checkout_free(&self) -> Option<Checkout> {
        let mut current = self.loaded.lock();
        let loaded = current.as_mut()?;
        let pool = loaded.outcome.as_mut().ok()?;
        Some(Checkout {
            channel: pool.take()?,
            generation: loaded.generation,
        })
    }

    /// Waits for a channel to the code that is in the files now. An error is the event that says
    /// why there is none.
    pub fn checkout(self: &Arc<Self>) -> Result<Checkout, Box<EventKind>> {
        self.refresh(&[]);
        let mut loads = 1;
        let mut current = self.loaded.lock();
        loop {
            let Some(loaded) = &mut *current else {
                // The last worker may have ended while this call waited for it.
                if loads < MAX_LOADS && self.wanted.lock().is_some() {
                    loads += 1;
                    drop(current);
                    self.refresh(&[]);
                    current = self.loaded.lock();
                    continue;
                }
                let reason = if self.wanted.lock().is_none() {
                    "no lesson is open; choose one in the tutor first"
                } else {
                    "no Python process could be started"
                };
                let reason = reason.to_owned();
                return Err(Box::new(EventKind::WorkerDied { reason }));
            };
            match &mut loaded.outcome {
                Err(raised) => return Err(Box::new(EventKind::Raised(raised.clone().into()))),
                Ok(pool) => {
                    if let Some(channel) = pool.take() {
                        return Ok(Checkout {
                            channel,
                            generation: loaded.generation,
                        });
                    }
                }
            }
            self.freed.wait(&mut current);
        }
    }

    /// Returns this checkout, or another one where its worker ended while it was idle: that need
    /// not cost a request its response. Calls `on_change` for another one.
    pub fn ensure_running(
        self: &Arc<Self>,
        mut checkout: Checkout,
        mut on_change: impl FnMut(),
    ) -> Result<Checkout, Box<EventKind>> {
        for _ in 0..self.pool_size.workers {
            let worker = &checkout.channel.worker;
            if !worker.has_ended() {
                break;
            }
            let reason = worker.exit_reason(&ReadError::Ended);
            self.replace(worker, checkout.generation, reason);
            on_change();
            checkout = self.checkout()?;
        }
        Ok(checkout)
    }
}
