"""A copy of each project is edited while wsgi-tutor serves it: the first request after a save is
answered by what was saved.

Nothing waits between a save and the request. Only a template, which no import brings in, may still
be the old one in answers to what is asked within `ALLOWED` seconds.
"""

import os
import pathlib
import shutil
import tempfile
import time

import conversation
import servers
import told
import visitor

ALLOWED = 0.2
REPLACED_ENTRY = '''

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the entry file, changed"]
'''


def tried(framework):
    """Prints how long each change took to be seen, and returns what is wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch).resolve() / "project"
        shutil.copytree(framework.folder, folder)
        record = told.Record(framework.name)
        with servers.running(
            "wsgi-tutor", folder, framework.target, heard=record.hear
        ) as server:
            trial = Trial(server, record)
            edits(trial, framework, folder)
    print(f"{framework.name}, from a save to its answer: {', '.join(trial.times)}")
    return trial.problems


def edits(trial, framework, folder):
    views, template, entry = (
        folder / file for file in (framework.views, framework.template, framework.entry)
    )
    source = views.read_text()

    def greeting(word):
        return source.replace('GREETING = "Hello"', f'GREETING = "{word}"')

    trial.sees("nothing changed", b"Hello, world!")
    views.write_text(greeting("Changed"))
    trial.sees("a view", b"Changed, world!")
    replace(views, greeting("Renamed"))
    trial.sees("a view, saved by renaming", b"Renamed, world!")
    views.write_text(greeting("Twice-1"))
    views.write_text(greeting("Twice-2"))
    trial.sees("a view, saved twice at once", b"Twice-2, world!")
    template.write_text(template.read_text().replace("<h1>", "<h1>The template: "))
    trial.sees("a template", b"The template: Twice-2", within=ALLOWED)
    replace(template, template.read_text().replace("The template", "The other one"))
    trial.sees("a template, saved by renaming", b"The other one: Twice-2", within=ALLOWED)
    broken = greeting("Broken") + "\n\ndef unfinished(:\n"
    views.write_text(broken)
    trial.fails("a syntax error", views, broken.count("\n"))
    trial.fails("a syntax error, asked again", views, broken.count("\n"))
    views.write_text(greeting("Repaired"))
    trial.sees("its repair", b"Repaired, world!")
    views.write_text("import missing_module\n" + source)
    trial.fails("a missing module", views, 1)
    (folder / "missing_module.py").write_text("")
    trial.sees("the module, made", b"Hello, world!")
    entry.write_text(entry.read_text() + REPLACED_ENTRY)
    trial.sees("the entry file", b"the entry file, changed")


def replace(path, text):
    """Saves as many editors do: a new file takes the place of the old one."""
    new = path.with_name(path.name + ".new")
    new.write_text(text)
    os.replace(new, path)


class Trial:
    """Asks for the page and looks whose answer it is."""

    def __init__(self, server, record):
        self.visitor = visitor.Visitor(server, keep_alive=False)
        self.record = record
        self.page = conversation.get("hello", b"/")
        self.problems = []
        self.times = []

    def ask(self):
        answer = self.visitor.ask(self.page)
        return answer, self.record.next_of("exchange") or {"error": None}

    def sees(self, change, text, within=0.0):
        """The first answer has the text, or else one to a request sent `within` so many seconds."""
        saved = time.perf_counter()
        asked = 0
        while True:
            sent = time.perf_counter() - saved
            answer, _ = self.ask()
            asked += 1
            taken = f"{(time.perf_counter() - saved) * 1000:.0f} ms"
            if text in answer.body:
                break
            if sent >= within:
                self.wrong(change, f"{taken} after it, request {asked}: {shown(answer)}")
                break
        self.times.append(f"{change} {taken}" + (f" (request {asked})" if within else ""))

    def fails(self, change, file, line):
        """The next answer is a 500, and the error is told with its place."""
        answer, exchange = self.ask()
        error = exchange["error"]
        if answer.status != b"500":
            self.wrong(change, f"answered with {shown(answer)}")
        elif not error or (error["file"], error["line"]) != (str(file), line):
            self.wrong(change, f"{file}, line {line}, is to blame, but told was {error}")

    def wrong(self, change, problem):
        self.problems.append(f"reload, {change}: {problem}")


def shown(answer):
    return f"{answer.status_line!r} {answer.body[:300]!r}"
