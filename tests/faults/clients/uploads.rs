//! Bodies as large as they may be.

use std::thread;

use rstest::rstest;

use super::{answer, assert_others_are_served, plan, sent_to};
#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM};
use crate::table::{Section, assert_row};
use crate::watch::{AS_BEFORE, assert_leaves_nothing};

const CHUNKED: &str =
    "POST /length HTTP/1.1\r\nHost: t\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
const COUNTED: &str =
    "POST /length HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 16777216\r\n\r\n";
const LARGEST: usize = 16 << 20;

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn eight_bodies_of_16_mib(#[case] engine: Engine) {
    let tutor = plan().engine(engine).start();
    let body = vec![b'x'; LARGEST];
    let counted = [COUNTED.as_bytes(), &body].concat();
    let chunked = [CHUNKED.as_bytes(), b"1000000\r\n", &body, b"\r\n0\r\n\r\n"].concat();
    let port = tutor.port();
    assert_leaves_nothing(&tutor, || {
        thread::scope(|scope| {
            for number in 0..8 {
                let request = if number % 2 == 0 { &counted } else { &chunked };
                scope.spawn(move || {
                    let answer = answer(&sent_to(port, request));
                    assert!(answer.ends_with(b"16777216"));
                });
            }
        });
        assert_others_are_served(&tutor);
    });
    assert_row(
        Section::Clients,
        "8 uploads of 16 MiB at once",
        &format!(
            "all are answered; neither the tutor nor its Python ever takes more than 64 MiB; {AS_BEFORE}"
        ),
    );
}
