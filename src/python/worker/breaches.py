# What the application does that the standard forbids: told when it happens, with the line that did it.
#
# Nothing here calls any code of the application's, and nothing is wrapped: what is watched is
# handed over or asked for anyway.

CALLS = 6
VARARGS, VARKEYWORDS = 0x04, 0x08
REPEATABLE = 100
KEEPS_NOTHING = frozenset((
    str, bytes, int, float, bool, type(None), types.ModuleType, types.BuiltinFunctionType,
))


def breach(lane, rule, message, culprit=MISSING, subject=None):
    """Tells that a rule was broken: by the code that made `culprit`, or else by the code that runs.
    `subject` is what it is about, such as the name of a header."""
    lane.report(
        "rule-broken", rule=rule, message=clean(message)[:KEPT_REPR],
        subject=None if subject is None else clean(subject)[:KEPT_REPR], **by(culprit),
    )


class Broken(Exception):
    """A rule was broken in a way that cannot be passed over; becomes the exception `kind`."""

    def __init__(self, kind, rule, message, culprit=MISSING, subject=None):
        self.kind, self.rule, self.message = kind, rule, message
        self.culprit, self.subject = culprit, subject

    def told(self, lane):
        breach(lane, self.rule, self.message, self.culprit, self.subject)
        error = self.kind(self.message)
        # What follows from it is no mistake of its own.
        error.wsgi_rule = self.rule
        return error


def own_frames(frame):
    """The calls of the project's own functions that go on, the innermost first."""
    frames = []
    while frame is not None and frame.f_code is not CALLER and len(frames) < CALLS:
        if own(frame.f_code.co_filename):
            frames.append(frame)
        frame = frame.f_back
    return frames


def library_of(frame):
    """The module of a call, where it is none of the project's own."""
    if own(frame.f_code.co_filename):
        return None
    name = frame.f_globals.get("__name__")
    return clean(name) if type(name) is str else None


def by(culprit=MISSING, frames=None):
    """Whose doing something is: the innermost of the project's own calls to which `culprit` was
    not handed as an argument, and all of them, the innermost first."""
    if frames is None:
        frames = own_frames(sys._getframe(1))
    if not frames:
        return {}
    maker = frames[0]
    if culprit is not MISSING:
        for maker in frames:
            # Whoever is left at the end made it.
            if maker is frames[-1] or not was_given(maker, culprit):
                break
    calls = [{"file": name_of_file(it), "line": it.f_lineno} for it in frames]
    return {**calls[frames.index(maker)], "calls": calls}


def name_of_file(frame):
    """The file of a call, as text that can be told."""
    path = frame.f_code.co_filename
    return path if path.isascii() else clean(path)


def was_given(frame, value):
    """Whether a function got a value as an argument, or in a list that is one."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & VARARGS) + bool(code.co_flags & VARKEYWORDS)
    variables = variables_of(frame)
    for name in code.co_varnames[:count]:
        held = variables.get(name, MISSING)
        if held is value:
            return not is_default(frame, value)
        if type(held) in (list, tuple) and holds(held[:REPEATABLE], value):
            return True
        if type(held) is dict and holds(list(held.values())[:REPEATABLE], value):
            return True
    return False


def holds(values, value):
    """Whether one of these is this very object."""
    return any(map(is_, values, repeat(value)))


if sys.implementation.name == "rustpython":
    holds = native_holds


def is_default(frame, value):
    """Whether a value is what stands for an argument that was not given."""
    return any(
        type(held) is types.FunctionType and held.__code__ is frame.f_code
        and any(value is default for default in defaults_of(held))
        for held in kept_by(frame.f_globals)
    )


def is_shared(value, namespaces):
    """Whether a value outlives the request: a global variable, an attribute of a class or of an
    object that is global, or a default argument."""
    return any(is_kept(value, namespace) for namespace in namespaces)


def is_kept(value, namespace):
    """Whether the variables of a module keep a value alive."""
    return holds(list(namespace.values()), value) or any(
        value is held for held in kept_by(namespace)
    )


def kept_by(namespace):
    """What the variables of a module keep alive, not much deeper than one can see."""
    module = namespace.get("__name__")
    for value in list(namespace.values()):
        yield value
        kind = type(value)
        if kind in KEEPS_NOTHING:
            continue
        if kind is types.FunctionType:
            yield from kept_by_function(value)
        elif kind is type and value.__module__ == module:
            for part in list(type.__getattribute__(value, "__dict__").values()):
                yield part
                if type(part) is types.FunctionType:
                    yield from kept_by_function(part)
        elif type.__getattribute__(kind, "__dict__").get("__module__") == module:
            try:
                yield from list(object.__getattribute__(value, "__dict__").values())
            except AttributeError:
                # It has slots.
                pass


def kept_by_function(function):
    if not (function.__defaults__ or function.__kwdefaults__ or function.__closure__):
        return
    yield from defaults_of(function)
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:
            # It is not filled yet.
            pass


def defaults_of(function):
    return (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())


def lost_header(headers, frames):
    """A header that some function here has several times in a list, and that is given less often."""
    for frame in frames:
        for held in list(variables_of(frame).values()):
            if type(held) is not list or held is headers or not 1 < len(held) <= REPEATABLE:
                continue
            given = [name for name, _ in headers]
            names = [
                item[0] for item in held
                if type(item) is tuple and len(item) == 2 and type(item[0]) is str
            ]
            for name in names:
                if 0 < given.count(name) < names.count(name):
                    return name
    return None


def mounted_at(frames):
    """SCRIPT_NAME as the innermost application here has it."""
    for frame in frames:
        for held in list(variables_of(frame).values()):
            if type(held) is dict and "wsgi.input" in held:
                name = held.get("SCRIPT_NAME")
                return clean(name)[:KEPT_REPR] if type(name) is str and name else None
    return None


def check_iterable(iterable):
    """What the application returned must be an iterable of bytes, and open."""
    kind = type(iterable)
    if kind is list or kind is tuple:
        # Most often that is all.
        return
    what = brief(iterable)
    if isinstance(iterable, str):
        raise Broken(
            TypeError, "body-is-str",
            f"the application returned a str, {what}; it must return an iterable of bytes",
        )
    if isinstance(iterable, (bytes, bytearray, memoryview)):
        raise Broken(
            TypeError, "body-is-bare-bytes",
            f"the application returned {'bytes' if kind is bytes else article(iterable)}, {what}: "
            "iterating it gives numbers; "
            "it must return an iterable of bytes",
        )
    if isinstance(iterable, dict):
        raise Broken(
            TypeError, "body-is-dict",
            f"the application returned a dict, {what}: iterating it gives its keys; "
            "it must return an iterable of bytes",
        )
    if iterable is None:
        raise Broken(
            TypeError, "body-is-none",
            "the application returned None; it must return an iterable of bytes",
        )
    if kind is types.CoroutineType or kind is types.AsyncGeneratorType:
        if kind is types.CoroutineType:
            # So that Python does not complain that nobody waited for it.
            iterable.close()
        thing = "coroutine" if kind is types.CoroutineType else "asynchronous generator"
        raise Broken(
            TypeError, "async-app",
            f"the application is an async function: calling it gave a {thing}, "
            "which the server cannot iterate",
        )
    if not (hasattr(kind, "__iter__") or hasattr(kind, "__getitem__")):
        hint = ""
        if kind is types.FunctionType:
            hint = f"; was {clean(iterable.__name__)}() meant?"
        raise Broken(
            TypeError, "body-not-iterable",
            f"the application returned {article(iterable)}, {what}, "
            f"which cannot be iterated{hint}",
        )
    check_file(iterable)


def check_file(iterable):
    file = iterable.filelike if type(iterable) is FileWrapper else iterable
    if not isinstance(file, io.IOBase):
        return
    if file.closed:
        raise Broken(
            ValueError, "body-closed-file",
            "the application returned a file that is closed already",
        )
    if isinstance(file, io.TextIOBase):
        raise Broken(
            TypeError, "body-text-file",
            "the application returned a file opened as text; it gives str, and a body is bytes",
        )


def check_block(block, whose):
    """A block of the body must be bytes."""
    if isinstance(block, bytes):
        return
    rule = "body-item-is-str" if isinstance(block, str) else "body-item-not-bytes"
    raise Broken(
        TypeError, rule,
        f"{whose} {article(block)}, {brief(block)}; every block of the body must be bytes",
        culprit=block,
    )
