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
    ours = [servers.ours(peers.python())]
    if servers.has_embedded():
        ours.append(servers.ours("embedded"))
    others = [servers.WSGIREF, servers.WAITRESS, servers.GUNICORN]
    histories: list[rows.Row] = []
    stages: dict[str, Stages] = {}
    for server in [*ours, *others]:
        with servers.running(server, "bodies.py") as run:
            time.sleep(1)
            found = {"at the start": memory(run)}
            asker = client.Fresh(run.port, REQUEST, ANSWER)
            done = 0
            for total in totals:
                for _ in range(total - SHARE - done):
                    asker.ask()
                done = total
                # Of the peers only the memory is of interest.
                if server.ours:
                    histories.append(against_fresh(server, asker, total))
                else:
                    for _ in range(SHARE):
                        asker.ask()
            found[f"after {done:,} requests"] = memory(run)
            at_once(run, b"\0" * SIZE, 12)
            found[f"after {AT_ONCE} bodies of 16 MiB at once, up"] = memory(run)
            at_once(run, b"", SIZE)
            found[f"after {AT_ONCE} bodies of 16 MiB at once, down"] = memory(run)
            stages[server.name] = found
    memories = [
        row(server, stage, stages, [peer.name for peer in others])
        for server in ours
        for stage in stages[server.name]
    ]
    about = (
        "the cost of late requests beside those of a process just started; and the memory of each "
        "process, in MB, with its highest in parentheses (the tutor, and its Pythons: one works, one "
        "waits for the next save)"
    )
    return rows.Part("What stays", about, tuple(histories + memories))


def against_fresh(server: servers.Server, asker: client.Fresh, total: int) -> rows.Row:
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
    )


def at_once(run: servers.Running, body: bytes, size: int) -> None:
    """Bodies of many clients at the same time."""
    head = client.get(f"/?{size}").replace(b"GET", b"POST")
    request = client.closed(head + b"Content-Length: %d\r\n" % len(body), body)

    def ask(_number: int) -> None:
        answer = client.once(run.port, request)
        if answer[9:12] != b"200" or len(answer) < size:
            raise client.Wrong(f"not the expected answer: {answer[:300]!r}")

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as clients:
        # Asked for, so that what went wrong is raised here.
        list(clients.map(ask, range(AT_ONCE)))


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
