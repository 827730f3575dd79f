"""What the next worker imports before it is needed."""

import sys

from .project import is_project_file
from .state import state

# Libraries that patch the standard one, and modules that do something visible when imported.
PATCHERS = {"gevent", "eventlet"}
NOISY = {"antigravity", "this", "idlelib", "turtledemo", "__main__"}


def modules_to_prewarm():
    """The modules of the standard library that the application has loaded; the next worker imports
    them ahead. Other libraries may depend on what the application does before it imports them."""
    if not PATCHERS.isdisjoint(sys.modules):
        # They must be imported before what they patch.
        return []
    library = getattr(sys, "stdlib_module_names", frozenset()) - NOISY
    return [
        name for name, module in list(sys.modules.items())
        if name.partition(".")[0] in library and name not in state.initial_modules
        and not is_project_file(str(getattr(module, "__file__", None)))
    ]


def import_modules(modules):
    from importlib import import_module
    for name in modules:
        try:
            import_module(name)
        except Exception:
            # The application gets the error if it needs the module.
            return
