//! Every limit a client meets, in one place; the times stand in `deadlines.rs`.

/// The request line, in bytes. Longer: 414.
pub const REQUEST_LINE: usize = 8 * 1024;
/// Request line and headers together, in bytes. Longer: 431. Trailers of a chunked body too.
pub const HEAD: usize = 64 * 1024;
/// Number of headers. More: 431.
pub const HEADERS: usize = 100;
/// The body without any chunked coding, in bytes. Longer: 413.
pub const BODY: u64 = 16 * 1024 * 1024;
/// Bytes of a body that is still coming, or waits for its turn, kept in memory; more go to a file.
pub const BODY_MEMORY: usize = 64 * 1024;
/// One line that begins a chunk, extensions included, in bytes. Longer: 400.
pub const CHUNK_LINE: usize = 4 * 1024;
/// Empty lines allowed before the request line.
pub const EMPTY_LINES: usize = 2;
/// Connections open at the same time. One more closes the one that has been idle longest.
pub const CONNECTIONS: usize = 256;
/// Bytes of an answer a slow client has not taken yet, kept in memory; more go to a file.
pub const SPOOL_MEMORY: usize = 16 * 1024;
/// Bytes of an answer a slow client has not taken yet. Beyond it the application waits.
pub const SPOOL: u64 = 64 * 1024 * 1024;
