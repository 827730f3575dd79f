# What an application has nowhere to get from here: an answer typed by somebody, and time when its process ends.

NO_TERMINAL = (
    "there is no terminal to talk to, since a server's belongs to nobody; to look at a value, print it to "
    "environ['wsgi.errors'], and step through the lines with the keys \u2190 and \u2192"
)
NOT_AT_EXIT = (
    "atexit: what is registered here does not run in the tutor, which ends this process without notice when a file is "
    "saved and when it ends itself; servers run it when they stop in order"
)


def ask(prompt="", /):
    """Stands in for input(), which the debugger uses too."""
    raise RuntimeError(f"{asker(sys._getframe(1))} waits for an answer, and {NO_TERMINAL}")


def asker(frame):
    """What was called to ask: a debugger, or input() itself."""
    names = {"bdb": "the debugger", "cmd": "the debugger", "pdb": "the debugger"}
    return names.get(frame.f_globals.get("__name__"), "input()")


def debug(*_, **__):
    """Stands in for breakpoint() and pdb.set_trace()."""
    raise RuntimeError(f"the debugger waits for commands, and {NO_TERMINAL}")


def mend_pdb(module):
    module.set_trace = debug


def ask_secretly(prompt="", stream=None, **_):
    """Stands in for getpass.getpass(), which would wait for the tutor's own terminal."""
    raise RuntimeError(f"getpass() waits for an answer, and {NO_TERMINAL}")


def mend_getpass(module):
    module.getpass = module.unix_getpass = ask_secretly


def warn_of_atexit():
    """Says at the first of the project's own functions that is registered that it does not run."""
    import atexit
    register = atexit.register

    def registering(function, /, *arguments, **keywords):
        nonlocal is_said
        if not is_said and own(sys._getframe(1).f_code.co_filename):
            is_said = True
            print(NOT_AT_EXIT, file=sys.stderr)
        return register(function, *arguments, **keywords)

    is_said = False
    atexit.register = registering
