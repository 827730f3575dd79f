"""What is used while nothing happens."""

import contextlib
import pathlib
import shutil
import tempfile
import time
from collections.abc import Iterator

import peers
import processes
import rows
import servers

BUDGET = 0.001


def part(quick: bool) -> rows.Part:
    seconds = 5 if quick else 10
    python = peers.python()
    ours = [servers.ours(python), servers.ours(python, servers.SCREEN)]
    if servers.has_embedded():
        ours += [servers.ours("embedded"), servers.ours("embedded", servers.SCREEN)]
    others = [servers.library("werkzeug", reload=True), servers.django(reload=True)]
    others += [servers.gunicorn(), servers.WAITRESS, servers.WSGIREF]
    found = {}
    # All at the same time: they do nothing.
    with contextlib.ExitStack() as stack:
        runs = [stack.enter_context(alone(it)) for it in [*ours, *others]]
        # Whatever a start leaves to be done afterwards.
        time.sleep(5)
        before = {run.server.name: processes.used(run.pid) for run in runs}
        time.sleep(seconds)
        for run in runs:
            found[run.server.name] = processes.used(run.pid) - before[run.server.name]
    beside = tuple(f"{peer.name} {told(found[peer.name], seconds)}" for peer in others)
    rows_ = tuple(
        rows.Row(
            f"idle: {server.name}",
            told(found[server.name], seconds),
            beside,
            "0 % CPU, no wake-ups",
            found[server.name].seconds <= BUDGET * seconds and not found[server.name].switches,
        )
        for server in ours
    )
    about = (
        "a second of doing nothing, with all children: the share of a core, and how often a thread was "
        "woken"
    )
    return rows.Part("Idle", about, rows_)


@contextlib.contextmanager
def alone(server: servers.Server) -> Iterator[servers.Running]:
    """Runs it in a folder of its own, because a reloader that looks at a folder wakes who watches it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch, "apps")
        shutil.copytree(servers.APPS, folder)
        with servers.running(server, "hello.py", folder) as run:
            yield run


def told(used: processes.Used, seconds: float) -> str:
    return f"{used.seconds / seconds:.2%}, {used.switches / seconds:.1f} wake-ups"
