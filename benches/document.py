"""Writes docs/speed.md."""

import dataclasses
import datetime
import os
import platform
from collections.abc import Sequence

import peers
import rows

FILE = peers.ROOT / "docs" / "speed.md"

INTRODUCTION = """\
# How quick it is

    cargo build --release
    python3 benches/table.py --write

makes this file: figures of wsgi-tutor, each beside those of servers that somebody would choose
instead, which come from PyPI in the versions of [requirements.txt](../tests/peers/requirements.txt).
`--quick` takes fewer rounds, `--only requests` measures one part, `--builds` builds the program from
nothing as well; `--only sizes --builds --write` writes that part alone.

The servers take turns within one run, some requests each, many rounds long, so that a noisy moment
hurts all of them alike. What counts is the ratio in parentheses, ours / theirs: the median of the
rounds' ratios; below ×1 wsgi-tutor is quicker. The times are those of one machine and one day. No
test asserts any of them.

All run on the same Python, ours as well. Each peer is started as its own manual says, without its
reloader where reloading is not what is measured; wsgiref's log is silenced. One small client asks
all of them. `--json`: each exchange is written as a line of JSON to a pipe; `screen`: it is drawn on
a terminal. Both are read. Wherever nothing else is said the lines of the app are recorded as they
run, as a learner has it.

Two things that look like mistakes of the measurement are none. Werkzeug, and Flask with it, keeps
each connection open for 10 ms after an answer, which shows in its requests per second alone. Django
writes an answer's head and body one by one, so that on a kept connection the second write waits for
the client's delayed acknowledgement; being ahead of that is no achievement.
"""


def written(parts: Sequence[rows.Part], quick: bool, embedded: bool, load: float) -> str:
    """The whole file."""
    judged = [row for part in parts for row in part.rows if row.kept is not None]
    missed = [row for row in judged if not row.kept]
    text = [INTRODUCTION, _machine(quick, load)]
    if not embedded:
        text.append("The program was built without the embedded Python, whose figures are missing.\n")
    text.append(f"**{len(judged) - len(missed)} of {len(judged)} budgets are kept.**")
    if missed:
        text.append("Not kept:\n")
        text += [f"- {_missed(row)}" for row in missed]
    text.append("")
    text += [rows.written(part) for part in parts]
    return "\n".join(text)


def with_part(part: rows.Part) -> str:
    """The file as it is, with one part of it anew, or at its end where it had none."""
    first, *sections = FILE.read_text(encoding="utf-8").split("\n## ")
    about = f"{part.about}; measured on {datetime.date.today()}"
    new = rows.written(dataclasses.replace(part, about=about)).removeprefix("## ").rstrip("\n")
    kept = [new if it.startswith(f"{part.title}\n") else it.rstrip("\n") for it in sections]
    if new not in kept:
        kept.append(new)
    return "\n\n## ".join([first.rstrip("\n"), *kept]) + "\n"


def _missed(row: rows.Row) -> str:
    is_ = f"×{row.ratio:.2f}" if row.ratio is not None else row.ours
    return f"{row.figure}: {is_}; budget: {row.budget}"


def _machine(quick: bool, load: float) -> str:
    names = ("gunicorn", "waitress", "werkzeug", "flask", "django")
    versions = ", ".join(f"{name} {peers.version(name)}" for name in names)
    rounds = "Few rounds (`--quick`). " if quick else ""
    return (
        f"{rounds}Measured on {datetime.date.today()}: {platform.system()}, {platform.machine()}, "
        f"{os.cpu_count()} cores, which had a load of {load:.1f} before it began; CPython "
        f"{platform.python_version()}; {versions}.\n"
    )
