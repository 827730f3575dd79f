"""Writes what was seen of the apps of public reports as the second table of docs/mistakes.md, and compares it."""

import re

import catalogue
import reports

# Those who are asked: the server that everybody has, both checkers, and us.
COLUMNS = ("wsgiref", "validate", "lint", catalogue.US)
TITLES = (
    "report", "what was wrong", "our app", *(catalogue.TITLES[name] for name in COLUMNS), "it says",
)

INTRODUCTION = """\
## Public reports

Public questions and bug reports, each rebuilt as a small app of our own that makes the same mistake. The
reports are not quoted, and their code is not used. The words mean what they mean above; "it says" is the
diagnosis that wsgi-tutor gives. To an app of [tests/mistakes/right](../tests/mistakes/right) `—` is the right
answer. The mistake of an app in [tests/mistakes/checked](../tests/mistakes/checked) is found by
`wsgi-tutor check`, which compares answers.
"""


def written(looked):
    """The section, with the reports whose apps were looked at: what was seen is by app and server."""
    seen = {(case.file, name): saw for (case, name), saw in looked.items()}
    told = [it for it in reports.all_there() if (it.file, catalogue.US) in seen]
    if not told:
        return ""
    rows = [
        f"| {' | '.join(TITLES)} |",
        "|---" * len(TITLES) + "|",
        *(_row(it, [seen[it.file, name] for name in COLUMNS]) for it in told),
    ]
    return "\n".join([INTRODUCTION, _score(told, seen), *rows]) + "\n"


def differences(before, now):
    """How the rows of the reports that are in `now` differ from those in `before`, in words."""
    old, new = _rows(before), _rows(now)
    for app, cells in new.items():
        if app not in old:
            yield f"{app}: there is no row of its report"
            continue
        for column, cell in cells.items():
            was = old[app].get(column, "nothing")
            if was != cell:
                yield f"{app}, {column}: {cell} instead of {was}"
    known = {it.app for it in reports.REPORTS}
    yield from (f"{app}: there is no report with this app" for app in old if app not in known)


def _score(told, seen):
    wrong = [it for it in told if not it.app.startswith("right/")]
    named = {name: sum(seen[it.file, name].named for it in wrong) for name in COLUMNS}
    counts = [f"{catalogue.TITLES[name]} names {count}" for name, count in named.items()]
    return f"Of the {len(wrong)} mistakes, {', '.join(counts)}.\n"


def _row(report, saw):
    words = [catalogue.in_a_word(one, name) for one, name in zip(saw, COLUMNS)]
    slugs = ", ".join(f"`{slug}`" for slug in saw[-1].slugs) or catalogue.NOT_NAMED
    app = f"[{report.app}](../tests/mistakes/{report.app}.py)"
    return f"| {' | '.join([report.links(), report.words, app, *words, slugs])} |"


def _rows(text):
    """The cells of such a file, by app and column."""
    rows = {}
    for line in text.splitlines():
        cells = line.strip("| ").split(" | ")
        app = re.match(r"\[([\w/-]+)\]\(\.\./tests/mistakes/", cells[2]) if len(cells) > 3 else None
        if app:
            rows[app[1]] = dict(zip(TITLES, cells))
    return rows
