"""Writes what was seen of the wrong apps as Markdown, docs/mistakes.md, and compares two such files."""

import collections
import platform
import re

import seen
import servers

DOCUMENT = servers.ROOT / "docs" / "mistakes.md"

US = servers.OURS[0]
SERVERS = ("wsgiref", "gunicorn", "waitress")
COLUMNS = (*SERVERS, *servers.CHECKERS, US)
TITLES = {**{name: name for name in COLUMNS}, US: "wsgi-tutor"}

NAMED, NOT_NAMED = "named", "—"

INTRODUCTION = """\
# The mistakes, and who names them

Small wrong apps, some for each mistake that wsgi-tutor has a diagnosis for, and what becomes of them
under three servers, under the two checkers that there are, and under wsgi-tutor. The apps are those of
[tests/mistakes/wrong](../tests/mistakes/wrong); what is sent to each stands in its first lines. This
file is made by

    cargo build --release
    python3 tests/peers/mistakes.py --write

which takes the peers from PyPI, in the versions of [requirements.txt](../tests/peers/requirements.txt).
`--check` fails when the table of the mistakes or that of the public reports at the end is not true any
more. `--ours` asks wsgi-tutor only and needs nothing but Python's standard library.
"""

MEANINGS = """\
## What the words mean

Each app runs alone in a new server, which runs as it comes: gunicorn with one sync worker, and each
checker around the app under wsgiref. The client asks for each connection to be closed after the answer.

| word | what the client got |
|---|---|
| a code | a whole answer with this status; 500 and a page for all occasions is what comes of an error |
| `blank 200` | status 200, and nothing in the answer |
| `too long` | more bytes than the end of the answer that it announced itself allows |
| `cut` | fewer bytes than that, or the end of the connection within the headers |
| `no HTTP` | something that is no HTTP answer: a status line or a header that is none |
| `hangs` | no end of the answer within 2 seconds, twice |
| `no answer` | the end of the connection without a byte |
| `not loaded` | nothing: the server could not load the app, and ended |

Of several answers of one app the worst counts. `named` is added when the server complained on the
terminal. For the checkers and wsgi-tutor that is all there is: `named` or `—`. Where the apps of a mistake
differ, the most frequent result stands there, with how many of them it is true of.

A complaint is an error that the server or the checker raises itself, or a warning that it prints; under
the checkers also one of wsgiref or werkzeug beneath. Nobody asks whether it is about the mistake, or
whether it says what to do. The traceback of an error that Python raises is no complaint: it is the same
everywhere. More is asked of wsgi-tutor: it must give the very diagnosis, by its slug. "With a line of
theirs": some line of the app was printed besides; for wsgi-tutor, the diagnosis has its line.
"""


def written(looked, versions):
    """The whole file, from what was seen by app and server, and each one's version."""
    wrong = {job: saw for job, saw in looked.items() if job[0].slug and not job[0].by_check}
    right = {job: saw for job, saw in looked.items() if not job[0].slug}
    parts = [INTRODUCTION, _scores(wrong, right, versions), _counts(wrong), MEANINGS]
    parts.append("## The table\n")
    parts.append(_table(wrong))
    return "\n".join(parts)


def differences(before, now, slugs=()):
    """How the table's cells differ between two such files, in words.

    They are the same in every run, on a busy machine too, as long as the versions are. What is left out
    is the rest of the file: versions and counts differ wherever another Python does.
    """
    old, new = _rows(before), _rows(now)
    found = []
    for slug in slugs or sorted({*old, *new}):
        for column in TITLES.values():
            cells = [rows.get(slug, {}).get(column, "nothing") for rows in (old, new)]
            if cells[0] != cells[1]:
                found.append(f"{slug}, {column}: {cells[1]} instead of {cells[0]}")
    return found


def versions_told(text):
    """Each one's version, as such a file tells it."""
    return dict(re.findall(r"^\| ([a-z-]+) \| ([^|]+) \| \d+ of \d+ ", text, re.MULTILINE))


def _scores(wrong, right, versions):
    """Who names how many, in a table."""
    rows = [
        "| | version | wrong apps it names | with a line of theirs | right apps it complains of |",
        "|---|---|---|---|---|",
    ]
    for name in COLUMNS:
        named = [saw for saw in _of(wrong, name) if saw.named]
        with_line = sum(saw.line for saw in named)
        alarms = sum(saw.named for saw in _of(right, name))
        cells = [
            TITLES[name],
            versions[name],
            f"{len(named)} of {len(_of(wrong, name))}",
            f"{with_line}",
            f"{alarms} of {len(_of(right, name))}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    python = platform.python_version()
    rows.append(
        f"\nAll but wsgi-tutor ran on CPython {python}. wsgi-tutor ran with its embedded Python, "
        "where an app does not need\nCPython. (A CPython before 3.13 still has the module `cgi`.)"
    )
    return "\n".join(rows) + "\n"


def _counts(wrong):
    """What the clients got, in sentences."""
    cases = _cases(wrong)
    missed = sum(not any(wrong[case, name].named for name in servers.CHECKERS) for case in cases)
    disagreed = sum(len({wrong[case, name].word for name in SERVERS}) > 1 for case in cases)

    def got(*names, words):
        return sum(any(wrong[case, name].word in words for name in names) for case in cases)

    blank = got("gunicorn", "waitress", words=("blank 200",))
    hang = got("wsgiref", words=(seen.HANGS,))
    mistakes = len({case.slug for case in cases})
    return (
        f"There are {len(cases)} wrong apps with {mistakes} different mistakes.\n\n"
        f"- Both checkers together miss {missed} of the apps.\n"
        f"- The clients of the three servers get different things from {disagreed}.\n"
        f"- {blank} give a blank page with status 200 on gunicorn or waitress.\n"
        f"- {hang} hang wsgiref.\n"
    )


def _table(wrong):
    titles = " | ".join(TITLES.values())
    rows = [f"| mistake | apps | {titles} |", "|---|--:" + "|---" * len(TITLES) + "|"]
    by_slug = collections.defaultdict(list)
    for case in _cases(wrong):
        by_slug[case.slug].append(case)
    for slug, cases in sorted(by_slug.items()):
        cells = [_cell([wrong[case, name] for case in cases], name) for name in COLUMNS]
        link = f"[`{slug}`](../tests/mistakes/wrong/{slug})"
        rows.append(f"| {link} | {len(cases)} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _cell(saw, name):
    words = collections.Counter(in_a_word(one, name) for one in saw)
    # Of words that are equally frequent the first in the alphabet, so that it is always the same.
    word, count = min(words.items(), key=lambda item: (-item[1], item[0]))
    return word if count == len(saw) else f"{word} ({count} of {len(saw)})"


def in_a_word(saw, name):
    """What stands in the table of one app under one server."""
    if name not in SERVERS:
        return NAMED if saw.named else NOT_NAMED
    return f"{saw.word}, {NAMED}" if saw.named else saw.word


def _rows(text):
    """The table's cells, by slug and column."""
    rows = {}
    for line in text.splitlines():
        row = re.match(r"\| \[`([a-z0-9-]+)`\]\([^)]*\) \| \d+ \| (.*) \|$", line)
        if row:
            rows[row[1]] = dict(zip(TITLES.values(), row[2].split(" | ")))
    return rows


def _cases(looked):
    return list(dict.fromkeys(case for case, _ in looked))


def _of(looked, name):
    return [saw for (_, server), saw in looked.items() if server == name]
