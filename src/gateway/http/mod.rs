//! HTTP/1.1 as bytes (RFC 9112): request heads, chunked bodies, and why a request is refused. Pure:
//! it knows no socket, file, clock or application.

mod chunk_line;
pub mod chunked;
pub mod deadlines;
mod field;
pub mod head;
mod host;
pub mod limits;
pub mod mount;
pub mod page;
pub mod refusal;

/// The value of the `Server` header and of `SERVER_SOFTWARE`.
pub const SERVER_SOFTWARE: &str = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"));
