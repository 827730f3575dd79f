//! The tutor is stopped while it answers.

use serde_json::json;

use crate::support::{Answer, Tutor, get};
use crate::table::{Section, assert_row};
use crate::watch::until;

const SLOW: &str = "
import time

def application(environ, start_response):
    open(environ['QUERY_STRING'], 'w').close()
    time.sleep(8)
    start_response('200 OK', [])
    return [b'x']
";

#[test]
fn within_a_request() {
    let tutor = Tutor::lesson(1).app(SLOW).start();
    let folder = tempfile::tempdir().unwrap();
    let sign = folder.path().join("called");
    let mut client = tutor.connect();
    client.send(get(&format!("/?{}", sign.display())));
    until("the call", || sign.exists(), |is_there| *is_there);
    let ended = tutor.stop(rustix::process::Signal::TERM);
    let page = Answer::read(&client.rest(), false);
    assert_eq!(page.status, "502 Bad Gateway");
    assert!(page.text().contains("wsgi-tutor was stopped"), "{page:?}");
    let (last, told) = ended.lines.split_last().unwrap();
    assert_eq!(last, &json!({"type": "stopped"}));
    let exchange = told.last().unwrap();
    assert_eq!(
        (&exchange["type"], &exchange["id"]),
        (&json!("exchange"), &json!(1))
    );
    assert_row(
        Section::Surroundings,
        "SIGTERM while the application answers",
        "the client gets a 502 that says that wsgi-tutor was stopped; --json tells the exchange, and that it stopped",
    );
}
