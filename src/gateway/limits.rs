//! Every limit a client meets, in one place.

use std::time::Duration;

/// The request line, in bytes. Longer: 414.
pub const REQUEST_LINE: usize = 8 * 1024;
/// Request line and headers together, in bytes. Longer: 431. Trailers of a chunked body too.
pub const HEAD: usize = 64 * 1024;
/// Number of headers. More: 431.
pub const HEADERS: usize = 100;
/// The body without any chunked coding, in bytes. Longer: 413.
pub const BODY: u64 = 16 * 1024 * 1024;
/// One line that begins a chunk, extensions included, in bytes. Longer: 400.
pub const CHUNK_LINE: usize = 4 * 1024;
/// Empty lines allowed before the request line.
pub const EMPTY_LINES: usize = 2;
/// From the first byte to the end of the head. Later: 408.
pub const HEAD_TIME: Duration = Duration::from_secs(10);
/// From the end of the head to the end of the body. Later: 408.
pub const BODY_TIME: Duration = Duration::from_secs(30);
/// How long a connection may stay open without a request.
pub const IDLE_TIME: Duration = Duration::from_secs(75);
/// How long a client may refuse to take any byte of the answer.
pub const STALL_TIME: Duration = Duration::from_secs(30);
/// How long a refused client is listened to, so that it can read why.
pub const LINGER_TIME: Duration = Duration::from_millis(500);
/// How long the record of an exchange whose client has gone waits for the application to end.
pub const AFTERMATH: Duration = Duration::from_secs(30);
/// Connections open at the same time. One more closes the one that has been idle longest.
pub const CONNECTIONS: usize = 256;
/// How long a new connection waits for a place when all others have a request. Later: 503.
pub const ADMISSION_TIME: Duration = Duration::from_secs(1);
/// A connection that has been idle for less is not closed to make room: its request may be on the way.
pub const ADMISSION_GRACE: Duration = Duration::from_millis(100);
/// Requests passed on to the server behind the wire at the same time, or more if the application
/// takes more calls at once. The others wait in the wire, where they cost less.
pub const PASSED_ON: usize = 16;
/// Bytes of an answer a slow client has not taken yet, kept in memory; more go to a file.
pub const SPOOL_MEMORY: usize = 256 * 1024;
/// Bytes of an answer a slow client has not taken yet. Beyond it the application waits.
pub const SPOOL: u64 = 64 * 1024 * 1024;
