"""Flask and Django under wsgi-tutor, compared with the same under gunicorn.

    python3 tests/peers/frameworks.py

It takes Python 3.10 or later, as gunicorn does, and PyPI: the first run makes a virtual environment
from requirements.txt in target/peers. The tutor is target/release/wsgi-tutor, or what the
environment variable WSGI_TUTOR names.

flask_app/ and django_app/ are two real projects with the same paths. conversation.py lists what is
asked of them, compare.py compares the answers byte by byte and lists what it puts aside, known.py
lists the differences that are as they should be, streams.py looks at bodies in the making, told.py
at what the tutor told of the exchanges, and reloads.py edits a copy of each project while it is
served.

The exit status is 1 when anything else differs; the differing bytes are shown.
"""

import dataclasses
import pathlib
import sys

import compare
import conversation
import known
import reloads
import servers
import streams
import told
import visitor
import wire

HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass
class Framework:
    """A project to serve."""

    name: str
    folder: pathlib.Path
    target: str
    # Files of it that are edited: the one with the application, its views, and a template.
    entry: str
    views: str
    template: str


FRAMEWORKS = (
    Framework(
        "Flask", HERE / "flask_app", "app:application",
        "app.py", "views.py", "templates/hello.html",
    ),
    Framework(
        "Django", HERE / "django_app", "site_of_pages.wsgi:application",
        "site_of_pages/wsgi.py", "pages/views.py", "pages/templates/pages/hello.html",
    ),
)


def main():
    wrong = []
    for framework in FRAMEWORKS:
        wrong += compared(framework)
        wrong += [f"{framework.name}: {problem}" for problem in reloads.tried(framework)]
    print("\n".join(["", *wrong, "", f"{len(wrong)} wrong"]))
    return 1 if wrong else 0


def compared(framework):
    """Serves one project with both, and says what is wrong."""
    name = framework.name
    with servers.running("gunicorn", framework.folder, framework.target) as server:
        theirs = asked(server, keep_alive=False)
        wrong = [f"{name}, gunicorn: {problem}" for problem in streamed(server)]
    record = told.Record(name)
    with servers.running(
        "wsgi-tutor", framework.folder, framework.target, heard=record.hear
    ) as server:
        ours = asked(server, keep_alive=False, record=record)
        kept = asked(server, keep_alive=True, record=record)
        wrong += [f"{name}, wsgi-tutor: {problem}" for problem in streamed(server, record)]
        wrong += record.problems
    found = []
    for request, gunicorn, tutor, again in zip(conversation.REQUESTS, theirs, ours, kept):
        expected = str(request.expected(name)).encode()
        if tutor.status != expected:
            wrong.append(f"{name}, {request.name}: {tutor.status_line!r} instead of {expected!r}")
        found += compare.differences(name, request, gunicorn, tutor)
        wrong += [
            f"between a new connection (above) and one kept alive (below)\n{difference.told()}"
            for difference in compare.differences(name, request, tutor, again, keep_alive=True)
        ]
    explained, unexplained, stale = known.sorted_out(name, found)
    print(f"{name}: {len(conversation.REQUESTS)} requests, {len(unexplained)} differences, "
          f"{len(explained)} known differences; {record.summary()}")
    for difference in explained:
        print(difference.told())
    return wrong + [difference.told() for difference in unexplained] + stale


def asked(server, keep_alive, record=None):
    answers = []
    with visitor.Visitor(server, keep_alive) as someone:
        for request in conversation.REQUESTS:
            answers.append(someone.ask(request))
            if record:
                record.follow(request)
    return answers


def streamed(server, record=None):
    problems = []
    for request, test in (
        (conversation.get("stream, block by block", b"/stream"), streams.block_by_block),
        (conversation.get("stream, client leaves", b"/stream/endless"), streams.client_leaves),
    ):
        try:
            problems += [f"{request.name}: {problem}" for problem in test(server)]
        except (wire.Broken, OSError) as error:
            problems.append(f"{request.name}: {error!r}")
        if record:
            record.follow(request)
    return problems


if __name__ == "__main__":
    sys.exit(main())
