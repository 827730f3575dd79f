//! Writes the record of an exchange to the log, as far as it tells the way of a request: no bodies,
//! no values of headers or of environ, and of the target no query.

use std::sync::Arc;

use tracing::{Level, debug, enabled, trace};

use crate::exchange::{EventKind, ExchangeId, Sink};

/// A sink that logs what it hands on.
pub fn logged(sink: Sink) -> Sink {
    Arc::new(move |id, event| {
        if enabled!(Level::DEBUG) {
            log(id, &event.kind);
        }
        sink(id, event);
    })
}

fn log(exchange: ExchangeId, kind: &EventKind) {
    match kind {
        EventKind::ConnectionOpened { peer, reused } => {
            debug!(exchange, peer, reused, "request begins");
        }
        EventKind::RequestRead(request) => {
            let path = request.target.split('?').next();
            let headers: Vec<&str> = names(&request.headers).collect();
            debug!(
                exchange,
                method = request.method,
                path,
                version = request.version,
                ?headers,
                body = request.body.length,
                "request read"
            );
        }
        EventKind::Refused(refused) => {
            debug!(
                exchange,
                status = refused.status,
                reason = refused.reason,
                "request refused"
            );
        }
        EventKind::Waiting { behind } => debug!(exchange, ?behind, "request waits"),
        EventKind::AppCalled { callable } => debug!(exchange, callable, "application called"),
        EventKind::StartResponse(started) => {
            debug!(exchange, status = started.status, "start_response called");
        }
        EventKind::Returned { r#type, .. } => debug!(exchange, r#type, "application returned"),
        EventKind::Raised(raised) => {
            debug!(exchange, r#type = raised.r#type, "application raised");
        }
        EventKind::HeadersSent { status, headers } => {
            let headers: Vec<&str> = names(headers).collect();
            debug!(exchange, status, ?headers, "response begins");
        }
        EventKind::Block { bytes, sent, .. } => {
            trace!(exchange, length = bytes.length, sent, "block");
        }
        EventKind::BytesReceived { bytes } => {
            trace!(exchange, length = bytes.length, "bytes received");
        }
        EventKind::BytesSent { bytes } => trace!(exchange, length = bytes.length, "bytes sent"),
        EventKind::TimedOut(_) => debug!(exchange, "application timed out"),
        EventKind::WorkerDied { reason } => debug!(exchange, reason, "worker died"),
        EventKind::Superseded => debug!(exchange, "response ended for newer code"),
        EventKind::Interrupted { next } => debug!(exchange, next, "response ended for others"),
        EventKind::ClientGone => debug!(exchange, "client gone"),
        EventKind::Finished => debug!(exchange, "request finished"),
        // What the application itself does, line by line, is the record's.
        EventKind::EnvironBuilt { .. }
        | EventKind::EnvironChanged { .. }
        | EventKind::Line(_)
        | EventKind::Suspended(_)
        | EventKind::TraceStopped { .. }
        | EventKind::InputRead { .. }
        | EventKind::RuleBroken(_)
        | EventKind::Printed { .. }
        | EventKind::Logged { .. }
        | EventKind::CloseCalled
        | EventKind::NotRecorded { .. } => {}
    }
}

fn names(headers: &[(String, String)]) -> impl Iterator<Item = &str> {
    headers.iter().map(|(name, _)| name.as_str())
}
