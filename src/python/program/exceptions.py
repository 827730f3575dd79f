"""Exceptions, as the gateway records them."""

import os

from .base import PROGRAM_FILE
from .library import explain_message, is_out_of_memory
from .project import is_project_file
from .state import state
from .syntax import precise_syntax_error, syntax_error_location
from .text import MAX_PIECE, MAX_REPR, clean
from .violations import MAX_CALLS

NO_MESSAGE = "(its message cannot be shown)"


def describe_exception(where, error):
    """An exception as the gateway records it."""
    try:
        return facts_of(where, error)
    except BaseException:
        # An exception is an object of the application's, and may do anything.
        name = clean(type.__getattribute__(type(error), "__name__"))
        text = f"{name}, which cannot be shown"
        message = message_of(error)
        if type(message) is not str or message == NO_MESSAGE:
            return {"in": where, "type": name, "message": text, "traceback": text + "\n"}
        message = clean(message)[:MAX_PIECE]
        return {"in": where, "type": name, "message": message, "traceback": f"{name}: {message}\n"}


def facts_of(where, error):
    import linecache
    if isinstance(error, SyntaxError):
        error = precise_syntax_error(error)
    for path, lines in state.sources.items():
        # The lines that ran, even if the file has changed since.
        lines = [line + "\n" for line in lines]
        linecache.cache[path] = (sum(map(len, lines)), None, lines, path)
    tb = error.__traceback__
    while tb is not None and is_program_or_import(tb):
        tb = tb.tb_next
    message, lacks = explain_message(error, clean(message_of(error))[:MAX_PIECE])
    facts = {
        "in": where,
        "type": type(error).__name__[:MAX_REPR],
        "message": message,
        "traceback": clean("".join(without_program(error, tb).format()))[:4 * MAX_PIECE],
    }
    calls = []
    while tb is not None:
        if is_project_file(tb.tb_frame.f_code.co_filename):
            calls.insert(0, call_of(tb))
        tb = tb.tb_next
    del calls[MAX_CALLS:]
    if isinstance(error, SyntaxError) and error.filename:
        if type(error.lineno) is int and 0 < error.lineno < 1 << 32:
            calls.insert(0, syntax_error_location(error))
    if calls:
        facts.update(calls[0], calls=calls)
    rule = mark_behind(error, "wsgi_rule")
    if rule:
        facts["rule"] = rule
    limit = mark_behind(error, "wsgi_limit")
    if limit:
        facts["limit"] = limit
    missing = missing_file(error, calls)
    if missing:
        facts["missing"] = missing
    if lacks:
        facts["lacks"] = lacks
    return facts


def missing_file(error, calls):
    """Where a file is that was looked for in the working directory: beside one of the project's
    files that the calls were in."""
    name = getattr(error, "filename", None)
    if not isinstance(error, FileNotFoundError) or type(name) is not str:
        return None
    try:
        if os.path.isabs(name):
            return None
        for call in calls:
            folder = os.path.dirname(call["file"])
            if os.path.exists(os.path.join(folder, name)):
                return {"directory": clean(os.getcwd()), "beside": clean(folder)}
    except Exception:
        # The application may have replaced what this needs, or the directory may be gone.
        pass
    return None


def call_of(tb):
    """The line that a function of the project was at, and which bytes of it."""
    code = tb.tb_frame.f_code
    call = {"file": clean(code.co_filename), "line": tb.tb_lineno}
    if hasattr(code, "co_positions"):
        from itertools import islice
        span = next(islice(code.co_positions(), tb.tb_lasti // 2, None), None)
        if span and span[0] == tb.tb_lineno and None not in span:
            _, end_line, start, end = span
            call["bytes"] = [start, end if end_line == tb.tb_lineno else None]
    return call


def mark_behind(error, name):
    """What the tutor has noted on an exception, or on the one that is its cause: the rule that was
    broken, or the tutor's own limit that was met."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        mark = getattr(error, name, None)
        if type(mark) is str:
            return mark
        if name == "wsgi_limit" and is_out_of_memory(error):
            return "memory"
        cause = error.__cause__
        error = error.__context__ if cause is None else cause
    return None


def without_program(error, tb):
    """A traceback without the frames of the program."""
    from traceback import TracebackException
    whole = TracebackException(type(error), error, tb)
    rest: list = [whole]
    seen = set()
    while rest:
        one = rest.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            one.stack[:] = [frame for frame in one.stack if frame.filename != PROGRAM_FILE]
            rest += [one.__cause__, one.__context__]
    return whole


def is_program_or_import(tb):
    """Whether a frame is the program's, or the import system's between an import and the module."""
    if tb.tb_frame.f_code.co_filename == PROGRAM_FILE:
        return True
    module = tb.tb_frame.f_globals.get("__name__", "")
    return module.partition(".")[0] in ("importlib", "_frozen_importlib")


def message_of(error):
    try:
        return error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:
        return NO_MESSAGE
