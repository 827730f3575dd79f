//! Many clients, slow clients, clients that leave: each other client is served all the same.

use crate::support::{Client, SYSTEM, Tutor, routed};

const APPS: &str = "
def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']

def large(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for number in range(32):
        yield bytes(1 << 20)
";

const HALF_HEAD: &str = "GET /hello HTTP/1.1\r\nHost: t\r\n";
const HALF_BODY: &str = "POST /hello HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf";

/// Clients that have sent this and do nothing more.
fn stuck(tutor: &Tutor, count: usize, bytes: &str) -> Vec<Client> {
    let client = |_| {
        let mut client = tutor.connect();
        client.send(bytes);
        client
    };
    (0..count).map(client).collect()
}

#[test]
fn a_crowd_of_stuck_clients_keeps_nobody_waiting() {
    let tutor = Tutor::lesson(1).engine(SYSTEM).app(routed(APPS)).start();
    let _idle = stuck(&tutor, 1000, "");
    let mut heads = stuck(&tutor, 20, HALF_HEAD);
    let mut bodies = stuck(&tutor, 8, HALF_BODY);
    let _deaf = stuck(&tutor, 8, "GET /large HTTP/1.1\r\nHost: t\r\n\r\n");
    assert_eq!(tutor.get("/hello").text(), "Hello");
    // They were not given up to serve it: those with half a request are still waited for.
    for (client, rest) in [(&mut heads[0], "\r\n"), (&mut bodies[0], "whole")] {
        assert!(client.is_waiting());
        client.send(rest);
        assert_eq!(client.answer().text(), "Hello");
    }
}

#[test]
fn half_a_head_is_given_up_after_its_time() {
    let tutor = Tutor::lesson(1).start();
    let mut slow = tutor.connect();
    slow.send(HALF_HEAD);
    assert_eq!(tutor.get("/").status, "200 OK");
    let answer = String::from_utf8(slow.rest()).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
        "{answer}"
    );
    assert_eq!(tutor.told("refused")["reason"], "too-slow");
}

#[test]
fn a_client_that_leaves_halfway_is_told_of() {
    let tutor = Tutor::lesson(1).start();
    for half in [HALF_HEAD, HALF_BODY, "G"] {
        drop(stuck(&tutor, 1, half));
        let exchange = tutor.exchange();
        assert!(
            exchange["events"].to_string().contains("client-gone"),
            "{exchange}"
        );
        assert_eq!(exchange["response"], serde_json::Value::Null);
    }
    let mut client = tutor.connect();
    client.send(
        "POST /hello HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
    );
    client.reset();
    assert!(
        tutor.exchange()["events"]
            .to_string()
            .contains("client-gone")
    );
    assert_eq!(tutor.get("/").status, "200 OK");
}

#[test]
fn requests_one_after_the_other_on_a_connection_are_answered_in_order() {
    let tutor = Tutor::lesson(1).engine(SYSTEM).app(routed(APPS)).start();
    let mut client = tutor.connect();
    let one = "GET /hello HTTP/1.1\r\nHost: t\r\n\r\n";
    let two = "POST /hello HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nGET";
    client.send([one, two, one].concat());
    for _ in 0..3 {
        assert_eq!(client.answer().text(), "Hello");
    }
    let methods = [(); 3].map(|()| tutor.exchange()["request"]["method"].take());
    assert_eq!(methods, ["GET", "POST", "GET"]);
    client.send([one, "rubbish\r\n\r\n"].concat());
    assert_eq!(client.answer().text(), "Hello");
    assert!(client.rest().starts_with(b"HTTP/1.1 400 "));
}
