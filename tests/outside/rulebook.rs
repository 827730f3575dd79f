//! The whole rule book, as tests/peers/score.py asks it of any server. It judges by the bytes on
//! the wire and by what an app saw; what the tutor tells of it is tested in the other modules.

use std::process::Command;

use rstest::rstest;

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded("embedded"))]
#[case::system("cpython")]
fn every_rule_of_the_book_is_kept(#[case] engine: &str) {
    let score = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/score.py");
    let output = Command::new("python3")
        .args([score, "--ours", "--engine", engine])
        .env("WSGI_TUTOR", env!("CARGO_BIN_EXE_wsgi-tutor"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("there is a python3");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
