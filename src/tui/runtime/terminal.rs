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
use crate::diagnosis::THREAD as DIAGNOSIS_THREAD;

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
    // A shell that had the terminal meanwhile may have changed its mode, and only a change is a
    // change.
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
    leave_screen(io::stdout(), mouse);
    let _ = disable_raw_mode();
}

fn leave_screen(mut out: impl io::Write, mouse: bool) {
    if mouse {
        let _ = execute!(out, DisableMouseCapture);
    }
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        crossterm::cursor::Show
    );
}

/// Whether somebody is there to let the program go on once it has stopped. A shell that does so
/// gives each job a group of its own.
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
        // The page says that it cannot be shown, the diagnosis that it is not complete; nothing
        // else depends on them.
        let thread = thread::current();
        if matches!(thread.name(), Some(PAGE_THREAD | DIAGNOSIS_THREAD)) {
            return;
        }
        let _ = disable_raw_mode();
        report_panic(io::stdout(), io::stderr(), mouse, || report(panic));
        std::process::exit(101);
    }));
}

/// Gives the screen back, has the bug reported on it, and says what to do with the report.
fn report_panic(
    out: impl io::Write,
    mut errors: impl io::Write,
    mouse: bool,
    report: impl FnOnce(),
) {
    leave_screen(out, mouse);
    report();
    let _ = writeln!(
        errors,
        "This is a bug in wsgi-tutor; please report it with the lines above.\nGoodbye."
    );
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io;

    use super::report_panic;

    /// What was written so far, for several writers.
    #[derive(Default)]
    struct Written(RefCell<String>);

    impl io::Write for &Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0
                .borrow_mut()
                .push_str(&String::from_utf8_lossy(bytes));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_bug_is_reported_on_a_screen_that_was_given_back() {
        let written = Written::default();
        let report = || written.0.borrow_mut().push_str("panicked at …\n");
        report_panic(&written, &written, true, report);
        let written = written.0.into_inner();
        let (before, after) = written.split_once("panicked").unwrap();
        for sequence in ["\x1b[?1000l", "\x1b[?2004l", "\x1b[?1049l", "\x1b[?25h"] {
            assert!(
                before.contains(sequence),
                "{sequence:?} is not in {before:?}"
            );
        }
        assert!(
            after.contains("please report it with the lines above"),
            "{after}"
        );
    }
}
