"""What an application cannot get here: input from a person, and time when its process ends."""

import sys

from .project import is_project_file

NO_TERMINAL = (
    "a server has no terminal for it; to look at a value, print it to environ['wsgi.errors'], or "
    "step through the lines on the tutor's screen, where the keys \u2190 and \u2192 do that"
)
NOT_AT_EXIT = (
    "atexit: what is registered here does not run in the tutor, which ends this process without "
    "notice when a file is saved and when it ends itself; servers run it when they stop in order"
)


def refusal(waits):
    error = RuntimeError(f"{waits}, and {NO_TERMINAL}")
    error.wsgi_limit = "terminal"  # type: ignore[attr-defined]
    return error


def refuse_input(prompt="", /):
    """Stands in for input(), which the debugger uses too."""
    raise refusal(f"{caller_name(sys._getframe(1))} waits for an answer")


def caller_name(frame):
    """What was called to ask: a debugger, or input() itself."""
    names = {"bdb": "the debugger", "cmd": "the debugger", "pdb": "the debugger"}
    return names.get(frame.f_globals.get("__name__"), "input()")


def refuse_debugger(*_, **__):
    """Stands in for breakpoint() and pdb.set_trace()."""
    raise refusal("the debugger waits for commands")


def patch_pdb(module):
    module.set_trace = refuse_debugger


def refuse_getpass(prompt="", stream=None, **_):
    """Stands in for getpass.getpass(), which would wait for the tutor's own terminal."""
    raise refusal("getpass() waits for an answer")


def patch_getpass(module):
    module.getpass = module.unix_getpass = refuse_getpass


def patch_atexit():
    """Warns that functions registered with atexit do not run, at the first that the project
    registers."""
    import atexit
    register = atexit.register
    is_said = False

    def registering(function, /, *arguments, **keywords):
        nonlocal is_said
        if not is_said and is_project_file(sys._getframe(1).f_code.co_filename):
            is_said = True
            print(NOT_AT_EXIT, file=sys.stderr)
        return register(function, *arguments, **keywords)

    atexit.register = registering
