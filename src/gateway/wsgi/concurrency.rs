//! How calls of an application may overlap.

/// How calls of an application may overlap (PEP 3333, "environ Variables").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concurrency {
    /// Another thread of the same process may call it at the same time: `wsgi.multithread`.
    pub multithread: bool,
    /// Another process may call its equal at the same time: `wsgi.multiprocess`.
    pub multiprocess: bool,
    /// The most calls that go on at once; at least 1.
    pub calls: usize,
}
