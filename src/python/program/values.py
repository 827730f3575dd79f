"""Short forms of values, made without calling any method the application defined."""

import types

from .base import EMBEDDED
from .limits import MAX_INT_BITS, MAX_ITEMS, MAX_NESTING, MAX_TEXT
from .native import native_brief
from .text import clean

BRACKETS = {
    list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}"), dict: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}
NAMED = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.GeneratorType,
)


def python_repr(value, depth=0):
    kind = type(value)
    if kind is str or kind is bytes:
        # repr() escapes what no text may hold.
        if len(value) <= MAX_TEXT:
            return repr(value)
        return f"{value[:MAX_TEXT]!r}… ({len(value)})"
    if value is None or kind is bool or kind is float:
        return repr(value)
    if kind is int:
        bits = value.bit_length()
        return repr(value) if bits < MAX_INT_BITS else f"<int of {bits} bits>"
    try:
        if kind in (list, tuple, set, frozenset, dict):
            return python_repr_of_items(value, kind, depth)
    except RuntimeError:
        # Another thread changes it just now.
        pass
    name = clean(type.__getattribute__(kind, "__name__"))
    if kind in NAMED:
        return f"<{name} {clean(value.__name__)}>"
    if kind is types.ModuleType:
        return "<module>"
    if kind is type:
        return f"<class {clean(type.__getattribute__(value, '__name__'))}>"
    return f"<{name}>"


def python_repr_of_items(value, kind, depth):
    name = kind.__name__
    # Without anything in it, a set would look as a dict does.
    is_empty_set = not value and kind in (set, frozenset)
    if depth == MAX_NESTING or kind is dict and len(value) > MAX_ITEMS or is_empty_set:
        return f"<{name} of {len(value)}>" if value else f"{name}()"
    items = []
    for item in value:
        if len(items) == MAX_ITEMS:
            items.append(f"… ({len(value)})")
            break
        text = python_repr(item, depth + 1)
        is_dict = kind is dict
        items.append(f"{text}: {python_repr(value[item], depth + 1)}" if is_dict else text)
    opening, closing = BRACKETS[kind]
    comma = "," if kind is tuple and len(value) == 1 else ""
    return opening + ", ".join(items) + comma + closing


# The short form of a value, such as `<dict of 30>`.
short_repr = native_brief if EMBEDDED else python_repr
