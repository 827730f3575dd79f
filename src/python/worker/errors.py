# Exceptions, as the gateway records them.


def told(where, error):
    """An exception as the gateway records it."""
    try:
        return facts_of(where, error)
    except Exception:
        # An exception may be as odd as any object of the application's.
        name = clean(type.__getattribute__(type(error), "__name__"))
        text = f"{name}, which cannot be shown"
        return {"in": where, "type": name, "message": text, "traceback": text + "\n"}


def facts_of(where, error):
    import linecache
    for path, lines in sources.items():
        # The lines that ran, whatever the file holds by now.
        lines = [line + "\n" for line in lines]
        linecache.cache[path] = (sum(map(len, lines)), None, lines, path)
    this = __file__
    tb = error.__traceback__
    while tb is not None and (tb.tb_frame.f_code.co_filename == this or importing(tb)):
        tb = tb.tb_next
    facts = {
        "in": where,
        "type": type(error).__name__[:KEPT_REPR],
        "message": clean(message(error))[:PIECE],
        "traceback": clean("".join(shortened(error, tb).format()))[:4 * PIECE],
    }
    blame = None
    while tb is not None:
        if own(tb.tb_frame.f_code.co_filename):
            blame = tb.tb_frame.f_code.co_filename, tb.tb_lineno
        tb = tb.tb_next
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        blame = error.filename, error.lineno
    if blame:
        facts["file"], facts["line"] = blame
    return facts


def shortened(error, tb):
    """A traceback without the frames of this file."""
    from traceback import TracebackException
    whole = TracebackException(type(error), error, tb)
    rest, seen = [whole], set()
    while rest:
        one = rest.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            one.stack[:] = [frame for frame in one.stack if frame.filename != __file__]
            rest += [one.__cause__, one.__context__]
    return whole


def importing(tb):
    """Whether a frame is Python's own way from an import to the module."""
    module = tb.tb_frame.f_globals.get("__name__", "")
    return module.partition(".")[0] in ("importlib", "_frozen_importlib")


def message(error):
    if isinstance(error, SyntaxError):
        return error.msg
    try:
        return str(error)
    except Exception:
        return "(its message cannot be shown)"
