"""Gunicorn's raw requests: `python3 tests/peers/raw_requests.py`.

Each request with which gunicorn tests its parser goes to our own server, with both engines, in one
piece and byte by byte. What gunicorn parses must reach the app as the same method, path, query, headers
and body; what it refuses must be refused. A difference has to be in raw_requests_known.py with its
reason, and each entry there must still explain something. The exit status is 1 when anything is wrong.

The requests come from gunicorn's source distribution on PyPI, in the version of requirements.txt.
"""

import collections
import concurrent.futures
import dataclasses
import sys
import urllib.parse

import raw_requests_files
import raw_requests_known
import servers
from client import Broken, Connection
from rules import NotKept, value

# The variables that have no HTTP_ before their name.
WITHOUT_PREFIX = {"CONTENT_TYPE": "type", "CONTENT_LENGTH": "length"}


@dataclasses.dataclass(frozen=True)
class Difference:
    """What came otherwise than gunicorn has it."""

    name: str
    # What differs: "status", "path", "HTTP_HOST" …
    aspect: str
    gunicorn: str
    ours: str

    def __str__(self):
        return (
            f"{self.name}: {self.aspect}\n"
            f"    gunicorn {self.gunicorn[:200]}\n    ours     {self.ours[:200]}"
        )


def wanted(case, request):
    """What the app should see of a request: aspects and their values."""
    path, query = _parts(request["uri"])
    seen = {
        "method": request["method"],
        "path": urllib.parse.unquote(path, "latin-1"),
        "query": query,
        "protocol": "HTTP/{}.{}".format(*request["version"]),
        "body": request["body"] or b"",
        "type": "",
        "length": str(len(request["body"])) if request["body"] else "",
    }
    variables = collections.defaultdict(list)
    for name, text in request["headers"]:
        variables[name.replace("-", "_")].append(text)
    if case.has_our_host:
        variables.pop("HOST", None)
    for name, values in variables.items():
        seen[WITHOUT_PREFIX.get(name, f"HTTP_{name}")] = ",".join(values)
    return seen


def _parts(uri):
    """The path and the query of a target in any of its forms."""
    if uri.startswith("/"):
        path, _, query = uri.partition("#")[0].partition("?")
        return path, query
    parts = urllib.parse.urlsplit(uri)
    return parts.path, parts.query


def came(case, answer):
    """What the app did see of a request."""
    seen = value(answer)
    headers = seen.pop("headers")
    if case.has_our_host:
        headers.pop("HTTP_HOST", None)
    return {**seen, **headers}


def differences(server, case, pieces):
    """How the answers to a case differ from what gunicorn makes of it."""
    answers = _answers(server, case, pieces)
    codes = " ".join(str(answer.code) for answer in answers) or "no answer"
    if not case.requests:
        # The end of the connection is a refusal, too.
        if not answers or answers[-1].code >= 400:
            return []
        return [Difference(case.name, "status", "refused", codes)]
    if any(answer.code != 200 for answer in answers) or len(answers) != len(case.requests):
        served = " ".join(["200"] * len(case.requests))
        return [Difference(case.name, "status", served, codes)]
    found = []
    for request, answer in zip(case.requests, answers):
        theirs, ours = wanted(case, request), came(case, answer)
        for aspect in sorted({*theirs, *ours}):
            pair = theirs.get(aspect), ours.get(aspect)
            if pair[0] != pair[1]:
                found.append(Difference(case.name, aspect, repr(pair[0]), repr(pair[1])))
    return found


def _answers(server, case, pieces):
    """All answers on one connection, on which nothing more is sent."""
    methods = [request["method"] for request in case.requests]
    answers = []
    with Connection(server) as connection:
        for piece in pieces(case.data):
            connection.send(piece)
        connection.end_sending()
        while True:
            connection.receive()
            if connection.over and not connection.buffer:
                return answers
            method = methods[len(answers)] if len(answers) < len(methods) else "GET"
            answers.append(connection.answer(method))


def whole(data):
    return [data]


def bytewise(data):
    return [data[at : at + 1] for at in range(len(data))]


def looked(name):
    """The differences that one of our engines shows, and what went wrong."""
    found, wrong = {}, []
    apps = servers.HERE / "apps"
    with servers.running(name, apps, "odd:application", sys.executable) as server:
        for case in raw_requests_files.cases():
            try:
                at_once = differences(server, case, whole)
                in_bytes = differences(server, case, bytewise)
            except (Broken, NotKept) as error:
                wrong.append(f"{name}, {case.name}: {error}")
                continue
            found.update(dict.fromkeys(at_once))
            if at_once != in_bytes:
                both = "\n".join(map(str, ["in one piece", *at_once, "byte by byte", *in_bytes]))
                wrong.append(f"{name}, {case.name}: it matters how it was sent\n{both}")
    return found, wrong


def main():
    number = len(raw_requests_files.cases())
    with concurrent.futures.ThreadPoolExecutor() as pool, servers.none_left():
        looks = list(pool.map(looked, servers.OURS))
    wrong = [it for _, problems in looks for it in problems]
    found = list(dict.fromkeys(it for differs, _ in looks for it in differs))
    for difference in found:
        if not raw_requests_known.explains(difference):
            wrong.append(f"unexplained: {difference}")
    for reason, matched, untrue in raw_requests_known.summary(found):
        print(f"{matched:5}  {reason}")
        wrong += [f"not true any more: {reason}: {what}" for what in untrue]
    print("\n".join(["", *wrong, ""]))
    print(f"{number} raw requests, {len(found)} differences, {len(wrong)} wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
