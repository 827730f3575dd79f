//! What is said of an application that only a limit of the tutor's own stopped.

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor};

const OTHER_SERVERS: &str = "Every server answers 500.";

/// An application with this line.
fn app(line: &str) -> String {
    format!(
        "def application(environ, start_response):\n    {line}\n    \
         start_response('200 OK', [('Content-Type', 'text/plain')])\n    return [b'']\n"
    )
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_other_servers_do_is_only_said_where_it_is_true(#[case] engine: Engine) {
    let memory = "The limit is the tutor's: another server lets the app have";
    let terminal = "A server that was started in a terminal waits";
    for (line, elsewhere) in [
        ("bytearray(3 * 2**30)", memory),
        ("input('name? ')", terminal),
        ("breakpoint()", terminal),
        ("import getpass; getpass.getpass()", terminal),
        ("raise MemoryError('the shop is full')", OTHER_SERVERS),
        (
            "raise RuntimeError('there is no terminal to talk to')",
            OTHER_SERVERS,
        ),
    ] {
        let tutor = Tutor::run("app.py", &[("app.py", &app(line))]).engine(engine);
        let tutor = tutor.start();
        tutor.get("/");
        let exchange = tutor.exchange();
        let found = &exchange["diagnoses"][0];
        assert_eq!(found["slug"], "raised-before-start", "{line}");
        let said = found["elsewhere"].as_str().unwrap();
        assert!(said.starts_with(elsewhere), "{line}: {said}");
    }
}
