//! Answers, headers and output without measure.

use std::io::Write as _;
use std::net::TcpStream;

use super::{ANSWERS, ENGINES, Marked, fault};
use crate::support::{Engine, SYSTEM, get};
use crate::table::{Section, assert_row};

/// Reads an answer to its end without keeping it; returns how many bytes came.
fn counted(run: &Marked) -> u64 {
    let mut stream = TcpStream::connect(("127.0.0.1", run.tutor.port())).unwrap();
    stream.write_all(get("/fault").as_bytes()).unwrap();
    std::io::copy(&mut stream, &mut std::io::sink()).unwrap()
}

#[test]
fn a_gibibyte_in_one_block() {
    for &(engine, called) in ENGINES {
        let run = Marked::app(
            engine,
            "def fault(environ, start_response):\n    return answer(start_response, bytes(1 << 30))\n",
        );
        let before = run.process();
        assert!(counted(&run) > 1 << 30, "{called}");
        let body = run.tutor.exchange()["response"]["body"].take();
        assert_eq!(body["length"], 1 << 30, "{called}");
        assert_eq!(run.process(), before, "{called}");
        run.ends(called);
    }
    assert_row(
        Section::Apps,
        "gives a body of 1 GiB in one block",
        "200; every byte arrives, and the record tells the true length; the same process goes on",
    );
}

fn blocks(count: u32, engines: &[(Engine, &str)], whose: &str) {
    for &(engine, called) in engines {
        let run = Marked::app(
            engine,
            &format!(
                "def fault(environ, start_response):\n    answer(start_response)\n    \
                 return (b'x' for _ in range({count}))\n"
            ),
        );
        let before = run.process();
        let answer = run.tutor.get("/fault");
        assert!(answer.whole, "{called}");
        assert_eq!(answer.body.len(), count as usize, "{called}");
        let exchange = run.tutor.exchange();
        assert_eq!(exchange["response"]["body"]["length"], count, "{called}");
        assert!(
            exchange["events"].as_array().unwrap().len() < 5_000,
            "{called}"
        );
        assert_eq!(run.process(), before, "{called}");
        run.ends(called);
    }
    assert_row(
        Section::Apps,
        &format!("gives a body of {count} blocks of one byte{whose}"),
        "200; every byte arrives, and the record tells the true length; the same process goes on",
    );
}

#[test]
fn many_small_blocks() {
    blocks(10_000, ENGINES, "");
}

#[test]
#[ignore = "it takes minutes"]
fn very_many_small_blocks() {
    // Under the embedded Python it would be half an hour.
    blocks(1_000_000, &[(SYSTEM, "CPython")], " (CPython)");
}

#[test]
fn a_body_without_end() {
    for &(engine, called) in ENGINES {
        let run = Marked::app(
            engine,
            "def fault(environ, start_response):\n    answer(start_response)\n    while True: yield b'x' * 1000\n",
        );
        let before = run.process();
        let mut client = run.tutor.connect();
        client.send(get("/fault"));
        client.until(b"xxx");
        // The client leaves.
        drop(client);
        let events = run.tutor.exchange()["events"].take();
        let gone = events
            .as_array()
            .unwrap()
            .iter()
            .any(|event| event["kind"] == "client-gone");
        assert!(gone, "{called}");
        assert_eq!(run.process(), before, "{called}");
        // And once more, with the end of the tutor in the midst of it.
        let mut client = run.tutor.connect();
        client.send(get("/fault"));
        client.until(b"xxx");
        run.ends(called);
    }
    assert_row(
        Section::Apps,
        "gives a body without end",
        "200; it goes on until the client leaves, the app is saved or the tutor ends; the same process goes on",
    );
}

fault_tests! {
    "", ANSWERS;
    fault: many_headers, "gives 10000 headers", "start_response('200 OK', [('X', 'y')] * 10_000)\nreturn [b'answered']";
    fault: a_long_header, "gives a header of 100 MB", "start_response('200 OK', [('X', 'y' * 100_000_000)])";
    fault: a_long_status, "gives a status of 10 MB", "start_response('200 ' + 'x' * 10_000_000, [])";
    fault: many_keys, "puts 100000 keys into environ",
        "for number in range(100_000): environ[f'key {number}'] = 'value'";
    fault: a_long_value, "puts a value of 100 MB into environ", "environ['long'] = 'x' * 100_000_000";
    fault: large_locals, "has local variables of 100 MB",
        "text, numbers = 'x' * 100_000_000, list(range(1_000_000))";
    fault: a_loud_thread, "leaves a thread that prints for ever",
        "def for_ever():\n    while True: print('x' * 100)\nthreading.Thread(target=for_ever, daemon=True).start()";
    fault: a_loud_thread_below, "leaves a thread that writes to descriptor 2 for ever",
        "def for_ever():\n    while True: os.write(2, b'x' * 100)\nthreading.Thread(target=for_ever).start()";
    fault: a_quiet_thread, "leaves a thread running that is no daemon",
        "threading.Thread(target=time.sleep, args=(7777,)).start()";
    fault: a_child_that_prints, "leaves a child that prints for ever",
        "subprocess.Popen(['yes'])";
}
