"""What a request costs."""

import contextlib
import dataclasses
import functools

import client
import peers
import rows
import samples
import servers

TITLE = "A request"
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
        "p50 / p99 of one client's requests, one after the other, to the last byte of the answer, and how many "
        "a second with the end of the connection; `--no-trace`: without the lines that ran"
    )
    return rows.Part(TITLE, about, tuple(found))


def compared(traffic: Traffic, rounds: int, batch: int, seconds: float) -> list[rows.Row]:
    """All servers with one kind of request, in turns."""
    python = peers.python()
    ours = [servers.ours(python), servers.ours(python, trace=False)]
    ours += [servers.ours(python, servers.SCREEN)]
    plain = [servers.WSGIREF, servers.WERKZEUG, servers.GUNICORN, servers.WAITRESS]
    frameworks = [servers.flask(), servers.django()]
    if servers.has_embedded():
        ours += [servers.ours("embedded"), servers.ours("embedded", trace=False)]
        ours += [servers.ours("embedded", servers.SCREEN)]
    floor = servers.library("socket", keeps=True)
    with contextlib.ExitStack() as stack:
        measures = {}
        for server in [*ours, *plain, *frameworks, floor]:
            if traffic.kept and not server.keeps:
                continue
            run = stack.enter_context(servers.started(server, traffic.file))
            servers.first_answer(run, client.closed(traffic.head, traffic.body))
            expected = b"" if server is floor else traffic.expected
            asker = dataclasses.replace(traffic, expected=expected).asker(run.port)
            # The first ones load the app and warm everything up.
            for _ in range(20):
                asker.ask()
            measures[server.name] = asker.ask
        times = samples.in_turns(measures, rounds, batch, seconds)
    found = []
    for server in ours:
        its = times[server.name]
        embedded = server.name.startswith("embedded")
        names = [peer.name for peer in (frameworks if embedded else plain) if peer.name in times]
        names += ["wsgiref"] if embedded and "wsgiref" in times else []
        beside = {name: times[name] for name in names}
        aims = aimed_at(embedded, traffic.kept, names)
        kept = all(round(its.ratio(times[name]), 2) <= 1 for name in aims)
        found.append(
            rows.Row(
                f"{traffic.name}: {server.name}",
                rows.told(its),
                rows.beside(its, beside, long=True),
                f"p50 not above {' and '.join(aims)}",
                kept,
            )
        )
    found.append(rows.Row(f"{traffic.name}: the client's own share, with a bare socket", rows.told(times[floor.name])))
    return found


def aimed_at(embedded: bool, kept: bool, names: list[str]) -> list[str]:
    """The peers that the budget names."""
    if embedded:
        return [name for name in ("Flask", "Django") if name in names]
    return ["waitress"] if kept else ["wsgiref"]
