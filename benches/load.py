"""What a request costs."""

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Mapping

import client
import peers
import rows
import samples
import servers

SOCKET = servers.library("socket", keeps=True)
BODY = b"name=Ada+%26+Zo%C3%AB"


@dataclasses.dataclass(frozen=True)
class Traffic:
    """What is asked, and how."""

    name: str
    file: str
    head: bytes
    body: bytes
    expected: bytes
    kept: bool

    def asker(self, port: int) -> client.Fresh | client.Kept:
        if self.kept:
            return client.Kept(port, client.kept(self.head, self.body), self.expected)
        return client.Fresh(port, client.closed(self.head, self.body), self.expected)


def traffics() -> list[Traffic]:
    hello = functools.partial(
        Traffic, file="hello.py", head=client.get("/ada"), body=b"", expected=b"Hello, ada!\n"
    )
    head, body = client.post("/", BODY)
    expected = "<p>Hello, Ada &amp; Zoë!</p>\n".encode()
    form = functools.partial(Traffic, file="form.py", head=head, body=body, expected=expected)
    return [
        hello("hello, new connection", kept=False),
        form("form, new connection", kept=False),
        hello("hello, kept connection", kept=True),
        form("form, kept connection", kept=True),
    ]


def part(quick: bool) -> rows.Part:
    rounds, batch, seconds = (6, 60, 0.15) if quick else (25, 120, 0.5)
    found: list[rows.Row] = []
    for traffic in traffics():
        found += compared(traffic, rounds, batch, seconds)
    about = (
        "p50 / p99 of one client's requests, one after the other, to the last byte of the answer, and "
        "how many a second with the end of the connection; `--no-trace`: without the lines that ran"
    )
    return rows.Part("A request", about, tuple(found))


def compared(traffic: Traffic, rounds: int, batch: int, seconds: float) -> list[rows.Row]:
    """All servers with one kind of request, in turns."""
    python = peers.python()
    ours = [servers.ours(python), servers.ours(python, trace=False)]
    ours += [servers.ours(python, servers.SCREEN)]
    if servers.has_embedded():
        ours += [servers.ours("embedded"), servers.ours("embedded", trace=False)]
        ours += [servers.ours("embedded", servers.SCREEN)]
    plain = [servers.WSGIREF, servers.WERKZEUG, servers.GUNICORN, servers.WAITRESS]
    frameworks = [servers.flask(), servers.django()]
    all_ = [*ours, *plain, *frameworks, SOCKET]
    with contextlib.ExitStack() as stack:
        measures = {
            server.name: asked(stack, server, traffic)
            for server in all_
            if server.keeps or not traffic.kept
        }
        times = samples.in_turns(measures, rounds, batch, seconds)
    found = []
    for server in ours:
        embedded = server.name.startswith("embedded")
        others = [*frameworks, servers.WSGIREF] if embedded else plain
        beside = {peer.name: times[peer.name] for peer in others if peer.name in times}
        found.append(judged(traffic, server.name, times[server.name], beside, embedded))
    figure = f"{traffic.name}: the client's own share, with a bare socket"
    return [*found, rows.Row(figure, rows.told(times[SOCKET.name]))]


def asked(
    stack: contextlib.ExitStack, server: servers.Server, traffic: Traffic
) -> Callable[[], float]:
    """Starts a server; what is returned asks it once."""
    run = stack.enter_context(servers.started(server, traffic.file))
    servers.first_answer(run, client.closed(traffic.head, traffic.body))
    expected = b"" if server is SOCKET else traffic.expected
    asker = dataclasses.replace(traffic, expected=expected).asker(run.port)
    # The first ones load the app and warm everything up.
    for _ in range(20):
        asker.ask()
    return asker.ask


def judged(
    traffic: Traffic,
    name: str,
    its: samples.Samples,
    beside: Mapping[str, samples.Samples],
    embedded: bool,
) -> rows.Row:
    """The figure of one of our ways to run, and whether it is ahead of those it should be ahead of."""
    if embedded:
        aims = [peer for peer in ("Flask", "Django") if peer in beside]
    else:
        aims = ["waitress" if traffic.kept else "wsgiref"]
    ratio = max(round(its.ratio(beside[peer]), 2) for peer in aims)
    return rows.Row(
        f"{traffic.name}: {name}",
        rows.told(its),
        rows.beside(its, beside, long=True),
        f"p50 not above {' and '.join(aims)}",
        ratio <= 1,
        ratio,
    )
