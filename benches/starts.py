"""From the command to the first answer."""

import shutil
import time
from collections.abc import Callable

import peers
import rows
import samples
import servers

BUDGET = 0.250


def part(quick: bool) -> rows.Part:
    python = peers.python()
    ours = [servers.ours(python, name="CPython")]
    if shutil.which("python3"):
        ours.append(servers.ours("python3", name="CPython, as python3 on the path"))
    if servers.has_embedded():
        ours.append(servers.ours("embedded", name="embedded"))
    others = [servers.WSGIREF, servers.WAITRESS, servers.GUNICORN, servers.WERKZEUG]
    others += [servers.flask(), servers.django()]
    measures = {server.name: start_of(server) for server in [*ours, *others]}
    times = samples.in_turns(measures, rounds=4 if quick else 15)
    beside = {peer.name: times[peer.name] for peer in others}
    found = []
    for server in ours:
        its = times[server.name]
        budget, kept = "", None
        if server.name == "embedded":
            budget, kept = rows.milliseconds(BUDGET), its.p50 <= BUDGET
        figure = f"start: {server.name}"
        found.append(
            rows.Row(figure, rows.milliseconds(its.p50), rows.beside(its, beside), budget, kept)
        )
    about = (
        "from the command to the first answer with status 200, which is asked for all the time; "
        "peers without their reloaders"
    )
    return rows.Part("Start to first answer", about, tuple(found))


def start_of(server: servers.Server) -> Callable[[], float]:
    """Starts the server, and says how long its first answer took."""

    def measure() -> float:
        with servers.started(server, "hello.py") as run:
            servers.first_answer(run)
            return time.perf_counter() - run.begun

    return measure
