# Which code is the project's own.

LIBRARY = os.path.join(os.path.dirname(os.__file__), "") if hasattr(os, "__file__") else None


def place(frame):
    """The innermost line of the learner's own files that is running."""
    while frame is not None:
        if own(frame.f_code.co_filename):
            return {
                "file": frame.f_code.co_filename,
                "line": frame.f_lineno,
                "code": clean(code_line(frame.f_code.co_filename, frame.f_lineno)),
            }
        frame = frame.f_back
    return {}


def own(filename):
    """Whether a file is one of the project's own."""
    known = owned.get(filename)
    if known is None:
        inside = filename.startswith(project) and filename[len(project):]
        # This file lies in the project where that is the folder for temporary files.
        known = owned[filename] = bool(inside) and filename != __file__ and not (
            inside[0] == "." or "/." in inside or "site-packages" in inside
            or LIBRARY is not None and filename.startswith(LIBRARY)
        )
    return known


def variables_of(frame):
    """The local variables of a call. Looking at them changes nothing."""
    return frame.f_locals


if sys.implementation.name == "rustpython":
    # RustPython 0.5 writes what f_locals gave back into a generator when it goes on.
    variables_of = native_variables


def for_the_project(frame):
    """Whether the project does something itself, or has the standard library do it."""
    while frame is not None and not own(frame.f_code.co_filename):
        if "-packages" in frame.f_code.co_filename:
            return False
        frame = frame.f_back
    return frame is not None


def code_line(filename, number):
    lines = sources.get(filename)
    if lines is None:
        import linecache
        return linecache.getline(filename, number).strip()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""
