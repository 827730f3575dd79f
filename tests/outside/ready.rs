//! Calls that are made ready before they come, while their requests are still on the way.

use std::fs;

use rstest::rstest;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use wsgi_tutor::python::{
    CallEvent, CallRequest, DEFAULT_TIMEOUT, PoolSize, PreparedCall, Supervisor, Target,
};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM};

/// An application, and the folder it is in.
struct Running {
    supervisor: Supervisor,
    folder: TempDir,
}

impl Running {
    fn start(engine: Engine, pool_size: PoolSize) -> Self {
        let folder = TempDir::new().unwrap();
        let supervisor = Supervisor::start(
            env!("CARGO_BIN_EXE_wsgi-tutor").into(),
            engine.parse().unwrap(),
            pool_size,
            true,
            DEFAULT_TIMEOUT,
            folder.path().to_owned(),
            |_| {},
        );
        let running = Self {
            supervisor: supervisor.unwrap(),
            folder,
        };
        running.save("one");
        let target = Target::parse("app.py", running.folder.path()).unwrap();
        running.supervisor.want(target);
        running.supervisor.refresh(&[]);
        running
    }

    /// Saves an application that answers with a word and the path.
    fn save(&self, word: &str) {
        let source = format!(
            "import os\n\ndef application(environ, start_response):\n    \
             if environ['PATH_INFO'] == '/exit': os._exit(3)\n    \
             start_response('200 OK', [('Content-Type', 'text/plain')])\n    \
             return [b'{word} ' + environ['PATH_INFO'].encode()]\n"
        );
        fs::write(self.folder.path().join("app.py"), source).unwrap();
    }

    fn prepare(&self, path: &str) -> PreparedCall {
        self.supervisor.prepare(&environ(path), 0)
    }

    /// Calls the application with this path; its body, or what else was heard of it.
    fn call(&self, prepared: PreparedCall, path: &str) -> String {
        let mut heard = String::new();
        let request = CallRequest {
            exchange: 1,
            environ: &environ(path),
            length: 0,
            body: &mut std::io::empty(),
        };
        self.supervisor.call(prepared, request, &mut |event| {
            match event {
                CallEvent::Block { bytes, .. } => {
                    bytes.read_to_string(&mut heard).unwrap();
                }
                CallEvent::Event(event @ wsgi_tutor::exchange::EventKind::WorkerDied { .. }) => {
                    heard = format!("{event:?}");
                }
                _ => {}
            }
            true
        });
        heard
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.supervisor.stop();
    }
}

fn environ(path: &str) -> Map<String, Value> {
    let environ = json!({"PATH_INFO": path, "SCRIPT_NAME": ""});
    environ.as_object().unwrap().clone()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_was_made_ready_is_what_is_called(#[case] engine: Engine) {
    let running = Running::start(engine, PoolSize::default());
    for path in ["/a", "/b"] {
        let ready = running.prepare(path);
        assert_eq!(running.call(ready, path), format!("one {path}"));
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_request_that_never_comes_leaves_its_worker_to_the_next(#[case] engine: Engine) {
    let running = Running::start(engine, PoolSize::default());
    drop(running.prepare("/lost"));
    let ready = running.prepare("/next");
    // There is one worker, and it is taken: this one is told of environ when it is called.
    let late = running.prepare("/late");
    assert_eq!(running.call(ready, "/next"), "one /next");
    assert_eq!(running.call(late, "/late"), "one /late");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_is_saved_in_between_is_what_runs(#[case] engine: Engine) {
    let running = Running::start(engine, PoolSize::default());
    let ready = running.prepare("/");
    running.save("two");
    assert_eq!(running.call(ready, "/"), "two /");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_environ_too_large_to_be_sent_before_its_time_goes_along(#[case] engine: Engine) {
    let running = Running::start(engine, PoolSize::default());
    let path = format!("/{}", "x".repeat(100_000));
    let ready = running.prepare(&path);
    assert_eq!(running.call(ready, &path), format!("one {path}"));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn another_call_may_end_the_worker_meanwhile(#[case] engine: Engine) {
    let pool_size = PoolSize {
        workers: 1,
        threads: 2,
    };
    let running = Running::start(engine, pool_size);
    let ready = running.prepare("/after");
    let exit = running.prepare("/exit");
    let died = running.call(exit, "/exit");
    assert!(died.contains("exit code 3"), "{died}");
    assert_eq!(running.call(ready, "/after"), "one /after");
}
