"""Holds us and the peers to the rule book: `python3 tests/peers/score.py`.

Prints docs/rules.md as it would be written, or writes it, or compares it. `--ours` asks our own
program only, without anything from PyPI, and says in words which rules it does not keep.
"""

import argparse
import concurrent.futures
import contextlib
import sys

import book
import rules
import servers

DOCUMENT = servers.ROOT / "docs" / "rules.md"
ENGINES = {"embedded": "wsgi-tutor embedded", "cpython": "wsgi-tutor"}


def look(name, python=None):
    """What was seen at each rule that a server does not keep."""
    seen = {}
    for subject in rules.subjects():
        with contextlib.ExitStack() as stack:
            server = None
            for rule in subject.rules:
                if rule.probe is None:
                    continue
                # What one probe ends is not there for the next one.
                if server is None or server.ended():
                    server = stack.enter_context(_running(name, subject, python))
                saw = rules.look(rule, server)
                if saw is not None:
                    seen[rule.id] = saw
    return seen


def _running(name, subject, python):
    apps = servers.HERE / "apps"
    return servers.running(name, apps, f"{subject.app}:application", python)


def everybody():
    """The rules that each server does not keep."""
    python = servers.environment()
    with concurrent.futures.ThreadPoolExecutor() as pool, servers.none_left():
        # Ours first, alone: what is measured in seconds shall not wait for the peers.
        seen = {name: look(name, python) for name in servers.OURS}
        looks = {name: pool.submit(look, name, python) for name in servers.PEERS}
        return {**seen, **{name: future.result() for name, future in looks.items()}}


def ours(engines):
    """Whether our own program keeps the whole book; says what it does not keep."""
    kept = True
    for engine in engines:
        name = ENGINES[engine]
        # This Python itself, not the program of that name which may stand before it in the path.
        seen = look(name, sys.executable)
        probed = [rule for subject in rules.subjects() for rule in subject.rules if rule.probe]
        print(f"{name} keeps {len(probed) - len(seen)} of {len(probed)} rules.")
        for rule in probed:
            if rule.id in seen:
                kept = False
                print(
                    f"\n{rule.id} ({rule.section}): {rule.text}\n  {seen[rule.id]}\n  {rule.file}"
                )
    return kept


def main():
    parser = argparse.ArgumentParser(description="Holds us and the peers to the rule book.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--ours", action="store_true", help="only our own program, without PyPI")
    what.add_argument("--write", action="store_true", help="write docs/rules.md")
    what.add_argument("--check", action="store_true", help="fail when docs/rules.md is not true")
    parser.add_argument(
        "--engine", choices=ENGINES, action="append", help="with --ours: only this one"
    )
    options = parser.parse_args()
    if options.ours:
        with servers.none_left():
            return 0 if ours(options.engine or ENGINES) else 1
    versions = {name: servers.version(name) for name in book.COLUMNS}
    text = book.written(everybody(), versions)
    if options.write:
        DOCUMENT.write_text(text, encoding="utf-8")
    elif options.check:
        return _compare(text)
    else:
        print(text, end="")
    return 0


def _compare(text):
    wanted = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    if text == wanted:
        return 0
    is_new = set(text.splitlines()) - set(wanted.splitlines())
    print(f"{DOCUMENT} is not true any more. These lines are new:")
    print("\n".join(line for line in text.splitlines() if line in is_new))
    return 1


if __name__ == "__main__":
    sys.exit(main())
