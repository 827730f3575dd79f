"""The rule book: what a gateway keeps, a module a subject, and for each rule a probe that says
whether a running server keeps it.
"""

import ast
import contextlib
import dataclasses
import importlib
import os
import tempfile
import time
from typing import Callable, Optional

from client import PATIENCE, Broken, Connection, ask, request

# What counts. A decision of this server is one that the standards leave open, so it counts for
# nobody: a peer that decides otherwise is not wrong.
STANDARD, ODD, DECISION = "standard", "odd", "decision"

SUBJECTS = (
    "environ",
    "headers",
    "input",
    "errors",
    "start_response",
    "response_head",
    "write",
    "iterable",
    "framing",
    "closing",
    "failures",
    "file_wrapper",
    "connections",
    "request_line",
    "header_lines",
    "body_length",
    "chunks",
    "limits",
)


class NotKept(Exception):
    """A rule is not kept; the message is what was seen instead."""


@dataclasses.dataclass(frozen=True)
class Rule:
    id: str
    text: str
    # Where the standard says it.
    section: str
    kind: str
    # None for a rule that takes too long to be probed here.
    probe: Optional[Callable]
    # The probe, or the Rust test, and the file it stands in.
    test: str
    file: str


class Subject:
    """One subject's rules. A module makes one and decorates its probes with it; a probe's name and
    the subject's make the rule's id."""

    def __init__(self, module, title, app, kind=STANDARD):
        self.name = module.rpartition(".")[2]
        self.title = title
        # The module in apps/ whose application the probes talk to.
        self.app = app
        self.rules = []
        self._kind = kind

    def rule(self, text, section, kind=None):
        def keep(probe):
            file = f"tests/peers/rules/{self.name}.py"
            self._add(text, section, kind, probe.__name__, probe, probe.__name__, file)
            return probe

        return keep

    def decision(self, text, section="this server"):
        return self.rule(text, section, DECISION)

    def tested_by(self, name, text, test, file):
        """A decision that only a Rust test can look after: it takes long, or changes the process."""
        self._add(text, "this server", DECISION, name, None, test, file)

    def _add(self, text, section, kind, name, probe, test, file):
        id = f"{self.name}-{name}".replace("_", "-")
        self.rules.append(Rule(id, text, section, kind or self._kind, probe, test, file))


def subjects():
    """All subjects, in the order of the book."""
    return [importlib.import_module(f"rules.{name}").subject for name in SUBJECTS]


def look(rule, server):
    """None when the server keeps the rule, or what was seen instead."""
    try:
        rule.probe(server)
    except (NotKept, Broken) as error:
        return str(error)
    return None


def expect(condition, saw):
    if not condition:
        raise NotKept(str(saw))


def same(got, wanted, what):
    expect(got == wanted, f"{what} was {got!r}, not {wanted!r}")


def value(answer):
    """What an app of ours says: the literal of a Python value."""
    expect(answer.code == 200 and answer.whole, answer)
    try:
        return ast.literal_eval(answer.text())
    except (ValueError, SyntaxError):
        raise NotKept(f"the app's answer came as {answer}") from None


def told(server, name, *headers, line="GET /", body=b""):
    """What the function `name` of the app says to a request."""
    return value(ask(server, request(line, f"X-Ask: {name}", *headers, body=body)))


def served(server, request):
    """What reaches the app of a request that is good, or that a server may take for good."""
    return value(ask(server, request))


def refused(server, *requests, codes=(400,), closes=True):
    """Each request gets one of these statuses, then the connection ends, and the next client is
    served."""
    for bad in requests:
        with Connection(server) as connection:
            connection.send(bad)
            try:
                answer = connection.answer()
            except Broken as error:
                raise NotKept(f"{_short(bad)}: {error}") from None
            expect(answer.code in codes and answer.whole, f"{_short(bad)} gave {answer}")
            expect(not closes or connection.ends(), f"{_short(bad)}: the connection stays open")
        still_serves(server)


def refused_or_waited_for(server, bad):
    """The request gets a status of 400 to 499, or none as long as its body is not there."""
    with Connection(server) as connection:
        connection.send(bad)
        if not connection.is_silent(1):
            answer = connection.answer()
            expect(400 <= answer.code < 500, f"{_short(bad)} gave {answer}")
    still_serves(server)


def still_serves(server):
    answer = ask(server, request("GET /after"))
    expect(answer.code == 200, f"the next client got {answer}")


def _short(data):
    return f"{data[:60]!r}{'…' if len(data) > 60 else ''}"


class Gate:
    """Something an app waits for: it makes a file, and goes on when the probe removes it."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "gate")
        self.header = f"X-Gate: {self.path}"

    def reached(self):
        """Waits until an app stands before it."""
        deadline = time.monotonic() + PATIENCE
        while not os.path.exists(self.path):
            expect(time.monotonic() < deadline, "the app did not come so far")
            time.sleep(0.005)

    def open(self):
        self.reached()
        os.unlink(self.path)


@contextlib.contextmanager
def gate():
    # When the folder goes, the gate is open, whatever became of the probe.
    with tempfile.TemporaryDirectory() as folder:
        yield Gate(folder)
