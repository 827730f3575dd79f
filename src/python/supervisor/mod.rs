//! Keeps an application running: loads it, loads it anew when one of its files has changed, calls
//! it, and replaces workers that end.

mod call;
mod checkout;
mod event;
mod files;
mod load;
mod loaded;
mod pool;
mod refresh;
mod repr;
mod shared;
mod workers;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use serde_json::{Map, Value};
use tracing::debug;

use call::{CallObserver, run_call};
use checkout::Checkout;
use loaded::of_generation;
use shared::{Starter, SupervisorState};

pub use call::CallRequest;
pub use event::{CallEvent, Code, SupervisorEvent};

use super::engine::Engine;
use super::process::config::WorkerConfig;
use super::process::standby::Standby;
use super::protocol::message::OpenedFiles;
use super::target::{PoolSize, Target};

/// One application, kept running for as many calls at once as its [`PoolSize`] allows.
#[derive(Clone)]
pub struct Supervisor(Arc<SupervisorState>);

impl Supervisor {
    /// Starts an interpreter in the background. `program` is this program's own path, `folder` a
    /// private folder for this run. `trace` says whether the lines that run are reported, and
    /// `timeout` how long the application may keep control.
    pub fn start(
        program: PathBuf,
        engine: Engine,
        pool_size: PoolSize,
        trace: bool,
        timeout: Duration,
        folder: PathBuf,
        notify: impl Fn(SupervisorEvent) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let config = WorkerConfig::new(program, engine, timeout, &folder)?;
        let registry = config.registry.clone();
        let mut starter = Starter {
            config,
            standby: Standby::new()?,
            is_reported: false,
        };
        starter.prestart();
        Ok(Self(Arc::new(SupervisorState {
            notify: Box::new(notify),
            pool_size,
            trace,
            folder,
            registry,
            wanted: Mutex::default(),
            generation: AtomicU64::new(0),
            starter: Mutex::new(starter),
            loaded: Mutex::default(),
            freed: Condvar::new(),
        })))
    }

    /// Sets the application to run from now on. The next [`Supervisor::refresh`], or the next call,
    /// loads it.
    pub fn want(&self, target: Target) {
        *self.0.wanted.lock() = Some(target);
    }

    /// Loads the application anew if it is another one, or one of its files has changed since it
    /// was loaded. `saved` are files of the project that were saved just now; a Python file
    /// among them that the application does not use yet may be the one it needs.
    pub fn refresh(&self, saved: &[PathBuf]) {
        self.0.refresh(saved);
    }

    /// Ends all workers at once, whatever they are doing.
    pub fn stop(&self) {
        self.0.registry.end_all();
    }

    /// Prepares a call with this environ and a body of `length` bytes. If a worker is free it is
    /// sent environ already, which takes it longer than all the rest of a command. Never waits.
    pub fn prepare(&self, environ: &Map<String, Value>, length: usize) -> PreparedCall {
        let state = &self.0;
        let checkout = state.checkout_expecting(environ);
        let unsent = checkout.is_none().then_some(environ);
        PreparedCall {
            command: state.call_command(unsent, length),
            checkout,
            state: Arc::clone(state),
        }
    }

    /// Calls the application with the code that is in its files now. `on_event` takes every event
    /// and returns whether the client wants more.
    pub fn call(
        &self,
        mut prepared: PreparedCall,
        request: CallRequest<'_>,
        on_event: &mut dyn FnMut(CallEvent<'_>) -> bool,
    ) {
        let state = &self.0;
        let mut command = std::mem::take(&mut prepared.command);
        let whole_command = || state.call_command(Some(request.environ), request.length);
        let checkout = match prepared.checkout.take() {
            Some(checkout) if state.is_current(&checkout) => Ok(checkout),
            outdated => {
                if let Some(outdated) = outdated {
                    // Before newer code is loaded: it may need what the older code holds as long as
                    // there is a channel to it.
                    state.give_back(outdated.channel, outdated.generation);
                    command = whole_command();
                }
                state.checkout()
            }
        };
        let checkout = checkout
            .and_then(|checkout| state.ensure_running(checkout, || command = whole_command()));
        let Checkout {
            mut channel,
            generation,
        } = match checkout {
            Ok(checkout) => checkout,
            Err(event) => {
                on_event(CallEvent::Event(*event));
                return;
            }
        };
        let mut observer = Observer {
            state,
            generation,
            on_event,
        };
        let (exchange, worker) = (request.exchange, channel.worker.pid());
        debug!(exchange, worker, generation, "call begins");
        match run_call(&mut channel, &command, request, &mut observer) {
            Ok(()) => {
                debug!(exchange, worker, "call ended");
                state.give_back(channel, generation);
            }
            Err(error) => {
                let reason = error.reason();
                debug!(exchange, worker, reason, "call failed");
                observer.on_event(CallEvent::Event(error.into_event()));
                state.replace(&channel.worker, generation, reason);
            }
        }
    }
}

/// Passes on the events of a call, and notes the files its application opens.
struct Observer<'a> {
    state: &'a SupervisorState,
    /// Of the code that is called.
    generation: u64,
    on_event: &'a mut dyn FnMut(CallEvent<'_>) -> bool,
}

impl CallObserver for Observer<'_> {
    fn on_event(&mut self, event: CallEvent<'_>) -> bool {
        (self.on_event)(event)
    }

    fn on_files(&mut self, opened: OpenedFiles) {
        if let Some(loaded) = of_generation(&mut self.state.loaded.lock(), self.generation) {
            loaded.files.add(opened);
        }
    }

    fn is_outdated(&self) -> bool {
        self.state.generation.load(Ordering::Acquire) != self.generation
    }
}

/// A call that was prepared. Dropped without the call, it frees its channel.
pub struct PreparedCall {
    state: Arc<SupervisorState>,
    command: Vec<u8>,
    /// A channel to a worker that knows environ already.
    checkout: Option<Checkout>,
}

impl Drop for PreparedCall {
    fn drop(&mut self) {
        if let Some(checkout) = self.checkout.take() {
            self.state.give_back(checkout.channel, checkout.generation);
        }
    }
}
