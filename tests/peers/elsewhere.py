"""Runs what our texts say of other servers: `python3 tests/peers/elsewhere.py`.

Each sentence of the explanations and the glossary that names a server is a row of claims_of_explanations.py
or claims_of_glossary.py, with an app, a request and what must come. A sentence without a row fails, and
so does a row of a sentence that is no longer there, or one that does not hold. With names of mistakes or
keys of environ only their rows are run. It takes Python 3.11 or later, and PyPI: see servers.py.
"""

import argparse
import concurrent.futures
import contextlib
import functools
import queue
import re
import sys
import tomllib

import cases
import claims_of_explanations
import claims_of_glossary
import seen
import servers

EXPLANATIONS = servers.ROOT / "assets" / "explanations"
GLOSSARY = servers.ROOT / "assets" / "glossary"

TABLE = claims_of_explanations.TABLE + claims_of_glossary.TABLE

# Few, because what takes the processor from a server can make it look as though it hangs.
AT_ONCE = 3

# How texts call the servers. `wsgiref.util` and the like are modules.
NAMES = {
    "wsgiref": r"\bwsgiref\b(?!\.)",
    "gunicorn": r"\bgunicorn\b(?!\.)",
    "waitress": r"\bwaitress\b(?!\.)",
    "werkzeug": r"\bWerkzeug\b(?!\.)",
    "cheroot": r"\bCheroot\b(?!\.)",
    "validate": r"\bwsgiref\.validate\b",
}
EVERYBODY = re.compile(r"\b([Ee]very|[Nn]o|[Nn]o other) server\b")


def named(clause):
    """The servers that part of a sentence names."""
    return {name for name, pattern in NAMES.items() if re.search(pattern, clause)}


def meant(clause):
    """The servers that it is about."""
    return named(clause) | set(servers.PEERS if EVERYBODY.search(clause) else ())


def clauses(text):
    """The sentences of a text, and their parts between semicolons."""
    return [part.rstrip(".;") for part in re.split(r"(?<=[.;])\s+", " ".join(text.split()))]


def told():
    """What the texts say of other servers, as pairs: a mistake or a key, and part of a sentence."""
    for slug, explanation in explanations().items():
        for clause in clauses(explanation.get("elsewhere", "")):
            if clause:
                yield slug, clause
        for field in ("title", "why", "more"):
            yield from ((slug, it) for it in clauses(explanation[field]) if named(it))
    for file in sorted(GLOSSARY.glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["entry"]:
            for field in ("text", "forge", "absent", "empty", "section"):
                parts = clauses(entry[field])
                yield from ((entry["key"], it) for it in parts if named(it))


@functools.cache
def explanations():
    files = sorted(EXPLANATIONS.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def sends(requests):
    """Requests as explanations write them: method, target, `chunked` or `json`, and the body."""
    made = []
    for request in requests:
        method, target, *form = request.split(" ", 2)
        send = cases.Send(f"{method} {target}")
        if form:
            body = form[0]
            send.chunked = body.startswith("chunked ")
            if body.startswith("json "):
                send.headers.append("Content-Type: application/json")
            send.body = body.removeprefix("chunked ").removeprefix("json ").encode()
        made.append(send)
    return made or [cases.Send("GET /")]


def differences():
    """Sentences without a row, rows without a sentence, and rows that forget a server, in words."""
    said, shown = list(told()), {(row.where, row.words): row for row in TABLE}
    for where, clause in said:
        if (where, clause) not in shown:
            yield f"{where}: no row shows {clause!r}"
    for where, words in shown:
        if (where, words) not in said:
            yield f"{where}: no text says {words!r}"
    for (where, words), row in shown.items():
        run = {name for show in row.shows for name in show.servers}
        if not run:
            yield f"{where}: nothing shows {words!r}"
        for name in sorted(meant(words) - run):
            yield f"{where}: nothing shows it for {name}: {words!r}"


def look(where, show, name, python):
    """How what came differs from what a row says; empty when it does not."""
    explanation = explanations().get(where, {})
    wanted = show.sends or sends(show.requests or explanation.get("request", []))
    lines = queue.SimpleQueue()
    came = []
    app = show.app or explanation["wrong"]
    target = f"{servers.MODULE}:application"
    with contextlib.suppress(servers.NotStarted):
        with servers.alone(name, app, target, python, lines.put) as server:
            with concurrent.futures.ThreadPoolExecutor(len(wanted)) as pool:
                ask = pool.map if show.at_once else map
                came = list(ask(lambda send: seen.answered(server, send, show.patience), wanted))
    printed = servers.drained(lines)
    loaded = came and not any(sign in printed for sign in servers.FAILED_TO_LOAD)
    word, data = came[-1] if loaded else (seen.NOT_LOADED, b"")
    return "; ".join(_wrong(show, word, data, printed, came))


def _wrong(show, word, data, printed, came):
    if word != show.word:
        yield f"{word} instead of {show.word}, with {data[:300]!r}"
    for part in show.holds:
        if part not in data:
            yield f"no {part!r} in {data!r}"
    for part in show.lacks:
        if part in data:
            yield f"{part!r} in {data!r}"
    if show.prints not in printed:
        yield f"no {show.prints!r} in what it printed"
    for part in show.silent:
        if part in printed:
            yield f"it printed {part!r}"
    if show.same and len({data.partition(b"\r\n\r\n")[2] for _, data in came}) != 1:
        yield f"the answers differ: {came}"


def main():
    parser = argparse.ArgumentParser(description="Runs what our texts say of other servers.")
    parser.add_argument("where", nargs="*", help="only these mistakes and keys of environ")
    options = parser.parse_args()
    failed = [it for it in differences() if not options.where or it.split(":")[0] in options.where]
    rows = [row for row in TABLE if not options.where or row.where in options.where]
    jobs = [
        (row, show, name)
        for row in rows
        for show in row.shows
        if show.applies
        for name in show.servers
    ]
    python = servers.environment()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool, servers.none_left():
        looks = pool.map(lambda job: look(job[0].where, job[1], job[2], python), jobs)
        for (row, _, name), wrong in zip(jobs, looks):
            if wrong:
                failed.append(f"{row.where}: {row.words!r} is not true of {name}: {wrong}")
    for row in rows:
        if not any(show.applies for show in row.shows):
            print(f"{row.where}: not to be seen with this Python: {row.words!r}")
    print("\n".join(failed))
    print(f"{len(rows)} sentences, run {len(jobs)} times; {len(failed)} failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
