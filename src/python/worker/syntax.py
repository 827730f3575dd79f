# Syntax errors: what is wrong, and where.


def named_fault(error):
    """A syntax error that says what CPython would say, and where: the embedded Python is vague about most."""
    if sys.implementation.name != "rustpython" or type(error.filename) is not str:
        return error
    try:
        fault = native_syntax_fault(source_at(error.filename))
        if fault is None:
            # It is a fault of what was parsed, such as a return outside of a function.
            return error
        kind, said, line, start, end_line, end = fault
        text = line_at(error.filename, line) + "\n"
    except OSError:
        # The source was in no file.
        return error
    place = error.filename, line, start, text, end_line, end
    named = SHARED[kind](said, place)
    named.__cause__, named.__context__ = error.__cause__, error.__context__
    return named.with_traceback(error.__traceback__)


def source_at(filename):
    """The source of a file, as it was when it was read."""
    lines = sources.get(filename)
    if lines is not None:
        return "\n".join(lines)
    with open(filename, encoding="utf-8", errors="replace") as file:
        return file.read()


def line_at(filename, number):
    lines = lines_of(source_at(filename))
    return lines[number - 1] if 0 < number <= len(lines) else ""


def place_of_fault(error):
    """The line of a syntax error, and which bytes of it are wrong."""
    place = {"file": clean(error.filename), "line": error.lineno}
    start, end = error.offset, getattr(error, "end_offset", None)
    if type(start) is not int or start < 1:
        return place
    try:
        line = line_at(error.filename, error.lineno)
    except OSError:
        return place
    ends_here = getattr(error, "end_lineno", None) == error.lineno and type(end) is int and end > start
    begin = len(line[:start - 1].encode("utf-8", "replace"))
    letters = line[start - 1:end - 1] if ends_here else line[start - 1:start]
    place["bytes"] = [begin, begin + max(1, len(letters.encode("utf-8", "replace")))]
    return place
