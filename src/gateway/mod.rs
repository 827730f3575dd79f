//! The gateway between HTTP and WSGI. Dependencies run one way: [`server`] reads requests and sends
//! responses, [`wsgi`] translates them, [`http`] knows the bytes.
//!
//! This module knows sockets and the record, and neither Python nor a screen: an application is
//! whatever implements [`Application`].

mod http;
mod server;
mod wsgi;

pub use http::deadlines::Deadlines;
pub use http::mount::{Mount, MountError};
pub use server::Gateway;
pub use wsgi::{Advice, Application, Call, Concurrency, Prepared, Reply, percent_decoded};
