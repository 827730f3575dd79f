"""On a terminal: from the command to the first frame, and from a key to its frame."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable

import client
import peers
import rows
import samples
import servers
import terminal

FIRST_FRAME, KEY = 0.050, 0.016
TITLE, WHOLE = b" wsgi-tutor", b"\x1b[?2026l"
DOWN, UP = b"\x1b[B", b"\x1b[A"
EXCHANGES = 1000
MIB = 1024 * 1024
# Longer than any pause within a frame, and longer than the tutor leaves between two frames.
QUIET = 0.04


def first(quick: bool) -> rows.Part:
    """From the command to the first frame."""

    def lesson(_file: str, port: int) -> list[str]:
        return [peers.tutor(), "lesson", "1", "--port", str(port)]

    tutor = servers.Server("lesson 1", lesson, servers.SCREEN, ours=True)
    whole = samples.Samples()

    def title() -> float:
        with (
            tempfile.TemporaryDirectory() as folder,
            servers.started(tutor, "", pathlib.Path(folder), drained=False) as run,
        ):
            drawn = terminal.until(run.terminal, TITLE) - run.begun
            whole.rounds.append([terminal.until(run.terminal, WHOLE) - run.begun])
            return drawn

    def python() -> float:
        begun = time.perf_counter()
        subprocess.run([peers.python(), "-c", "pass"], check=True)
        return time.perf_counter() - begun

    measures = {"title": title, "Python alone, doing nothing": python}
    times = samples.in_turns(measures, rounds=8 if quick else 30)
    its = times.pop("title")
    found = [
        rows.Row(
            f"first frame of lesson 1: {name}",
            rows.milliseconds(time_.p50),
            rows.beside(time_, times),
            rows.milliseconds(FIRST_FRAME),
            time_.p50 <= FIRST_FRAME,
        )
        for name, time_ in (("its title", its), ("all of it", whole))
    ]
    about = "from the command to the first frame in a terminal, by somebody who has not used it before"
    return rows.Part("Start to first frame", about, tuple(found))


def keys(quick: bool) -> rows.Part:
    """From a key to its frame: with a full history and a large body on the screen, and without."""
    rounds = 10 if quick else 40
    with contextlib.ExitStack() as stack:
        full = screen(stack, EXCHANGES - 1, MIB)
        bare = screen(stack, 0, 20_000)
        measures = {"full": full, "one exchange, a body of 20 kB": bare}
        times = samples.in_turns(measures, rounds, batch=2)
    its = times.pop("full")
    figure = f"an arrow key: {EXCHANGES:,} exchanges, a body of 1 MiB"
    ours = f"{rows.milliseconds(its.p50)} (p99 {rows.milliseconds(its.p99)})"
    found = [
        rows.Row(figure, ours, rows.beside(its, times), rows.milliseconds(KEY), its.p50 <= KEY)
    ]
    if not quick:
        # It may have to be built.
        found += bench()
    about = (
        "from the key to the last byte of its frame, through a terminal; without a terminal, what "
        "`cargo bench --bench key_to_frame` prints"
    )
    return rows.Part("Key to frame", about, tuple(found))


def screen(stack: contextlib.ExitStack, exchanges: int, size: int) -> Callable[[], float]:
    """A tutor that has shown some exchanges, and a body of this size; what is returned scrolls in it."""
    engine = "embedded" if servers.has_embedded() else peers.python()
    tutor = servers.ours(engine, servers.SCREEN)
    run = stack.enter_context(servers.started(tutor, "bodies.py", drained=False))
    ready(run)
    for number in range(exchanges):
        client.once(run.port, client.closed(client.get("/")))
        if number % 10 == 0:
            terminal.still(run.terminal, 0)
    client.once(run.port, client.closed(client.get(f"/?{size}")))
    os.write(run.terminal, b"4")
    terminal.still(run.terminal, 0.5)
    keys = [DOWN, UP]

    def press() -> float:
        begun = time.perf_counter()
        os.write(run.terminal, keys[0])
        keys.reverse()
        drawn = terminal.still(run.terminal, QUIET)
        if not drawn:
            raise terminal.Over("nothing was drawn after a key")
        return drawn - begun

    return press


def ready(run: servers.Running) -> None:
    """Reads what is drawn until the app is loaded."""
    terminal.until(run.terminal, b"runs")
    servers.first_answer(run, client.closed(client.get("/")))


def bench() -> list[rows.Row]:
    """What the bench of the view alone prints; nothing where there is no cargo, or it does not build."""
    if not shutil.which("cargo"):
        return []
    command = ["cargo", "bench", "--locked", "--quiet", "--bench", "key_to_frame"]
    ran = subprocess.run(command, cwd=peers.ROOT, capture_output=True, text=True)
    found = []
    for line in ran.stdout.splitlines():
        if said := re.fullmatch(r"(.*): (\S+) with (.*), (\S+) with (.*); ratio (.*)", line):
            name, ours, full, bare, less, ratio = said.groups()
            beside = (f"{bare} with {less} (×{ratio})",)
            kept = as_seconds(ours) <= KEY
            figure = f"without a terminal, {name}: {full}"
            found.append(rows.Row(figure, ours, beside, rows.milliseconds(KEY), kept))
    return found


def as_seconds(text: str) -> float:
    """A duration as Rust writes it."""
    number, unit = re.fullmatch(r"([\d.]+)(\D+)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}[unit]
