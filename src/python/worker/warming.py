# What the next worker may begin with.

# Libraries that change the standard one, and modules that do something when they are imported.
PATCHERS = {"gevent", "eventlet"}
NOISY = {"antigravity", "this", "idlelib", "turtledemo", "__main__"}


def imports():
    """The modules of the standard library that are loaded by now, for the next worker to begin
    with. The libraries of others may depend on what the application does before it imports them."""
    if not PATCHERS.isdisjoint(sys.modules):
        # They want to be there before anything they change.
        return []
    library = getattr(sys, "stdlib_module_names", frozenset()) - NOISY
    return [
        name for name, module in list(sys.modules.items())
        if name.partition(".")[0] in library and name not in born
        and not own(str(getattr(module, "__file__", None)))
    ]


def warm(modules):
    from importlib import import_module
    for name in modules:
        try:
            import_module(name)
        except Exception:
            # The application that needs it will be told.
            return
