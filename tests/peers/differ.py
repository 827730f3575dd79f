"""The differential test: `python3 tests/peers/differ.py`.

The same requests go to the same apps under wsgiref, gunicorn, waitress and us, with both engines. Each
difference between us and a peer must be explained in differences.py, by a rule of the book or a
sentence; and each explanation must still explain something.
"""

import ast
import collections
import concurrent.futures
import dataclasses
import sys

import differences
import requests_sent
import rules
import servers
from client import Broken, Connection

US = "wsgi-tutor"
# The other engine is held to the first one, and nothing is explained away between them.
OTHERS = ("wsgi-tutor embedded", *differences.PEERS)
APPS = (
    "hello",
    "echo",
    "generator",
    "writer",
    "sized",
    "empty",
    "fails_before",
    "fails_during",
    "no_content",
    "headers",
)


@dataclasses.dataclass(frozen=True)
class Difference:
    peer: str
    app: str
    request: str
    # What differs: "status", "header connection", "environ PATH_INFO" …
    aspect: str
    ours: str
    theirs: str
    # Of the answer, which both gave with it; empty when the statuses are what differs.
    status: str

    def __str__(self):
        where = f"{self.peer}, {self.app}, {self.request}: {self.aspect}"
        return f"{where}\n    ours   {self.ours[:150]}\n    theirs {self.theirs[:150]}"


def asked(app):
    """The requests that an app gets. What is odd about a request shows in what the app sees of it."""
    return {**requests_sent.GOOD, **(requests_sent.ODD if app == "echo" else {})}


def observed(name, python):
    """What a server does: by app and request, everything that could differ."""
    seen = {}
    for app in APPS:
        with servers.running(name, servers.HERE / "apps", f"differ:{app}", python) as server:
            for request, sent in asked(app).items():
                for number, aspects in enumerate(_exchange(server, sent), 1):
                    if app == "echo" and aspects["status"] == "200":
                        # The length follows from what is compared key by key.
                        aspects.pop("header content-length", None)
                    seen[app, request if number == 1 else f"{request} ({number})"] = aspects
    return seen


def _exchange(server, sent):
    """The aspects of each answer on one connection; of the last one, what came after it, too."""
    answers = []
    with Connection(server) as connection:
        for data, method in sent:
            connection.send(data)
            answers.append(_answer(connection, method))
        if "version" in answers[-1]:
            ended = connection.ends(1)
            answers[-1]["after it"] = (
                "the end" if ended else "bytes" if connection.buffer else "open"
            )
    return answers


def _answer(connection, method):
    try:
        return _aspects(connection.answer(method))
    except Broken as error:
        if "nothing came" in str(error):
            return {"status": "no answer"}
        # Whether it was ended by force is a matter of chance.
        return {"status": "the end" if connection.over and "after b''" in str(error) else "no HTTP"}


def _aspects(answer):
    aspects = {
        "status": str(answer.code),
        "version": answer.version.decode(),
        "reason": answer.reason.decode("latin-1"),
        "interim answers": str(answer.interim),
        "whole": str(answer.whole),
    }
    for name in {name.lower() for name, _ in answer.headers}:
        shown = " | ".join(value.decode("latin-1") for value in answer.all(name.decode()))
        # What must differ: the time, and each server's own name.
        if name == b"date" or name == b"server" and shown != "mine":
            shown = "there"
        aspects[f"header {name.decode()}"] = shown
    if b"'REQUEST_METHOD'" in answer.body:
        aspects.update(_environ(ast.literal_eval(answer.text())))
    else:
        aspects["body"] = repr(answer.text())
    return aspects


def _environ(seen):
    own = [key for key in seen if key in servers.variables("")]
    aspects = {f"environ {key}": repr(seen[key]) for key in seen if key not in own}
    for key in ("SERVER_PORT", "REMOTE_PORT", "SERVER_SOFTWARE"):
        if f"environ {key}" in aspects:
            aspects[f"environ {key}"] = f"a {type(seen[key]).__name__}"
    if own:
        aspects["environ, variables of the process"] = "there"
    return aspects


def compared(ours, theirs, peer):
    """The differences between us and one other."""
    found = []
    for app, request in ours:
        left, right = ours[app, request], theirs[app, request]
        status = left["status"]
        if status == right["status"]:
            keys = sorted({*left, *right})
        else:
            # When one refuses what the other serves, all that follows from it is no news.
            keys, status = ["status"], ""
        for key in keys:
            values = left.get(key, "absent"), right.get(key, "absent")
            if values[0] != values[1]:
                found.append(Difference(peer, app, request, key, *values, status))
    return found


def main():
    python = servers.environment()
    with concurrent.futures.ThreadPoolExecutor() as pool, servers.none_left():
        names = (US, *OTHERS)
        seen = dict(zip(names, pool.map(lambda name: observed(name, python), names)))
    found = [difference for peer in OTHERS for difference in compared(seen[US], seen[peer], peer)]
    number = len(seen[US])
    print(
        f"{number} exchanges with each of {', '.join(names)}: {len(found)} differences from {US}.\n"
    )
    return _report(found)


def _report(found):
    explained = collections.defaultdict(list)
    unexplained = []
    for difference in found:
        entries = [entry for entry in differences.TABLE if entry.explains(difference)]
        for entry in entries:
            explained[entry].append(difference)
        if not entries:
            unexplained.append(difference)
    texts = {rule.id: rule.text for subject in rules.subjects() for rule in subject.rules}
    untrue = []
    for entry in differences.TABLE:
        matched = explained[entry]
        peers = sorted({difference.peer for difference in matched})
        print(f"{len(matched):5}  {', '.join(peers)}: {texts.get(entry.why, entry.why)}")
        untrue += [(entry, what) for what in entry.untrue(matched)]
        if entry.is_a_rule() and entry.why not in texts:
            untrue.append((entry, "there is no such rule in the book"))
    for difference in unexplained:
        print(f"\nunexplained: {difference}")
    for entry, what in untrue:
        print(f"\nnot true any more: {entry.why}: {what}")
    print(f"\n{len(unexplained)} unexplained, {len(untrue)} explanations that are not true.")
    return 1 if unexplained or untrue else 0


if __name__ == "__main__":
    sys.exit(main())
