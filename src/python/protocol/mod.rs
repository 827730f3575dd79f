//! The protocol between the supervisor and a worker: commands one way, frames the other. A frame is
//! a line of JSON, followed by as many raw bytes as its `bytes` says.

pub mod channel;
pub mod command;
pub mod frame_reader;
pub mod message;
pub mod output;
