"""From an app's `yield` to its block at the client."""

import contextlib
import time

import client
import peers
import rows
import samples
import servers

BLOCKS = 25


def part(quick: bool) -> rows.Part:
    rounds = 6 if quick else 30
    ours = [servers.ours(peers.python())]
    if servers.has_embedded():
        ours.append(servers.ours("embedded"))
    others = [servers.WSGIREF, servers.GUNICORN, servers.WAITRESS]
    found = {server.name: samples.Samples() for server in [*ours, *others]}
    with contextlib.ExitStack() as stack:
        runs = [stack.enter_context(servers.running(it, "stream.py")) for it in [*ours, *others]]
        for _ in range(rounds):
            for run in runs:
                found[run.server.name].rounds.append(delays(run.port))
    beside = {peer.name: found[peer.name] for peer in others}
    about = "p50 / p99 from an app's yield to its block at the client"
    return rows.Part("A block on its way", about, tuple(told(it.name, found, beside) for it in ours))


def told(name: str, found: dict[str, samples.Samples], beside: dict[str, samples.Samples]) -> rows.Row:
    def both(its: samples.Samples) -> str:
        return f"{its.p50 * 1000:.2f} / {its.p99 * 1000:.2f} ms"

    its = found[name]
    peers_ = tuple(f"{peer} {both(of)} (×{its.ratio(of):.2f})" for peer, of in beside.items())
    return rows.Row(f"yield to client: {name}", both(its), peers_)


def delays(port: int) -> list[float]:
    """How long each block of one answer was on its way; this machine has one clock for all processes."""
    found: list[float] = []
    with client.connect(port) as connection:
        connection.sendall(client.closed(client.get(f"/?{BLOCKS}")))
        answer = b""
        while got := connection.recv(65536):
            arrived = time.monotonic_ns()
            answer += got
            *lines, answer = answer.split(b"\n")
            # Sizes of chunks and lines of the head are no such numbers, or much smaller ones.
            stamps = [int(line) for line in lines if line.isdigit() and len(line) > 8]
            found += [(arrived - stamp) / 1e9 for stamp in stamps]
    if len(found) != BLOCKS or not all(0 <= delay < 10 for delay in found):
        raise client.Wrong(f"not {BLOCKS} blocks with times: {found}")
    return found
