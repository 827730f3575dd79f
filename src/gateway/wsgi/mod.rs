//! Translates between HTTP and WSGI (PEP 3333): a request head becomes an environ, and what the
//! application returns becomes a response. It knows [`http`](super::http) and the record; not
//! sockets, Python or threads.

mod application;
mod call;
mod concurrency;
mod environ;
mod error_page;
mod reply;
mod response;

pub use application::{Application, Call, Prepared};
pub use call::PreparedCall;
pub use concurrency::Concurrency;
pub use environ::{Endpoints, latin1, percent_decoded};
pub use error_page::Advice;
pub use reply::{Reply, ResponseWriter};
