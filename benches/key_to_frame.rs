//! From a key to its frame: with a full history, a large body and much output on the screen, against
//! an empty screen in the same run. `cargo bench --bench key_to_frame`

#[path = "../tests/screens/stage.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the stage belongs to the tests, which use all of it"
)]
mod stage;

use std::io::Write as _;
use std::time::{Duration, Instant};

use stage::{Stage, answered, asked, printed, whole};

const FRAMES: u32 = 200;
const EXCHANGES: u64 = 1_000;

fn main() -> std::io::Result<()> {
    let mut empty = Stage::serving(1, 120, 40);
    let empty = measure(&mut empty);
    let mut full = Stage::serving(1, 120, 40);
    for id in 1..EXCHANGES {
        full.exchange(id, whole("GET", "/", "200 OK", b"Hello"));
    }
    let mut large = asked("GET", "/");
    large.push(printed(&"a word and another\n".repeat(14_000)));
    large.extend(answered("200 OK", &b"text and text\n".repeat(75_000)));
    full.exchange(EXCHANGES, large);
    full.press("4");
    let full = measure(&mut full);
    let ratio = full.as_secs_f64() / empty.as_secs_f64();
    writeln!(
        std::io::stdout(),
        "key to frame: {full:.1?} with {EXCHANGES} exchanges and a 1 MiB body, \
         {empty:.1?} with none; ratio {ratio:.1}"
    )
}

fn measure(stage: &mut Stage) -> Duration {
    let begun = Instant::now();
    for _ in 0..FRAMES {
        stage.press("<down>").frame();
    }
    begun.elapsed() / FRAMES
}
