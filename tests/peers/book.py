"""Writes the rule book and what was seen of it as Markdown: docs/rules.md."""

import platform

import rules
import servers

COLUMNS = (*servers.OURS, *servers.PEERS)

INTRODUCTION = """\
# The rule book of a WSGI gateway

What a gateway keeps, after PEP 3333, RFC 3875, RFC 9110 and RFC 9112. Every rule has a test that sends
bytes to a running server and looks at the bytes that come back, and at what the app saw. This file is
made by

    cargo build --release
    python3 tests/peers/score.py --write

which takes the peers from PyPI, in the versions of [requirements.txt](../tests/peers/requirements.txt).
`--check` fails when this file is not what would be written. `--ours` asks wsgi-tutor only, needs nothing
but Python's standard library, and is part of `cargo test`.

✓ is a rule that is kept, ✗ one that is not: the server answered otherwise, or not at all within five
seconds. Each server runs as it comes, with its own settings; gunicorn with one sync worker. A cross is
no verdict on a server: many were made to stand behind another one, and where the standard leaves a
choice every answer that it allows gets its ✓. What it leaves wholly open, and wsgi-tutor decided for
its learners, stands at the end and is not counted.
"""


def written(seen, versions):
    """The whole file, from the rules that each server does not keep, and its version."""
    subjects = rules.subjects()
    parts = [INTRODUCTION, _scores(subjects, seen, versions)]
    parts.append("## The standard\n")
    parts += _tables(subjects, rules.STANDARD, seen)
    parts.append("## Odd requests\n")
    parts += _tables(subjects, rules.ODD, seen)
    parts.append(
        "## Decisions of this server\n\nNot counted. A dash is a rule that a Rust test looks after.\n"
    )
    parts += _tables(subjects, rules.DECISION, seen)
    return "\n".join(parts)


def _scores(subjects, seen, versions):
    rows = ["| | version | the standard | odd requests |", "|---|---|---|---|"]
    for name in COLUMNS:
        cells = [name, versions[name]]
        for kind in (rules.STANDARD, rules.ODD):
            ids = [rule.id for rule in _all(subjects, kind)]
            kept = sum(id not in seen[name] for id in ids)
            cells.append(f"{kept} of {len(ids)}")
        rows.append(f"| {' | '.join(cells)} |")
    python = platform.python_version()
    rows.append(f"\nAll but the embedded engine ran on CPython {python}.")
    return "\n".join(rows) + "\n"


def _tables(subjects, kind, seen):
    return [
        _table(subject, found, seen)
        for subject in subjects
        if (found := [rule for rule in subject.rules if rule.kind == kind])
    ]


def _table(subject, found, seen):
    names = " | ".join(COLUMNS)
    rows = [f"### {subject.title}", "", f"| rule | section | test | {names} |"]
    rows.append("|---|---|---" + "|:-:" * len(COLUMNS) + "|")
    for rule in found:
        marks = [_mark(rule, seen[name]) for name in COLUMNS]
        test = f"[`{rule.test}`](../{rule.file})"
        text = f'<a id="{rule.id}"></a>{_cell(rule.text)}'
        rows.append(f"| {text} | {rule.section} | {test} | {' | '.join(marks)} |")
    return "\n".join(rows) + "\n"


def _all(subjects, kind):
    return [rule for subject in subjects for rule in subject.rules if rule.kind == kind]


def _mark(rule, seen):
    if rule.probe is None:
        return "–"
    return "✗" if rule.id in seen else "✓"


def _cell(text):
    return text.replace("|", "\\|").replace("*", "\\*")
