"""Judges one file of the corpus: what the program says of a recording in which all its lines ran.

The program tells each mistake once for an exchange, at one line. So the lines at which it found something
are left out, and the rest is judged again, until nothing more is found.
"""

import ast
import collections
import dataclasses
import json
import pathlib
import subprocess
import tempfile
import time
import tokenize
import warnings

import corpus_planted
import corpus_recording

# What is said of a file that there was no time for.
TOO_LATE = "the time was up before it was judged"

# How often a file is judged with fewer lines.
ROUNDS = 25

# A larger source is not kept in a recording.
MAX_BYTES = 1024 * 1024
# The program does not look into a larger one, so it finds nothing there.
MAX_BYTES_PARSED = 512 * 1024

# How long the program may take for a file, in seconds, and until when all has to be judged, as
# time.monotonic() tells it.
Limits = collections.namedtuple("Limits", "patience end")

# An error or a warning on a line of a file: the mistake, how bad it is, the line and its text.
Found = collections.namedtuple("Found", "slug severity line text message")


class Failed(Exception):
    """The program did not do what it should; the message says what it did."""


@dataclasses.dataclass
class Verdict:
    """What came of a file."""

    name: str
    # Why it was not judged.
    skipped: "str | None" = None
    # What went wrong, in words.
    failures: list = dataclasses.field(default_factory=list)
    found: list = dataclasses.field(default_factory=list)
    # The longest that the program took, in seconds.
    seconds: float = 0.0


def judge(program, limits, name, path):
    """Judges a file; `name` is what it is called."""
    verdict = Verdict(name)
    if time.monotonic() > limits.end:
        verdict.failures.append(TOO_LATE)
        return verdict
    try:
        file = File(path)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        verdict.skipped = f"not a module of this Python: {type(error).__name__}"
        return verdict
    if file.size > MAX_BYTES:
        verdict.skipped = "too large for a recording"
        return verdict
    try:
        _judge(program, limits.patience, file, verdict)
    except Failed as failed:
        verdict.failures.append(str(failed))
    return verdict


class File:
    """A file of the corpus."""

    def __init__(self, path):
        self.path = str(path)
        with tokenize.open(path) as opened:
            self.source = opened.read()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._tree = ast.parse(self.source)
            code = compile(self._tree, self.path, "exec", dont_inherit=True)
        self.calls = list(corpus_recording.calls_of(code))
        self.lines = self.source.split("\n")
        self.size = len((self.source + corpus_planted.SOURCE).encode("utf-8"))

    def planted(self):
        """The mistakes that are planted in it: the application, the mistake and its line."""
        return {
            (planted.function, planted.slug, corpus_recording.planted_line(self.source, planted))
            for planted in corpus_planted.APPLICATIONS
            if planted.slug and self.size <= MAX_BYTES_PARSED
        }

    def statement_at(self, line):
        """The lines of the innermost statement at a line.

        Of a statement with a body they are those of its head, but of a function or a class all.
        """
        statement, inside = None, self._tree.body
        while here := next((it for it in inside if _first(it) <= line <= it.end_lineno), None):
            statement, inside = here, list(_statements_in(here))
        if statement is None:
            return {line}
        whole = isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        end = statement.end_lineno or line
        if inside and not whole:
            end = max(_first(inside[0]) - 1, line)
        return set(range(_first(statement), end + 1))


def _first(statement):
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(it.lineno for it in decorators)])


def _statements_in(statement):
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            yield from child.body


def _judge(program, patience, file, verdict):
    """Judges a file until nothing more is found in it."""
    planted = file.planted()
    seen: set[tuple] = set()
    without: set[int] = set()
    for _ in range(ROUNDS):
        text, functions = corpus_recording.recording(file.path, file.source, file.calls, without)
        told, seconds = _show(program, patience, text)
        verdict.seconds = max(verdict.seconds, seconds)
        before = len(seen)
        for exchange, diagnoses in told.items():
            for diagnosis in diagnoses:
                slug, line = diagnosis["slug"], diagnosis["line"]
                key: tuple = (functions[exchange], slug, line)
                if key not in planted:
                    # In which of the exchanges it was found is of no interest.
                    key = (slug, line)
                    if key not in seen:
                        without |= _take(file, diagnosis, verdict)
                seen.add(key)
        if len(seen) == before:
            break
    for function, slug, line in sorted(planted - seen):
        verdict.failures.append(f"{slug} was not found in {function}, at line {line}")


def _take(file, diagnosis, verdict):
    """Takes down what was found. Returns the lines without which it would not be found again."""
    slug, severity, line, message = (
        diagnosis[key] for key in ("slug", "severity", "line", "message")
    )
    begin = corpus_recording.first_planted_line(file.source)
    own = line is not None and line < begin
    if severity != "note":
        if own:
            text = file.lines[line - 1].strip()
            verdict.found.append(Found(slug, severity, line, text, message))
        else:
            where = "at no line" if line is None else f"at the planted line {line - begin + 1}"
            verdict.failures.append(f"{slug} ({severity}) {where}: {message}")
    return file.statement_at(line) if own else set()


def _show(program, patience, text):
    """The diagnoses by the numbers of the exchanges, and how long it took."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        recording = pathlib.Path(folder) / "exchange.json"
        recording.write_text(text, encoding="utf-8")
        before = time.monotonic()
        try:
            done = subprocess.run(
                [program, "show", recording, "--json"], stdin=subprocess.DEVNULL,
                capture_output=True, timeout=patience, check=False,
            )
        except subprocess.TimeoutExpired:
            raise Failed(f"too slow: it took more than {patience} s") from None
        seconds = time.monotonic() - before
    errors = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode or errors:
        raise Failed(f"exit code {done.returncode}: {errors[:200]}")
    told = {}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        # Anything else is trouble, such as a file for which the time was not enough.
        if one["type"] != "exchange":
            raise Failed(f"it told: {line[:200].decode('utf-8', 'replace')}")
        told[one["id"]] = one["diagnoses"]
    return told, seconds
