"""What keeps a value alive: arguments, variables of modules, and what those refer to."""

import types
from _operator import is_
from itertools import repeat

from .base import EMBEDDED, MISSING
from .native import native_holds
from .project import variables_of
from .text import MAX_REPR, clean

# A code object's flags: it takes *arguments, and **keywords.
VARARGS, VARKEYWORDS = 0x04, 0x08
# How many items of a list or a dictionary are looked at.
MAX_LOOKED_AT = 100
KEEPS_NOTHING = frozenset((
    str, bytes, int, float, bool, type(None), types.ModuleType, types.BuiltinFunctionType,
))


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
        if type(held) in (list, tuple) and holds(held[:MAX_LOOKED_AT], value):
            return True
        if type(held) is dict and holds(list(held.values())[:MAX_LOOKED_AT], value):
            return True
    return False


def python_holds(values, value):
    return any(map(is_, values, repeat(value)))


# Whether one of these values is this very object.
holds = native_holds if EMBEDDED else python_holds


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
                # Its class has slots.
                pass


def kept_by_function(function):
    if not (function.__defaults__ or function.__kwdefaults__ or function.__closure__):
        return
    yield from defaults_of(function)
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:
            # The cell is empty.
            pass


def defaults_of(function):
    return (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())


def header_lost_in_dict(headers, frames):
    """A header that a function here has several times in a list, and that is given less often."""
    for frame in frames:
        for held in list(variables_of(frame).values()):
            if type(held) is not list or held is headers or not 1 < len(held) <= MAX_LOOKED_AT:
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


def script_name_seen(frames):
    """SCRIPT_NAME as the innermost application here has it."""
    for frame in frames:
        for held in list(variables_of(frame).values()):
            if type(held) is dict and "wsgi.input" in held:
                name = held.get("SCRIPT_NAME")
                return clean(name)[:MAX_REPR] if type(name) is str and name else None
    return None
