//! From a key to its frame: with a full history, a large body and much output on the screen,
//! against an empty screen in the same run; and one step through an exchange of many events against
//! one of few. `cargo bench --bench key_to_frame`

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

use stage::{Stage, answered, asked, line, printed, whole};
use wsgi_tutor::exchange::EventKind;

const FRAMES: u32 = 200;
const EXCHANGES: u64 = 1_000;
const EVENTS: usize = 10_000;

fn main() -> std::io::Result<()> {
    let mut empty = Stage::serving(1, 120, 40);
    let empty = measure(&mut empty, "<down>");
    let mut full = Stage::serving(1, 120, 40);
    for id in 1..EXCHANGES {
        full.exchange(id, whole("GET", "/", "200 OK", b"Hello"));
    }
    let mut large = asked("GET", "/");
    large.push(printed(&"a word and another\n".repeat(14_000)));
    large.extend(answered("200 OK", &b"text and text\n".repeat(75_000)));
    full.exchange(EXCHANGES, large);
    full.press("4");
    let full = measure(&mut full, "<down>");
    let ratio = full.as_secs_f64() / empty.as_secs_f64();
    writeln!(
        std::io::stdout(),
        "key to frame: {full:.1?} with {EXCHANGES} exchanges and a 1 MiB body, \
         {empty:.1?} with none; ratio {ratio:.1}"
    )?;
    let few = measure(&mut film(10), "<left>");
    let many = measure(&mut film(EVENTS), "<left>");
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    writeln!(
        std::io::stdout(),
        "one step to its frame: {many:.1?} with {EVENTS} events, {few:.1?} with 10; ratio {ratio:.1}"
    )
}

fn measure(stage: &mut Stage, key: &str) -> Duration {
    let begun = Instant::now();
    for _ in 0..FRAMES {
        stage.press(key).frame();
    }
    begun.elapsed() / FRAMES
}

/// An exchange of so many events, most of them lines that ran.
fn film(events: usize) -> Stage {
    let mut stage = Stage::own(120, 40);
    let mut kinds = asked("GET", "/");
    let steps = events - kinds.len() - 1;
    kinds.extend((0..steps).map(|step| line(if step % 2 == 0 { 5 } else { 6 }, 1, &[("i", "1")])));
    kinds.push(EventKind::Finished);
    stage.exchange(1, kinds);
    stage.press("<left>");
    stage
}
