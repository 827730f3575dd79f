# Loads the application, and finds it in its module.

USUAL = ["application", "app"]
SHOWN_CALLABLES = 12
VARIABLE_ARGUMENTS = 0x04


def load(command, source):
    """Runs the application's module and finds the application in it."""
    global project, namespace
    folder, path = command["folder"], command["path"]
    if shadows(folder) or path and shadows(os.path.dirname(path)):
        # What tells of exceptions must not find the project's modules in the place of Python's own.
        __import__("traceback")
    if command["threads"] > 1:
        # Nothing of one thread's output may wait until another one's goes out.
        for place, stream in enumerate(outputs):
            raw = stream.detach().detach()
            outputs[place] = io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)
        sys.stdout, sys.stderr = outputs
    project = os.path.join(folder, "")
    sys.path.insert(0, folder)
    if path and os.path.dirname(path) != folder:
        # As for a script, what lies beside it comes first.
        sys.path.insert(0, os.path.dirname(path))
    owned.clear()
    files.listen()
    first.arm()
    try:
        if path:
            sys.argv[:] = [path]
            module = run_file(path, source)
        else:
            sys.argv[:] = [command["module"]]
            module = run_module(command["module"])
        namespace = vars(module)
        application = find(module, command["callable"])
    except BaseException as error:
        facts = told("load", error)
        if isinstance(error, ModuleNotFoundError):
            files.note_library()
        elif isinstance(error, ImportError) and path and "relative import" in facts["message"]:
            name = os.path.relpath(path, folder)[:-3].replace(os.sep, ".")
            facts["message"] += f"; run it as a module of its package: wsgi-tutor run {name}"
        first.disarm()
        files.report(first)
        first.report("load-failed", **facts)
        return None
    first.disarm()
    files.report(first)
    return application


def shadows(folder):
    """Whether a folder holds modules that are named like some of the standard library."""
    try:
        names = {name.partition(".")[0] for name in os.listdir(folder)}
    except OSError:
        return False
    return not names.isdisjoint(getattr(sys, "stdlib_module_names", ()))


def run_file(path, source):
    sources[path] = lines_of(source.decode("utf-8", "replace"))
    module = types.ModuleType(os.path.splitext(os.path.basename(path))[0])
    module.__file__ = path
    # A file named as a module of Python's own must not take its place.
    sys.modules.setdefault(module.__name__, module)
    # Not this file's own copy of them.
    module.__builtins__ = SHARED
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def lines_of(text):
    """The lines of a source as Python counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


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
        first.report("located", file=clean(path))
        with open(path, encoding="utf-8", errors="replace") as file:
            sources[path] = lines_of(file.read())
    return importlib.import_module(name)


def folder_of(package):
    """Where the modules of a package lie; those of no package lie in the project's folder."""
    paths = getattr(sys.modules.get(package), "__path__", None)
    return list(paths)[0] if paths else project.rstrip(os.sep)


def modules_of(folder):
    entries = sorted(os.listdir(folder))
    packages = [
        name for name in entries if os.path.isfile(os.path.join(folder, name, "__init__.py"))
    ]
    return [name[:-3] for name in entries if name.endswith(".py")] + packages


def find(module, name):
    """The application of this name in a module, or the one that has a usual name."""
    names = [name] if name else USUAL
    for name in names:
        plain, _, given = name.partition("(")
        application = attribute(module, plain)
        if given and callable(application):
            # A function that makes the application.
            positional, named = arguments(name) if given != ")" else ((), {})
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
                f"'{name}' is {article(application)}, which cannot be called{there(module)}"
            )
    file = os.path.basename(getattr(module, "__file__", None) or "__init__.py")
    if file == "__init__.py":
        file = module.__name__
    wanted = " and no ".join(f"'{name}'" for name in names)
    those = "that name" if len(names) == 1 else "these names"
    raise AttributeError(
        f"{file} defines no {wanted}; the server looks for {those}{there(module)}"
    )


def arguments(call):
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


def attribute(value, path):
    for name in path.split("."):
        value = getattr(value, name, MISSING)
    return value


def there(module):
    """The callables a module defines, and after them those it imports."""
    def imported(value):
        named = isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType))
        return named and getattr(value, "__module__", None) != module.__name__

    names = [
        (imported(value), name)
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_")
    ]
    shown = [name for _, name in sorted(names, key=lambda name: name[0])][:SHOWN_CALLABLES]
    return f"; callable here: {', '.join(shown)}" if shown else "; nothing in it can be called"


def describe(application):
    name = clean(getattr(application, "__name__", None))[:KEPT_REPR]
    if isinstance(application, type):
        return f"class {name}"
    if isinstance(application, types.FunctionType):
        return f"function {name}"
    return f"instance of {type(application).__name__}"
