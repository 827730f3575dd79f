//! Threads with a stack for source that is nested deeply.

use std::thread;

/// The stack of a thread that parses, in bytes: enough for what [`super::source`] lets through.
pub const PARSER_STACK: usize = 32 * 1024 * 1024;

/// Does something that parses source on a thread of this name with a stack for it, and waits for
/// it. Nothing, when that is not possible.
pub fn with_parser_stack<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name(name.into())
            .stack_size(PARSER_STACK)
            .spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}
