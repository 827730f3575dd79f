"""From a save to the first answer by the new code."""

import contextlib
import itertools
import pathlib
import random
import tempfile
import time
from collections.abc import Callable

import client
import peers
import rows
import samples
import servers

BUDGET = 0.200


def part(quick: bool) -> rows.Part:
    ours = {servers.ours(peers.python()): "hello.py"}
    if servers.has_embedded():
        ours[servers.ours("embedded")] = "hello.py"
    ours[servers.ours(peers.python(), name="CPython, --json, Django's app")] = "django_pages.py"
    others = {
        servers.library("werkzeug", reload=True): "hello.py",
        servers.gunicorn(reload=True): "hello.py",
        servers.django(reload=True): "django_pages.py",
    }
    with contextlib.ExitStack() as stack:
        measures = {
            server.name: saves(stack, server, file) for server, file in (ours | others).items()
        }
        times = samples.in_turns(measures, rounds=5 if quick else 15)
    found = []
    for server, file in ours.items():
        its = times[server.name]
        alike = {peer.name: times[peer.name] for peer, of in others.items() if of == file}
        figure = f"reload: {server.name}"
        kept = its.p50 <= BUDGET
        beside = rows.beside(its, alike)
        ours_ = rows.milliseconds(its.p50)
        found.append(rows.Row(figure, ours_, beside, rows.milliseconds(BUDGET), kept))
    about = "from a save to the first answer by the new code, which is asked for all the time"
    return rows.Part("Reload after a save", about, tuple(found))


def saves(stack: contextlib.ExitStack, server: servers.Server, file: str) -> Callable[[], float]:
    """Starts a server in a folder of its own; what is returned saves another greeting, and waits."""
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    path = servers.copied(file, folder)
    run = stack.enter_context(servers.running(server, file, pathlib.Path(folder)))
    source = path.read_text()
    numbers = itertools.count(1)

    def save() -> float:
        greeting = f"Hello {next(numbers)}"
        # As long as somebody looks at what came of the save before; no peer's clock is hit each
        # time.
        time.sleep(1 + random.random())
        begun = time.perf_counter()
        path.write_text(source.replace('"Hello', f'"{greeting}'))
        while True:
            # While a peer starts anew it does not listen.
            with contextlib.suppress(OSError):
                if greeting.encode() in client.once(run.port, client.HELLO):
                    return time.perf_counter() - begun
            if time.perf_counter() - begun > servers.PATIENCE:
                raise servers.NotStarted(f"{server.name} did not see the save\n{run.said()}")
            time.sleep(0.002)

    return save
