"""Which files and calls are the project's own."""

import os

from .base import EMBEDDED, PROGRAM_FILE
from .native import native_variables
from .state import state
from .text import clean

LIBRARY = os.path.join(os.path.dirname(os.__file__), "") if hasattr(os, "__file__") else None


def is_project_file(filename):
    """Whether a file is one of the project's own."""
    known = state.known_files.get(filename)
    if known is None:
        project = state.project
        inside = filename.startswith(project) and filename[len(project):]
        # The program's file lies in the project where that is the folder for temporary files.
        known = state.known_files[filename] = (
            bool(inside) and filename != PROGRAM_FILE and not (
                inside[0] == "." or "/." in inside or "site-packages" in inside
                or LIBRARY is not None and filename.startswith(LIBRARY)
            )
        )
    return known


def calls_for_project(frame):
    """Whether the project does something itself, or has the standard library do it."""
    while frame is not None and not is_project_file(frame.f_code.co_filename):
        if "-packages" in frame.f_code.co_filename:
            return False
        frame = frame.f_back
    return frame is not None


def python_variables(frame):
    return frame.f_locals


# The local variables of a call. Looking at them changes nothing: what f_locals gave, RustPython 0.5
# writes back into a generator when that goes on.
variables_of = native_variables if EMBEDDED else python_variables


def place(frame):
    """The innermost line of the project's own files that is running."""
    while frame is not None:
        file = frame.f_code.co_filename
        if is_project_file(file):
            line = line_of(frame)
            return {"file": file, "line": line, "code": clean(code_line(file, line))}
        frame = frame.f_back
    return {}


def line_of(frame):
    """The line of a frame that another thread may be running. Just after a jump, RustPython 0.5
    gives the line of the instruction before its target; most of several readings are right."""
    lines = [frame.f_lineno for _ in range(15)]
    return max(lines, key=lines.count)


def code_line(filename, number):
    lines = state.sources.get(filename)
    if lines is None:
        import linecache
        return linecache.getline(filename, number).strip()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""
