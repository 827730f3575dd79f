"""What a call changed in environ."""

from _operator import is_

from .base import EMBEDDED, MISSING
from .native import native_alike
from .text import MAX_REPR, clean

# How many changed keys are reported.
MAX_CHANGES = 500


def environ_changes(before, environ):
    """What a call changed in environ."""
    changes = []
    try:
        if alike(list(before), list(environ)) and alike(
            list(before.values()), list(environ.values())
        ):
            # The usual case.
            return changes
        for key in environ:
            old, new = before.get(key, MISSING), environ[key]
            # Another object with the same text is no change to anybody.
            if old is not new and not (type(old) is type(new) is str and old == new):
                if len(changes) == MAX_CHANGES:
                    break
                changes.append({
                    "key": clean(key)[:MAX_REPR], "repr": safe_repr(environ[key]),
                    "type": type(new).__name__,
                })
        changes += [{"key": key, "repr": None} for key in before if key not in environ]
    except BaseException:
        # The application's own objects may fail in any way; then the rest is not reported.
        pass
    return changes


def python_alike(one, other):
    return len(one) == len(other) and all(map(is_, one, other))


# Whether two lists have the same objects in the same order.
alike = native_alike if EMBEDDED else python_alike


def safe_repr(value):
    try:
        text = repr(value)
    except BaseException as error:
        text = f"<{type(value).__name__}: its repr raised {type(error).__name__}>"
    return clean(text if len(text) <= MAX_REPR else text[:MAX_REPR] + "…")
