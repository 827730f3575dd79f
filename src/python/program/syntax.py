"""Syntax errors: what is wrong, and where."""

from .base import APPLICATION_BUILTINS, EMBEDDED
from .native import native_syntax_fault
from .state import state
from .text import clean, lines_of


def precise_syntax_error(error):
    """A syntax error with CPython's message and location, which the embedded Python lacks."""
    if not EMBEDDED or type(error.filename) is not str:
        return error
    try:
        fault = native_syntax_fault(source_at(error.filename))
        if fault is None:
            # It was found after parsing, such as a return outside of a function.
            return error
        kind, message, line, start, end_line, end = fault
        text = line_at(error.filename, line) + "\n"
    except OSError:
        # The source was in no file.
        return error
    location = error.filename, line, start, text, end_line, end
    precise = APPLICATION_BUILTINS[kind](message, location)
    # The embedded Python's TabError leaves its location out.
    precise.filename, precise.lineno, precise.offset = location[:3]
    precise.text, precise.end_lineno, precise.end_offset = location[3:]
    precise.__cause__, precise.__context__ = error.__cause__, error.__context__
    return precise.with_traceback(error.__traceback__)


def source_at(filename):
    """The source of a file, as it was when it was read."""
    lines = state.sources.get(filename)
    if lines is not None:
        return "\n".join(lines)
    with open(filename, encoding="utf-8", errors="replace") as file:
        return file.read()


def line_at(filename, number):
    lines = lines_of(source_at(filename))
    return lines[number - 1] if 0 < number <= len(lines) else ""


def syntax_error_location(error):
    """The line of a syntax error, and which bytes of it are wrong."""
    location = {"file": clean(error.filename), "line": error.lineno}
    start, end = error.offset, getattr(error, "end_offset", None)
    if type(start) is not int or start < 1:
        return location
    try:
        line = line_at(error.filename, error.lineno)
    except OSError:
        return location
    is_one_line = getattr(error, "end_lineno", None) == error.lineno
    last = end if is_one_line and type(end) is int and end > start else start + 1
    begin = len(line[:start - 1].encode("utf-8", "replace"))
    letters = line[start - 1:last - 1]
    location["bytes"] = [begin, begin + max(1, len(letters.encode("utf-8", "replace")))]
    return location
