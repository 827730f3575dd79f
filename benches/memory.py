"""What stays: memory after much was sent, and what a request costs when many came before it."""

import concurrent.futures
import contextlib
import time

import client
import peers
import processes
import rows
import samples
import servers

BUDGET = 64
SIZE = 16 * 1024 * 1024
AT_ONCE = 8
# So many are compared with the first ones of another process.
SHARE = 1000
REQUEST, ANSWER = client.closed(client.get("/")), b"a line of te"

Stages = dict[str, list[processes.Held]]


def part(quick: bool) -> rows.Part:
    totals = [5_000] if quick else [10_000, 100_000]
    # On the screen, where the history is kept.
    ours = [servers.ours(peers.python(), servers.SCREEN)]
    if servers.has_embedded():
        ours.append(servers.ours("embedded", servers.SCREEN))
    others = [servers.WSGIREF, servers.WAITRESS, servers.GUNICORN]
    histories: list[rows.Row] = []
    stages: dict[str, Stages] = {}
    for server in [*ours, *others]:
        late, stages[server.name] = life(server, totals)
        histories += late
    memories = [
        row(server, stage, stages, [peer.name for peer in others])
        for server in ours
        for stage in stages[server.name]
    ]
    about = (
        "the cost of late requests beside those of a process just started; and the memory of each "
        "process, in MB, with its highest in parentheses (the tutor, a Python that works, the watchdog, "
        "a Python that waits for the next save)"
    )
    return rows.Part("What stays", about, tuple(histories + memories))


def life(server: servers.Server, totals: list[int]) -> tuple[list[rows.Row], Stages]:
    """Asks much of a server, and looks now and then what it holds and, of ours, what a request costs."""
    late = []
    with servers.running(server, "bodies.py") as run:
        time.sleep(1)
        found = {"at the start": memory(run)}
        asker = Patient(run.port)
        done = 0
        for total in totals:
            for _ in range(total - SHARE - done):
                asker.ask()
            done = total
            if server.ours:
                late.append(against_fresh(server, asker, total))
            else:
                for _ in range(SHARE):
                    asker.ask()
        found[f"after {done:,} requests"] = memory(run)
        if server.ours:
            figure = f"of {done:,} requests, without their answer: {server.name}"
            late.append(rows.Row(figure, str(asker.failed), (), "none", not asker.failed))
        for many, how in ((1, "one by one"), (AT_ONCE, "at once")):
            bodies(run, many, b"\0" * SIZE, 12)
            found[f"after {AT_ONCE} bodies of 16 MiB {how}, up"] = memory(run)
            bodies(run, many, b"", SIZE)
            found[f"after {AT_ONCE} bodies of 16 MiB {how}, down"] = memory(run)
    return late, found


class Patient:
    """Asks, and counts what goes wrong: after a worker's death another one goes on."""

    def __init__(self, port: int) -> None:
        self._asker = client.Fresh(port, REQUEST, ANSWER)
        self.failed = 0

    def ask(self) -> float:
        begun = time.perf_counter()
        try:
            return self._asker.ask()
        except (client.Wrong, OSError):
            self.failed += 1
            return time.perf_counter() - begun


def against_fresh(server: servers.Server, asker: Patient, total: int) -> rows.Row:
    """The last requests up to `total`, in turns with the first ones of another process."""
    with servers.running(server, "bodies.py") as run:
        fresh = client.Fresh(run.port, REQUEST, ANSWER)
        for _ in range(20):
            fresh.ask()
        measures = {"late": asker.ask, f"1–{SHARE:,}": fresh.ask}
        times = samples.in_turns(measures, rounds=SHARE // 50, batch=50)
    late = times.pop("late")
    ratio = late.ratio(times[f"1–{SHARE:,}"])
    return rows.Row(
        f"requests {total - SHARE + 1:,}–{total:,}: {server.name}",
        rows.milliseconds(late.p50),
        rows.beside(late, times),
        "×1.1 at most",
        ratio <= 1.1,
        ratio,
    )


def bodies(run: servers.Running, clients: int, body: bytes, size: int) -> None:
    """Large bodies, from so many clients at the same time."""
    head = client.get(f"/?{size}").replace(b"GET", b"POST")
    request = client.closed(head + b"Content-Length: %d\r\n" % len(body), body)

    def ask(_number: int) -> None:
        answer = client.once(run.port, request)
        if answer[9:12] != b"200" or len(answer) < size:
            raise client.Wrong(f"not the expected answer: {answer[:300]!r}")

    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        # Asked for, so that what went wrong is raised here.
        list(pool.map(ask, range(AT_ONCE)))


def memory(run: servers.Running) -> list[processes.Held]:
    found = []
    for pid in processes.tree(run.pid):
        # One may end at this moment.
        with contextlib.suppress(OSError, ValueError):
            found.append(processes.held(pid))
    return found


def row(server: servers.Server, stage: str, stages: dict[str, Stages], others: list[str]) -> rows.Row:
    held = stages[server.name][stage]
    beside = tuple(f"{name} {_shown(stages[name][stage])}" for name in others)
    return rows.Row(
        f"memory {stage}: {server.name}",
        _shown(held),
        beside,
        f"{BUDGET} MB each",
        all(its.most <= BUDGET for its in held),
    )


def _shown(held: list[processes.Held]) -> str:
    return " + ".join(str(its) for its in held)
