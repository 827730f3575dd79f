//! The threads that send messages: keys, signals, colours.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};
use std::thread;

use crossterm::event::{self, Event, KeyEventKind, MouseEventKind};
use crossterm::terminal;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level;

use crate::browser::{Page, PageError};
use crate::session::mailbox::Outbox;
use crate::tui::highlight::Highlighter;
use crate::tui::message::Message;
use crate::tui::state::page::PageSource;

/// Reads keys, one at a time: the next one only after the last was taken, so that nothing is read
/// from the terminal while an editor has it.
pub fn read_events(outbox: Outbox<Message>) -> io::Result<SyncSender<()>> {
    let (read_on, wait) = sync_channel(1);
    thread::Builder::new().name("keys".into()).spawn(move || {
        loop {
            let message = match event::read() {
                Ok(event) => match message(event) {
                    Some(message) => message,
                    None => continue,
                },
                // The terminal has gone.
                Err(_) => Message::Quit,
            };
            if outbox.send(message).is_err() || wait.recv().is_err() {
                return;
            }
        }
    })?;
    Ok(read_on)
}

/// What an event means. Most mean nothing, and then nothing is drawn either: terminals report
/// every move of the mouse, and some report keys that are let go.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => Some(Message::Key(key)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(_) | MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
                Some(Message::Mouse(mouse))
            }
            _ => None,
        },
        Event::Paste(text) => Some(Message::Paste(text)),
        // The signal says it: the event is lost when a key comes in the same moment.
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

pub fn listen_for_signals(outbox: Outbox<Message>, editor_runs: Arc<AtomicBool>) -> io::Result<()> {
    let all = [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                let editor_runs = editor_runs.load(Ordering::Acquire);
                let message = match signal {
                    // Ctrl-C while an editor runs is the editor's. One that stops has given the
                    // terminal back.
                    SIGINT | SIGCONT | SIGWINCH if editor_runs => continue,
                    SIGTSTP if editor_runs => {
                        // Where it fails the program goes on, and waits for the editor.
                        let _ = stop();
                        continue;
                    }
                    SIGTSTP => Message::Suspend,
                    SIGCONT => Message::Continued,
                    SIGWINCH => match terminal::size() {
                        Ok((columns, rows)) => Message::Resize(columns, rows),
                        Err(_) => continue,
                    },
                    _ => Message::Quit,
                };
                if outbox.send(message).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Stops the program until somebody lets it go on.
pub fn stop() -> io::Result<()> {
    // Sent to this thread, so that it goes no further.
    low_level::raise(SIGSTOP)
}

/// Which of the sources that wait get colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// All of them: they are different files.
    Source,
    /// The newest: the others are what it was some letters ago.
    Newest,
}

pub fn start_highlighter(outbox: Outbox<Message>, every: Every) -> io::Result<Sender<String>> {
    let (orders, incoming) = channel::<String>();
    thread::Builder::new()
        .name("highlight".into())
        .spawn(move || {
            let highlighter = Highlighter::default();
            while let Ok(mut source) = incoming.recv() {
                if every == Every::Newest {
                    source = incoming.try_iter().last().unwrap_or(source);
                }
                let tokens = highlighter.tokens(&source);
                if outbox
                    .send(Message::Highlighted { source, tokens })
                    .is_err()
                {
                    return;
                }
            }
        })?;
    Ok(orders)
}

/// Makes a page without anybody waiting for it.
pub fn lay_out(outbox: &Outbox<Message>, source: PageSource, html: Vec<u8>, width: usize) {
    let sender = outbox.clone();
    let started = thread::Builder::new().name("layout".into()).spawn(move || {
        let page = Page::laid_out(html, width);
        // The screen is closing when nobody listens any more.
        let _ = sender.send(Message::Paged { source, page });
    });
    if let Err(error) = started {
        let page = Err(PageError::NoThread(error.to_string()));
        let _ = outbox.send(Message::Paged { source, page });
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{
        Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
        MouseEventKind,
    };
    use rstest::rstest;

    use super::message;

    #[rstest]
    #[case(MouseEventKind::Down(MouseButton::Left), true)]
    #[case(MouseEventKind::ScrollUp, true)]
    #[case(MouseEventKind::Up(MouseButton::Left), false)]
    #[case(MouseEventKind::Drag(MouseButton::Left), false)]
    #[case(MouseEventKind::Moved, false)]
    fn the_mouse_is_heard_only_when_it_does_something(
        #[case] kind: MouseEventKind,
        #[case] heard: bool,
    ) {
        let event = Event::Mouse(MouseEvent {
            kind,
            column: 1,
            row: 1,
            modifiers: KeyModifiers::NONE,
        });
        assert_eq!(message(event).is_some(), heard);
    }

    #[test]
    fn a_key_that_is_let_go_says_nothing() {
        let mut key = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        assert!(message(Event::Key(key)).is_some());
        key.kind = KeyEventKind::Release;
        assert!(message(Event::Key(key)).is_none());
    }
}
