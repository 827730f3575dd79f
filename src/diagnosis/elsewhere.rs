//! What other servers do where a limit of the tutor's own stopped the application.

use crate::exchange::{EventKind, Limit, Raised, TimedOut};

/// What they do where this event shows a mistake, if its explanation does not say it.
pub fn of_event(event: &EventKind) -> Option<&'static str> {
    match event {
        EventKind::Raised(raised) => of_raised(raised),
        EventKind::TimedOut(TimedOut { in_body: true, .. }) => Some(
            "On wsgiref and waitress the client waits as long as your code runs; gunicorn ends \
             its worker after 30 seconds, and the page is truncated.",
        ),
        _ => None,
    }
}

/// The same for an exception.
pub fn of_raised(raised: &Raised) -> Option<&'static str> {
    Some(match raised.limit? {
        Limit::Time => {
            "The limit is the tutor's: wsgiref and waitress wait until the module is loaded."
        }
        Limit::Memory => {
            "The limit is the tutor's: another server lets the app have what the machine, or its \
             container, can give."
        }
        Limit::Terminal => {
            "A server that was started in a terminal waits until somebody types there; without a \
             terminal the call fails."
        }
    })
}
