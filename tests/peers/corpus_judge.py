"""Judges one file of the corpus with the program: what it says of a recording in which all lines ran.

The program tells each mistake once for an exchange, at one line. So lines at which it found something
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

import corpus_recording

# How often a file is judged with fewer lines.
ROUNDS = 25

# A larger source is not kept in a recording.
MAX_BYTES = 1024 * 1024
# The program does not look into a larger one, so it finds nothing there.
MAX_LOOKED_INTO = 512 * 1024

# Something that was found in a file: a mistake, how bad it is, and the line and its text.
Found = collections.namedtuple("Found", "slug severity line text message")


class Failed(Exception):
    """The program did not do what it should; the message says what it did."""


@dataclasses.dataclass
class Verdict:
    """What came of a file."""

    name: str
    # Why it was not judged.
    skipped: str = None
    # What went wrong, in words.
    failures: list = dataclasses.field(default_factory=list)
    # The errors and warnings on its own lines.
    found: list = dataclasses.field(default_factory=list)
    # The longest that the program took for it, in seconds.
    seconds: float = 0.0


def judge(program, patience, name, path):
    """Judges a file. The program may take so many seconds; `name` is what the file is called here."""
    verdict = Verdict(name)
    try:
        file = _File(path)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        verdict.skipped = f"no Python: {type(error).__name__}"
        return verdict
    if file.size > MAX_BYTES:
        verdict.skipped = "too large for a recording"
        return verdict
    try:
        _rounds(program, patience, file, verdict)
    except Failed as failed:
        verdict.failures.append(str(failed))
    return verdict


class _File:
    """A file of the corpus."""

    def __init__(self, path):
        self.path = str(path)
        with tokenize.open(path) as opened:
            self.source = opened.read()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.tree = ast.parse(self.source)
            code = compile(self.source, self.path, "exec", dont_inherit=True)
        self.calls = list(corpus_recording.calls_of(code))
        self.lines = self.source.split("\n")
        self.size = len(self.source.encode("utf-8"))

    def around(self, line):
        """The lines that must not run so that nothing is found at a line.

        They are those of its statement; of a function or a class all of them; of another statement
        with a body those of its head.
        """
        statement, inside = None, self.tree.body
        while True:
            here = next((it for it in inside if _first(it) <= line <= it.end_lineno), None)
            if here is None:
                break
            statement, inside = here, list(_statements(here))
        if statement is None:
            return {line}
        end = statement.end_lineno
        if inside and not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            end = max(_first(inside[0]) - 1, line)
        return set(range(_first(statement), end + 1))


def _first(statement):
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(it.lineno for it in decorators)])


def _statements(node):
    """The statements just inside of another one."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            yield from child.body


def _rounds(program, patience, file, verdict):
    """Judges a file until nothing more is found in it."""
    begin = corpus_recording.first_planted_line(file.source)
    missing, without, known = None, set(), set()
    for _ in range(ROUNDS):
        text, exchanges = corpus_recording.recording(file.path, file.source, file.calls, without)
        told, seconds = _show(program, patience, text)
        verdict.seconds = max(verdict.seconds, seconds)
        wanted = _wanted(file, exchanges)
        missing = set(wanted) if missing is None else missing & wanted
        before = len(known)
        for exchange in exchanges:
            for diagnosis in told.get(exchange.id, []):
                slug, line = diagnosis["slug"], diagnosis["line"]
                missing.discard((exchange.planted.function, slug, line))
                is_planted = (exchange.planted.function, slug, line) in wanted
                if is_planted or (slug, line) in known:
                    continue
                known.add((slug, line))
                _put_down(file, begin, diagnosis, verdict)
                if line is not None and line < begin:
                    without |= file.around(line)
        if len(known) == before:
            break
    for function, slug, line in sorted(missing or ()):
        verdict.failures.append(f"{slug} was not found in {function}, at line {line}")


def _wanted(file, exchanges):
    """The planted mistakes that are to be found."""
    if file.size > MAX_LOOKED_INTO:
        return set()
    planted = {exchange.planted for exchange in exchanges if exchange.planted.slug}
    return {
        (it.function, it.slug, corpus_recording.planted_line(file.source, it)) for it in planted
    }


def _put_down(file, begin, diagnosis, verdict):
    """Takes down what was found, unless it is a mere note."""
    slug, severity, line = (diagnosis[key] for key in ("slug", "severity", "line"))
    if severity == "note":
        return
    if line is not None and line < begin:
        text = file.lines[line - 1].strip()
        verdict.found.append(Found(slug, severity, line, text, diagnosis["message"]))
    else:
        where = "nowhere" if line is None else f"in the planted line {line - begin + 1}"
        verdict.failures.append(f"{slug} ({severity}) was found {where}: {diagnosis['message']}")


def _show(program, patience, text):
    """The diagnoses by the numbers of the exchanges, and how long it took."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        recording = pathlib.Path(folder) / "exchange.json"
        recording.write_text(text, encoding="utf-8", errors="surrogatepass")
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
    if done.returncode:
        raise Failed(f"exit code {done.returncode}: {errors[:200]}")
    if errors:
        raise Failed(f"it complained: {errors[:200]}")
    told = {}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        if one.get("type") != "exchange":
            raise Failed(f"it told: {line[:200].decode('utf-8', 'replace')}")
        told[one["id"]] = one["diagnoses"]
    return told, seconds
