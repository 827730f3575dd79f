//! The terminal: taking it, giving it back however the program ends, and knowing that it has gone.

use std::io::{self, IsTerminal as _, Write as _};
use std::thread;

use base64::Engine as _;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use rustix::process::{getpgrp, getsid};

use crate::browser::PAGE_THREAD;

/// Gives the terminal back when dropped.
pub struct TerminalGuard {
    mouse: bool,
}

impl TerminalGuard {
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let guard = Self { mouse };
        enter(mouse)?;
        Ok(guard)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        leave(self.mouse);
    }
}

pub fn enter(mouse: bool) -> io::Result<()> {
    // A shell that had the terminal meanwhile may have changed its mode, and only a change is a change.
    disable_raw_mode()?;
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// A terminal that has gone cannot be given back, and needs not be.
pub fn leave(mouse: bool) {
    if mouse {
        let _ = execute!(io::stdout(), DisableMouseCapture);
    }
    let _ = execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        crossterm::cursor::Show
    );
    let _ = disable_raw_mode();
}

/// Whether somebody is there to let the program go on once it has stopped. A shell that does so gives each
/// job a group of its own.
pub fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Asks the terminal to put this on the clipboard (OSC 52); whether it does it does not say.
pub fn copy(bytes: &[u8]) -> io::Result<()> {
    let coded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut out = io::stdout().lock();
    write!(out, "\x1b]52;c;{coded}\x07")?;
    out.flush()
}

/// Whether the window was closed. That is one of the ways to leave, and nothing failed.
pub fn has_gone() -> bool {
    !io::stdout().is_terminal()
}

/// A bug in any thread ends the program, with the terminal given back and the bug named.
pub fn restore_on_panic(mouse: bool) {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // The page says that it cannot be shown; nothing else depends on it.
        if thread::current().name() == Some(PAGE_THREAD) {
            return;
        }
        leave(mouse);
        report(panic);
        let _ = writeln!(
            io::stderr(),
            "This is a bug in wsgi-tutor; please report it with the lines above.\nGoodbye."
        );
        std::process::exit(101);
    }));
}
