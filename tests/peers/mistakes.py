"""Runs the wrong apps of tests/mistakes under the peers and us: `python3 tests/peers/mistakes.py`.

Prints docs/mistakes.md as it would be written, or writes it, or compares its tables. With names of
mistakes only their rows are made, and with `--reports` only the table of the public reports. `--ours`
asks our own program only, without anything from PyPI, and says which apps it does not name, and which
right apps it complains of.
"""

import argparse
import concurrent.futures
import contextlib
import dataclasses
import queue
import sys

import cases
import catalogue
import catalogue_of_reports
import reports
import seen
import servers
import told

# Few, because what takes the processor from a server can make it look as though it hangs.
AT_ONCE = 2
# Our own program ends an app that hangs, and tells of it after that only.
OUR_PATIENCE = 15

ENGINES = dict(zip(("embedded", "cpython"), servers.OURS))

# Whose complaints count: those of the server, and of the checker that stands before the app.
PACKAGES = {
    "wsgiref": ("wsgiref",),
    "validate": ("wsgiref",),
    "lint": ("wsgiref", "werkzeug"),
    "gunicorn": ("gunicorn",),
    "waitress": ("waitress",),
}


@dataclasses.dataclass(frozen=True)
class Seen:
    """What was seen of one app under one server."""

    # What the client got, in a word; of several answers the worst.
    word: str
    named: bool
    # A line of the app was shown.
    line: bool
    # What our own program diagnoses.
    slugs: tuple = ()


class Record(told.Record):
    """Everything that our own program diagnoses, when the app is loaded and when it is asked."""

    def __init__(self):
        super().__init__("wsgi-tutor")
        self.diagnoses = []

    def follow(self, _send):
        """Takes the lines up to the exchange that has just ended."""
        line = {"type": ""}
        while line and line["type"] not in ("exchange", "refused"):
            line = self.next_of("reloaded", "exchange", "refused")
            self._take(line)

    def rest(self):
        """Takes the lines after it."""
        while not self.lines.empty():
            self._take(self.lines.get())

    def _take(self, line):
        self.diagnoses += (line or {}).get("diagnoses") or []


def look(case, name, python):
    """Runs one app under one server."""
    if name in servers.OURS:
        ours = "wsgi-tutor" if case.needs_cpython else name
        return _check(case, ours, python) if case.by_check else _look_at_us(case, ours, python)
    looked = _look_at_peer(case, name, python)
    # It may only have been slow: what hangs does so again.
    return _look_at_peer(case, name, python) if looked.word == seen.HANGS else looked


def _look_at_peer(case, name, python):
    lines = queue.SimpleQueue()
    words = []
    with contextlib.suppress(servers.NotStarted):
        with servers.alone(name, case.source, case.target, python, lines.put) as server:
            for send in case.sends:
                words.append(seen.asked(server, send))
    # It may complain of being ended, too.
    printed = servers.drained(lines).partition(b"Handling signal: term")[0]
    word = min(words, key=seen.badness, default=seen.NOT_LOADED)
    if word == seen.NO_ANSWER and _did_not_load(name, printed):
        word = seen.NOT_LOADED
    printed = printed.decode(errors="backslashreplace")
    return Seen(word, seen.names(printed, PACKAGES[name]), seen.shows(printed))


def _look_at_us(case, name, python):
    record = Record()
    words = []
    target = f"{servers.MODULE}.py"
    with servers.alone(
        name, case.source, target, python, record.hear, case.options
    ) as server:
        for send in case.sends:
            words.append(seen.asked(server, send, OUR_PATIENCE))
            record.follow(send)
    record.rest()
    return _diagnosed(case, min(words, key=seen.badness), record.diagnoses)


def _check(case, name, python):
    """What `wsgi-tutor check` finds in an app, with requests of its own."""
    told = servers.checked(name, case.source, python)
    return _diagnosed(case, told["requests"][0]["status"].split()[0], told["diagnoses"])


def _diagnosed(case, word, diagnoses):
    # What is looked for is the app's own mistake; in a right app it is any.
    fitting = [found for found in diagnoses if case.slug in (None, found["slug"])]
    with_line = any(found.get("line") for found in fitting)
    slugs = tuple(sorted({found["slug"] for found in diagnoses}))
    return Seen(word, bool(fitting), with_line, slugs)


def _did_not_load(name, printed):
    """Whether a server listened before it had the app, which it could not load then."""
    return name == "gunicorn" and any(sign in printed for sign in servers.FAILED_TO_LOAD)


def everything(wanted, names, python):
    """What was seen, by app and server."""
    jobs = [(case, name) for case in wanted for name in names]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool, servers.none_left():
        looks = pool.map(lambda job: look(job[0], job[1], python), jobs)
        return dict(zip(jobs, looks))


def ours(wanted, name):
    """Whether our own program names every mistake, and none in a right app; says where it does not."""
    # This Python itself, not the program of that name which may stand before it in the path.
    looked = everything(wanted, [name], sys.executable)
    failed = [case for (case, _), saw in looked.items() if saw.named != bool(case.slug)]
    print(f"{name} is right about {len(wanted) - len(failed)} of {len(wanted)} apps.")
    for case in failed:
        print(f"  {'not named' if case.slug else 'a false alarm'}: {case}")
    return not failed


def main():
    parser = argparse.ArgumentParser(description="Runs the wrong apps under the peers and us.")
    parser.add_argument("slug", nargs="*", help="only the apps with these mistakes")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--ours", action="store_true", help="only our own program, without PyPI")
    what.add_argument("--write", action="store_true", help="write docs/mistakes.md")
    what.add_argument("--check", action="store_true", help="fail when its tables are not true")
    parser.add_argument("--reports", action="store_true", help="only the table of public reports")
    parser.add_argument(
        "--engine", choices=ENGINES, default="embedded", help="with --ours: on which it runs"
    )
    options = parser.parse_args()
    if options.write and (options.slug or options.reports):
        parser.error("only the whole file can be written")
    wanted = cases.wrong(options.slug) + ([] if options.slug else cases.right())
    reported = {it.file for it in reports.all_there()}
    if options.reports:
        wanted = [case for case in wanted if case.file in reported]
    if not wanted:
        parser.error("there is no such app")
    if options.ours:
        return 0 if ours(wanted, ENGINES[options.engine]) else 1
    names = catalogue_of_reports.COLUMNS if options.reports else catalogue.COLUMNS
    looked = everything(wanted, names, servers.environment())
    text = catalogue_of_reports.written(looked)
    if not options.reports:
        versions = {name: servers.version(name) for name in names}
        text = f"{catalogue.written(looked, versions)}\n{text}"
    if options.write:
        catalogue.DOCUMENT.write_text(text, encoding="utf-8")
    elif options.check:
        return _compare(text, options)
    else:
        print(text, end="")
    return 0


def _compare(text, options):
    wanted = catalogue.DOCUMENT.read_text(encoding="utf-8") if catalogue.DOCUMENT.exists() else ""
    differences = [] if options.reports else catalogue.differences(wanted, text, options.slug)
    differences += catalogue_of_reports.differences(wanted, text)
    if differences:
        print(f"{catalogue.DOCUMENT} is not true any more:")
        print("\n".join(differences))
        was, now = catalogue.versions_told(wanted), catalogue.versions_told(text)
        for name in now:
            if was.get(name) != now[name]:
                print(f"{name} is {now[name]}; the file is about {was.get(name)}.")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
