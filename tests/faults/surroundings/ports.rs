//! Ports and addresses.

use std::net::TcpListener;

use crate::program::{Home, Serving, run};
use crate::table::{Section, assert_row};

#[test]
fn a_port_that_is_taken() {
    let home = Home::new();
    let first = Serving::start(&mut home.lesson());
    let port = first.port().to_string();
    let second = Serving::start(&mut home.lesson_at(&port));
    assert_ne!(second.port(), first.port());
    let words = format!("Port {port} is taken by another program. Serving ");
    assert!(second.told.starts_with(&words), "{}", second.told);
    assert_row(
        Section::Surroundings,
        "the port is taken",
        "it takes the next free one, and says so",
    );
}

#[test]
fn no_port_is_free() {
    // There is none after it. Somebody else may have it as well.
    let _taken = TcpListener::bind("127.0.0.1:65535");
    let home = Home::new();
    let ran = run(&mut home.lesson_at("65535"));
    ran.assert_says(
        1,
        &[
            "127.0.0.1 port 65535",
            "choose another with --host or --port",
        ],
    );
    assert_row(
        Section::Surroundings,
        "the port is taken, and there is none after it (65535)",
        "it ends with exit code 1 and a line that names address and port, and the options for others",
    );
}

#[test]
fn an_address_of_another_machine() {
    let home = Home::new();
    let ran = run(home.lesson().args(["--host", "203.0.113.7"]));
    ran.assert_says(1, &["203.0.113.7", "choose another with --host or --port"]);
    assert_row(
        Section::Surroundings,
        "--host names an address that is not this machine's",
        "it ends with exit code 1 and a line that names it",
    );
}
