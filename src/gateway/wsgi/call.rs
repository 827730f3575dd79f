//! One call of an application: its environ is built while the request is on its way, and the call
//! is made when the body has arrived.

use std::io::{self, Read};

use super::application::{Application, Call};
use super::environ::{self, Endpoints, Environ};
use super::reply::{Reply, ResponseWriter};
use super::response::RequestTraits;
use crate::exchange::Recorder;
use crate::gateway::http::head::Head;
use crate::gateway::http::mount::Mount;

/// A call that needs only its body.
pub struct PreparedCall {
    call: Call,
    /// Where the values of environ come from.
    origins: Environ,
    request: RequestTraits,
    /// Whether the client is on this machine.
    is_local: bool,
}

impl PreparedCall {
    /// Builds environ for a request whose body, without any chunked coding, has `length` bytes, and
    /// lets the application prepare for it.
    pub fn new(
        application: &dyn Application,
        head: &Head,
        length: usize,
        endpoints: Endpoints,
        mount: &Mount,
    ) -> Self {
        let concurrency = application.concurrency();
        let mut origins = environ::build(head, length, endpoints, concurrency, mount);
        let environ = std::mem::take(&mut origins.values);
        Self {
            call: Call {
                prepared: application.prepare(&environ, length),
                environ,
                body: Box::new(io::empty()),
                length,
            },
            origins,
            request: RequestTraits::of(head),
            // A socket that accepts IPv6 and IPv4 sees 127.0.0.1 as ::ffff:127.0.0.1.
            is_local: endpoints.client.ip().to_canonical().is_loopback(),
        }
    }

    /// Calls the application and sends its response to `client`. Returns whether the connection can
    /// serve another request.
    pub fn run(
        mut self,
        application: &dyn Application,
        body: Box<dyn Read>,
        recorder: Recorder,
        client: &mut dyn ResponseWriter,
    ) -> bool {
        self.call.body = body;
        let mut reply = Reply::new(recorder, self.origins, self.request, self.is_local, client);
        application.answer(self.call, &mut reply);
        reply.finish()
    }
}
