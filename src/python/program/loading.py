"""Loads the application, and finds it in its module."""

import io
import os
import sys
import types

from .base import APPLICATION_BUILTINS, MISSING
from .exceptions import describe_exception
from .state import state
from .text import MAX_REPR, article, clean, lines_of

USUAL_NAMES = ["application", "app"]
MAX_CALLABLES = 12
VARIABLE_ARGUMENTS = 0x04


def load(command, source):
    """Runs the application's module and finds the application in it."""
    folder, path = command["folder"], command["path"]
    if shadows_library(folder) or path and shadows_library(os.path.dirname(path)):
        # Tracebacks are made with Python's own modules, not with the project's of the same name.
        __import__("traceback")
    if command["threads"] > 1:
        # Buffered output of one thread could go out with that of another one.
        for index, stream in enumerate(state.outputs):
            raw = stream.detach().detach()
            state.outputs[index] = io.TextIOWrapper(
                raw, "utf-8", "backslashreplace", write_through=True
            )
        sys.stdout, sys.stderr = state.outputs
    state.project = os.path.join(folder, "")
    sys.path.insert(0, folder)
    if path and os.path.dirname(path) != folder:
        # As for a script, its own folder comes first.
        sys.path.insert(0, os.path.dirname(path))
    channel, files = state.first_channel, state.files
    state.known_files.clear()
    files.listen()
    channel.arm()
    try:
        if path:
            sys.argv[:] = [path]
            module = run_file(path, source)
        else:
            sys.argv[:] = [command["module"]]
            module = run_module(command["module"])
        state.namespace = vars(module)
        application = find_application(module, command["callable"])
    except BaseException as error:
        facts = describe_exception("load", error)
        if isinstance(error, ModuleNotFoundError):
            files.note_library()
        elif isinstance(error, ImportError) and path and "relative import" in facts["message"]:
            name = os.path.relpath(path, folder)[:-3].replace(os.sep, ".")
            facts["message"] += f"; run it as a module of its package: wsgi-tutor run {name}"
        channel.disarm()
        files.report(channel)
        channel.report("load-failed", **facts)
        return None
    channel.disarm()
    files.report(channel)
    return application


def shadows_library(folder):
    """Whether a folder holds modules that are named like some of the standard library."""
    try:
        names = {name.partition(".")[0] for name in os.listdir(folder)}
    except OSError:
        return False
    return not names.isdisjoint(getattr(sys, "stdlib_module_names", ()))


def run_file(path, source):
    state.sources[path] = lines_of(source.decode("utf-8", "replace"))
    module = types.ModuleType(os.path.splitext(os.path.basename(path))[0])
    module.__file__ = path
    # A file named as a module of Python's own must not take its place.
    sys.modules.setdefault(module.__name__, module)
    # Not the program's own copy of them.
    module.__dict__["__builtins__"] = APPLICATION_BUILTINS
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def run_module(name):
    import importlib.util
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        # A package on the way to it may be missing, or something the package imports.
        if not f"{name}.".startswith(f"{error.name}."):
            raise
        spec = None
    if spec is None:
        folder = folder_of(name.rpartition(".")[0])
        known = modules_of(folder)
        hint = f"the modules in {folder} are {', '.join(known)}" if known else f"{folder} has none"
        raise ModuleNotFoundError(f"there is no module '{name}'; {hint}")
    path = spec.origin
    if path and os.path.isfile(path):
        path = os.path.abspath(path)
        state.first_channel.report("located", file=clean(path))
        with open(path, encoding="utf-8", errors="replace") as file:
            state.sources[path] = lines_of(file.read())
    return importlib.import_module(name)


def folder_of(package):
    """Where the modules of a package lie; those of no package lie in the project's folder."""
    paths = getattr(sys.modules.get(package), "__path__", None)
    return list(paths)[0] if paths else state.project.rstrip(os.sep)


def modules_of(folder):
    entries = sorted(os.listdir(folder))
    packages = [
        name for name in entries if os.path.isfile(os.path.join(folder, name, "__init__.py"))
    ]
    return [name[:-3] for name in entries if name.endswith(".py")] + packages


def find_application(module, name):
    """The application of this name in a module, or the one that has a usual name."""
    names = [name] if name else USUAL_NAMES
    for name in names:
        path, _, given = name.partition("(")
        application = attribute_at(module, path)
        if given and callable(application):
            # A function that makes the application.
            positional, named = literal_arguments(name) if given != ")" else ((), {})
            application = application(*positional, **named)
        if callable(application):
            if takes_nothing(application):
                raise TypeError(
                    f"'{name}' takes no arguments, and the server would call it with environ and "
                    f"start_response; if it makes the application, name it as {name}()"
                )
            return application
        if application is not MISSING:
            raise TypeError(
                f"'{name}' is {article(application)}, which cannot be called{callables_of(module)}"
            )
    file = os.path.basename(getattr(module, "__file__", None) or "__init__.py")
    if file == "__init__.py":
        file = module.__name__
    wanted = " and no ".join(f"'{name}'" for name in names)
    those = "that name" if len(names) == 1 else "these names"
    raise AttributeError(
        f"{file} defines no {wanted}; the server looks for {those}{callables_of(module)}"
    )


def literal_arguments(call):
    """The literals that a call such as make_app("test", debug=True) has for arguments."""
    import ast

    call = ast.parse(call, mode="eval").body
    named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    return [ast.literal_eval(value) for value in call.args], named


def takes_nothing(application):
    """Whether a function can be called without arguments only."""
    if not isinstance(application, types.FunctionType):
        return False
    code = application.__code__
    return code.co_argcount == 0 and not code.co_flags & VARIABLE_ARGUMENTS


def attribute_at(value, path):
    for name in path.split("."):
        value = getattr(value, name, MISSING)
    return value


def callables_of(module):
    """The callables a module defines, and after them those it imports."""
    def imported(value):
        named = isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType))
        return named and getattr(value, "__module__", None) != module.__name__

    names = [
        (imported(value), name)
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_")
    ]
    shown = [name for _, name in sorted(names, key=lambda name: name[0])][:MAX_CALLABLES]
    return f"; what can be called: {', '.join(shown)}" if shown else "; nothing in it can be called"


def describe_callable(application):
    name = clean(getattr(application, "__name__", None))[:MAX_REPR]
    if isinstance(application, type):
        return f"class {name}"
    if isinstance(application, types.FunctionType):
        return f"function {name}"
    return f"instance of {type(application).__name__}"
