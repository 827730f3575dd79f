//! Clients that do not finish what they began, and clients that do not read.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use rstest::rstest;
use serde_json::Value;

use super::{answer, assert_others_are_served, plan, sent};
use crate::support::get;
use crate::table::{Section, assert_row};
use crate::watch::{AS_BEFORE, assert_leaves_nothing};

const HALF_HEAD: &str = "GET /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n";
const HALF_BODY: &str =
    "POST /length HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 9\r\n\r\nhalf";

#[rstest]
#[case("20 clients that send half a head", 20, HALF_HEAD, "\r\n", "Hello")]
#[case("8 clients that send half a body", 8, HALF_BODY, "whole", "9")]
fn half_a_request(
    #[case] fault: &str,
    #[case] clients: usize,
    #[case] half: &str,
    #[case] rest: &str,
    #[case] whole: &str,
) {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || {
        let slow: Vec<TcpStream> = (0..clients).map(|_| sent(&tutor, half)).collect();
        assert_others_are_served(&tutor);
        for mut client in slow {
            client.write_all(rest.as_bytes()).unwrap();
            assert!(answer(&client).ends_with(whole.as_bytes()));
        }
    });
    assert_row(
        Section::Clients,
        fault,
        &format!(
            "another client is answered meanwhile; who sends the other half in time is answered too; {AS_BEFORE}"
        ),
    );
}

#[rstest]
#[case(8)]
#[case(32)]
fn an_answer_of_16_mib_that_is_not_read(#[case] clients: usize) {
    let tutor = plan().start();
    assert_leaves_nothing(&tutor, || {
        let mut deaf: Vec<TcpStream> = (0..clients).map(|_| sent(&tutor, get("/large"))).collect();
        assert_others_are_served(&tutor);
        // What they did not take has waited for them.
        let first = answer(&deaf.remove(0));
        assert!(first.len() > 16 << 20, "{}", first.len());
    });
    assert_row(
        Section::Clients,
        &format!("{clients} clients that do not read an answer of 16 MiB"),
        &format!(
            "the answers wait in files, whole; another client is answered meanwhile; {AS_BEFORE}"
        ),
    );
}

#[test]
fn each_exchange_is_told_however_many_go_on() {
    const CLIENTS: u64 = 16;
    let tutor = plan().start();
    let slow: Vec<TcpStream> = (0..CLIENTS).map(|_| sent(&tutor, get("/large"))).collect();
    assert_others_are_served(&tutor);
    for client in slow {
        assert!(answer(&client).len() > 16 << 20);
    }
    let mut told: Vec<Value> = (0..=CLIENTS).map(|_| tutor.exchange()).collect();
    told.sort_by_key(|exchange| exchange["id"].as_u64());
    let mut short = 0;
    for (id, exchange) in (1..).zip(&told) {
        assert_eq!(exchange["id"], id);
        assert_eq!(exchange["response"]["status"], "200 OK");
        let length = exchange["response"]["body"]["length"].as_u64().unwrap();
        assert!(length == 5 || length == 16 << 20, "{length}");
        let kept = exchange["response"]["body"]["text"].as_str().unwrap();
        short += usize::from(length > 5 && kept.is_empty());
    }
    for _ in 0..short {
        let said = tutor.told("trouble")["message"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(said.contains("is shown without bytes"), "{said}");
    }
    assert!(short > 0);
    assert_row(
        Section::Clients,
        "16 clients that read an answer of 16 MiB slowly, under --json",
        "each exchange is told with its id and true lengths; where all together are too much for the memory, some without bytes, lines and diagnoses, which is said",
    );
}

#[test]
fn uploads_byte_by_byte() {
    let tutor = plan().start();
    let head =
        "POST /length HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 300\r\n\r\n";
    assert_leaves_nothing(&tutor, || {
        let mut slow: Vec<TcpStream> = (0..20).map(|_| sent(&tutor, head)).collect();
        for byte in 0..300 {
            for client in &mut slow {
                client.set_nodelay(true).unwrap();
                client.write_all(b"x").unwrap();
            }
            if byte % 100 == 50 {
                assert_others_are_served(&tutor);
            }
        }
        for client in &slow {
            assert!(answer(client).ends_with(b"300"));
        }
    });
    assert_row(
        Section::Clients,
        "20 clients that send their body byte by byte",
        &format!("each is answered; another client is answered meanwhile; {AS_BEFORE}"),
    );
}

#[test]
fn pipelined_requests_whose_answers_nobody_reads() {
    let tutor = plan().start();
    let flood = "GET /hello HTTP/1.1\r\nHost: t\r\n\r\n".repeat(10_000);
    assert_leaves_nothing(&tutor, || {
        let mut client = sent(&tutor, "");
        client.set_nonblocking(true).unwrap();
        // As much as fits: the server stops reading when nobody takes its answers.
        let taken = client.write(flood.as_bytes()).unwrap();
        assert!(taken > 0);
        assert_others_are_served(&tutor);
        client.set_nonblocking(false).unwrap();
        let mut some = [0; 1000];
        client.read_exact(&mut some).unwrap();
        assert!(some.starts_with(b"HTTP/1.1 200 OK"));
    });
    assert_row(
        Section::Clients,
        "10,000 requests on one connection, and no answer is read",
        &format!(
            "it takes no more of them than it can answer; another client is answered meanwhile; {AS_BEFORE}"
        ),
    );
}
