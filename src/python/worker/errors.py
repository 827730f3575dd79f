# Exceptions, as the gateway records them.


UNSHOWN = "(its message cannot be shown)"


def told(where, error):
    """An exception as the gateway records it."""
    try:
        return facts_of(where, error)
    except BaseException:
        # An exception may be as odd as any object of the application's.
        name = clean(type.__getattribute__(type(error), "__name__"))
        text = f"{name}, which cannot be shown"
        said = message(error)
        if type(said) is not str or said == UNSHOWN:
            return {"in": where, "type": name, "message": text, "traceback": text + "\n"}
        said = clean(said)[:PIECE]
        return {"in": where, "type": name, "message": said, "traceback": f"{name}: {said}\n"}


def facts_of(where, error):
    import linecache
    if isinstance(error, SyntaxError):
        error = named_fault(error)
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
        "message": explained(error, clean(message(error))[:PIECE]),
        "traceback": clean("".join(shortened(error, tb).format()))[:4 * PIECE],
    }
    calls = []
    while tb is not None:
        if own(tb.tb_frame.f_code.co_filename):
            calls.insert(0, call_of(tb))
        tb = tb.tb_next
    del calls[CALLS:]
    if isinstance(error, SyntaxError) and error.filename:
        if type(error.lineno) is int and 0 < error.lineno < 1 << 32:
            calls.insert(0, place_of_fault(error))
    if calls:
        facts.update(calls[0], calls=calls)
    rule = rule_behind(error)
    if rule:
        facts["rule"] = rule
    missing = missing_file(error, calls)
    if missing:
        facts["missing"] = missing
    return facts


def missing_file(error, calls):
    """Where a file is that was looked for in the working directory: beside one of the project's files that were
    on the way to it."""
    name = getattr(error, "filename", None)
    if not isinstance(error, FileNotFoundError) or type(name) is not str:
        return None
    try:
        import os
        if os.path.isabs(name):
            return None
        for call in calls:
            folder = os.path.dirname(call["file"])
            if os.path.exists(os.path.join(folder, name)):
                return {"directory": clean(os.getcwd()), "beside": clean(folder)}
    except Exception:
        # The application may have changed what this needs, or the directory may be gone.
        pass
    return None


def call_of(tb):
    """Where one of the project's own functions was, and which bytes of the line it was at."""
    code = tb.tb_frame.f_code
    call = {"file": clean(code.co_filename), "line": tb.tb_lineno}
    if hasattr(code, "co_positions"):
        from itertools import islice
        place = next(islice(code.co_positions(), tb.tb_lasti // 2, None), None)
        if place and place[0] == tb.tb_lineno and None not in place:
            _, end_line, start, end = place
            call["bytes"] = [start, end if end_line == tb.tb_lineno else None]
    return call


def rule_behind(error):
    """The rule that was broken before, when an exception comes of that."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        rule = getattr(error, "wsgi_rule", None)
        if type(rule) is str:
            return rule
        cause = error.__cause__
        error = error.__context__ if cause is None else cause
    return None


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
    try:
        return error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:
        return UNSHOWN
