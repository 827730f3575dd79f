//! A finished exchange as a check looks at it.

use std::collections::BTreeSet;

use crate::exchange::{BlockSource, EventKind, Exchange, header, visible, visible_bytes};

/// Characters of a body that are told.
const TOLD: usize = 60;

/// An exchange, and what else a check may ask about.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub exchange: &'a Exchange,
    /// The text of the application's file when it ran.
    pub source: &'a str,
    /// The slugs of the mistakes that were found in it.
    pub mistakes: &'a [&'a str],
}

impl Seen<'_> {
    /// The status as the client got it: the application's, or that of a refusal.
    pub fn status(&self) -> Option<&str> {
        let now = self.exchange.now();
        match (&now.sent, &now.refused) {
            (Some((status, _)), _) => Some(status),
            (None, Some(_)) => status_sent(&now.bytes_out.kept),
            (None, None) => None,
        }
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, headers) = self.exchange.now().sent.as_ref()?;
        header(headers, name)
    }

    /// The application's body as text. The tutor's own page about an error is none of it, though it
    /// shows paths and names that a check may look for.
    pub fn body(&self) -> String {
        let moment = self.exchange.now();
        if moment.error_page {
            return String::new();
        }
        String::from_utf8_lossy(&moment.body.kept).into_owned()
    }

    /// Bytes of the body the client got.
    pub fn length(&self) -> u64 {
        self.exchange.now().body.length
    }

    /// Bytes that came from the application.
    pub fn length_given(&self) -> u64 {
        self.blocks_given().map(|(bytes, _)| bytes).sum()
    }

    /// Whether Content-Length is there and says how many bytes came from the application.
    pub fn has_right_length(&self) -> bool {
        let length = self.header("Content-Length").and_then(|it| it.parse().ok());
        length == Some(self.length_given())
    }

    /// Whether a line of the file that ran names this string.
    pub fn reads(&self, key: &str) -> bool {
        let ran: BTreeSet<usize> = self
            .kinds()
            .filter_map(|kind| match kind {
                EventKind::Line(step) => Some(step.place.line as usize),
                _ => None,
            })
            .collect();
        let quoted = [format!("'{key}'"), format!("\"{key}\"")];
        self.source.lines().enumerate().any(|(index, line)| {
            ran.contains(&(index + 1)) && quoted.iter().any(|key| line.contains(key))
        })
    }

    /// What was called: `function application`; empty when nothing was.
    pub fn callable(&self) -> &str {
        let called = self.kinds().find_map(|kind| match kind {
            EventKind::AppCalled { callable } => Some(callable.as_str()),
            _ => None,
        });
        called.unwrap_or_default()
    }

    /// The type of what the application returned.
    pub fn iterable(&self) -> Option<&str> {
        self.kinds().find_map(|kind| match kind {
            EventKind::Returned { r#type, .. } => Some(r#type.as_str()),
            _ => None,
        })
    }

    /// How many blocks the application gave that are not empty.
    pub fn blocks(&self) -> usize {
        self.blocks_given().filter(|(bytes, _)| *bytes > 0).count()
    }

    /// Whether the answer was on its way before the last of its blocks came. (When bytes leave is
    /// told by another thread, and may be told late; that status and headers leave is told in
    /// order.)
    pub fn is_streamed(&self) -> bool {
        let blocks = self.blocks_given().filter(|(bytes, _)| *bytes > 0);
        let places: Vec<usize> = blocks.map(|(_, place)| place).collect();
        let Some((&last, [_, ..])) = places.split_last() else {
            return false;
        };
        let before = self.exchange.events().iter().take(last);
        before
            .map(|event| &event.kind)
            .any(|kind| matches!(kind, EventKind::HeadersSent { .. }))
    }

    pub fn is_closed(&self) -> bool {
        self.kinds()
            .any(|kind| matches!(kind, EventKind::CloseCalled))
    }

    /// How often `start_response` was called.
    pub fn started(&self) -> usize {
        self.kinds()
            .filter(|kind| matches!(kind, EventKind::StartResponse(_)))
            .count()
    }

    /// The type of the exception that left the application.
    pub fn raised(&self) -> Option<&str> {
        let error = self.exchange.now().error.as_ref()?;
        Some(&error.r#type)
    }

    /// The message of that exception.
    pub fn message(&self) -> Option<&str> {
        let error = self.exchange.now().error.as_ref()?;
        Some(&error.message)
    }

    /// Whether this mistake was found.
    pub fn shows(&self, slug: &str) -> bool {
        self.mistakes.contains(&slug)
    }

    /// What came, in a line: `200 OK, text/plain, 'Hello'`.
    pub fn told(&self) -> String {
        let now = self.exchange.now();
        if let Some(timed_out) = &now.timed_out {
            return format!("nothing within {} s", timed_out.after_ms / 1000);
        }
        let mut told = match (&now.error, &now.refused) {
            (Some(error), _) => {
                let place = error.blame.as_ref();
                let place = place.map_or(String::new(), |place| format!(" at {place}"));
                let message = shortened(&error.message);
                format!(
                    "{}: {message}{place}; the client got ",
                    visible(&error.r#type)
                )
            }
            (None, Some(refused)) => format!("{}: ", visible(&refused.detail)),
            (None, None) => String::new(),
        };
        told.push_str(&self.status().map_or("no answer".to_owned(), visible));
        if now.error.is_none() && now.refused.is_none() {
            if let Some(kind) = self.header("Content-Type") {
                told.push_str(", ");
                told.push_str(&visible(kind));
            }
            told.push_str(", ");
            told.push_str(&self.body_told());
        }
        told
    }

    fn body_told(&self) -> String {
        let body = &self.exchange.now().body;
        if body.length == 0 {
            return "an empty body".to_owned();
        }
        format!("'{}'", shortened(&visible_bytes(&body.kept)))
    }

    fn kinds(&self) -> impl Iterator<Item = &EventKind> {
        self.exchange.events().iter().map(|event| &event.kind)
    }

    /// The bytes of each block of the application's, and its place among the events.
    fn blocks_given(&self) -> impl Iterator<Item = (u64, usize)> {
        let events = self.exchange.events().iter().enumerate();
        events.filter_map(|(place, event)| match &event.kind {
            EventKind::Block { source, bytes, .. } if *source != BlockSource::Gateway => {
                Some((bytes.length, place))
            }
            _ => None,
        })
    }
}

/// The status in the first line of a response.
fn status_sent(response: &[u8]) -> Option<&str> {
    let line = response.split(|&byte| byte == b'\r').next()?;
    let (_, status) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    Some(status)
}

/// The beginning of a text that is too long for a line.
fn shortened(text: &str) -> String {
    let text = visible(text);
    match text.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
