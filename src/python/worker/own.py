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
        known = owned[filename] = bool(inside) and not (
            inside[0] == "." or "/." in inside or "site-packages" in inside
            or LIBRARY is not None and filename.startswith(LIBRARY)
        )
    return known


def code_line(filename, number):
    lines = sources.get(filename)
    if lines is None:
        import linecache
        return linecache.getline(filename, number).strip()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""
