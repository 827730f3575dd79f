"""Modules for Python itself: its source, its objects, its tests."""

import io

from trial import tries


@tries("abc", "TypeError")
def _():
    from abc import ABC, abstractmethod

    class Shape(ABC):
        @abstractmethod
        def area(self):
            pass

    try:
        Shape()
    except TypeError as error:
        return type(error).__name__


@tries("__future__", True)
def _():
    import __future__
    return __future__.annotations.compiler_flag > 0


@tries("antigravity", True)
def _():
    # It opens a browser when it is imported.
    import importlib.util
    return importlib.util.find_spec("antigravity") is not None


@tries("this", True)
def _():
    from contextlib import redirect_stdout
    out = io.StringIO()
    with redirect_stdout(out):
        import this
    return "Zen" in this.s or "Mra" in this.s


@tries("ast", ("a + 1", ["a"], [1, 2]))
def _():
    import ast
    tree = ast.parse("a + 1")
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return ast.unparse(tree), names, ast.literal_eval("[1, 2]")


@tries("bdb", True)
def _():
    import bdb
    return issubclass(bdb.BdbQuit, Exception)


@tries("builtins", (3, "abc"))
def _():
    import builtins
    return builtins.len("abc"), builtins.str("abc")


@tries("builtins", 2.67)
def _():
    return round(2.675, 2)


@tries("code", "2\n")
def _():
    import code
    from contextlib import redirect_stdout
    out = io.StringIO()
    with redirect_stdout(out):
        code.InteractiveInterpreter().runsource("print(1 + 1)")
    return out.getvalue()


@tries("codeop", True)
def _():
    import codeop
    return codeop.compile_command("if True:") is None


@tries("compileall", True)
def _():
    import compileall
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "a.py"), "w") as file:
            file.write("a = 1\n")
        return bool(compileall.compile_dir(folder, quiet=1))


@tries("contextlib", (["in", "out"], "ValueError", "written"))
def _():
    import contextlib
    seen = []

    @contextlib.contextmanager
    def noted():
        seen.append("in")
        yield
        seen.append("out")

    with noted():
        pass
    caught = None
    with contextlib.suppress(ValueError):
        caught = "ValueError"
        raise ValueError
    out = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(out))
        print("written", end="")
    return seen, caught, out.getvalue()


@tries("dis", True)
def _():
    import dis
    return any("RETURN" in step.opname for step in dis.get_instructions(lambda: 1))


@tries("doctest", (0, 1))
def _():
    import doctest
    test = doctest.DocTestParser().get_doctest(">>> 1 + 1\n2\n", {}, "sum", None, 0)
    results = doctest.DocTestRunner(verbose=False).run(test)
    return results.failed, results.attempted


@tries("ensurepip", True)
def _():
    import ensurepip
    return ensurepip.version()[0].isdigit()


@tries("importlib", ("sqrt", True))
def _():
    import importlib
    math = importlib.import_module("math")
    return math.sqrt.__name__, importlib.reload(math) is math


@tries("importlib.metadata", "PackageNotFoundError")
def _():
    from importlib import metadata
    try:
        return metadata.version("no-such-package")
    except metadata.PackageNotFoundError as error:
        return type(error).__name__


@tries("importlib.resources", True)
def _():
    import os
    import sys
    import tempfile
    from importlib import resources
    with tempfile.TemporaryDirectory() as folder:
        package = os.path.join(folder, "tried_package")
        os.mkdir(package)
        for name in "__init__.py", "a.txt":
            with open(os.path.join(package, name), "w") as file:
                file.write("")
        sys.path.insert(0, folder)
        found = resources.files("tried_package").joinpath("a.txt").is_file()
        sys.path.remove(folder)
    return found


@tries("importlib.util", (True, "made"))
def _():
    from importlib import util
    return util.find_spec("no_such_module") is None, util.module_from_spec(util.spec_from_loader("made", None)).__name__


@tries("inspect", ("(a, *, b=1)", True, "tried"))
def _():
    import inspect

    def function(a, *, b=1):
        """tried"""

    return str(inspect.signature(function)), inspect.isfunction(function), inspect.getdoc(function)


@tries("inspect", "def dedent")
def _():
    import inspect
    import textwrap
    return inspect.getsource(textwrap.dedent)[:10]


@tries("keyword", (True, False))
def _():
    import keyword
    return keyword.iskeyword("def"), keyword.iskeyword("define")


@tries("modulefinder", True)
def _():
    import modulefinder
    return modulefinder.ModuleFinder([]).modules == {}


@tries("opcode", True)
def _():
    import opcode
    return "RETURN_VALUE" in opcode.opmap


@tries("pdb", "2")
def _():
    import pdb
    out = io.StringIO()
    debugger = pdb.Pdb(stdin=io.StringIO("p 1 + 1\nc\n"), stdout=out, readrc=False)
    debugger.use_rawinput = False
    debugger.run("a = 1", {}, {})
    return "2" if "2\n" in out.getvalue() else out.getvalue()


@tries("pkgutil", True)
def _():
    import json
    import pkgutil
    return "decoder" in [module.name for module in pkgutil.iter_modules(json.__path__)]


@tries("profile", True)
def _():
    import profile
    return profile.Profile().runcall(len, [1]) == 1


@tries("cProfile", True)
def _():
    import cProfile
    return cProfile.Profile().runcall(len, [1]) == 1


@tries("pstats", True)
def _():
    import pstats
    return issubclass(pstats.SortKey, str)


@tries("trace", 3)
def _():
    import trace
    return trace.Trace(count=1, trace=0).runfunc(int.__add__, 1, 2)


@tries("tracemalloc", True)
def _():
    import tracemalloc
    tracemalloc.start()
    kept = bytearray(1000)
    size = tracemalloc.get_traced_memory()[0] >= len(kept)
    tracemalloc.stop()
    return size


@tries("py_compile", True)
def _():
    import os
    import py_compile
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.py")
        with open(path, "w") as file:
            file.write("a = 1\n")
        return os.path.exists(py_compile.compile(path, os.path.join(folder, "a.pyc"), doraise=True))


@tries("pyclbr", ["Shape"])
def _():
    import os
    import pyclbr
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "tried_shapes.py"), "w") as file:
            file.write("class Shape:\n    pass\n")
        return list(pyclbr.readmodule("tried_shapes", [folder]))


@tries("pydoc", True)
def _():
    import pydoc
    return "len(" in pydoc.render_doc(len, renderer=pydoc.plaintext)


@tries("pydoc_data", True)
def _():
    import pydoc_data.topics
    return "assert" in pydoc_data.topics.topics


@tries("rlcompleter", "len(")
def _():
    import rlcompleter
    return rlcompleter.Completer({}).complete("le", 0)[:4]


@tries("runpy", 42)
def _():
    import os
    import runpy
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.py")
        with open(path, "w") as file:
            file.write("answer = 42\n")
        return runpy.run_path(path)["answer"]


@tries("site", True)
def _():
    import site
    return isinstance(site.getsitepackages(), list)


@tries("symtable", ["a"])
def _():
    import symtable
    return list(symtable.symtable("a = 1", "a.py", "exec").get_identifiers())


@tries("tabnanny", True)
def _():
    import tabnanny
    return issubclass(tabnanny.NannyNag, Exception)


@tries("timeit", True)
def _():
    import timeit
    return timeit.timeit("1 + 1", number=10) >= 0


@tries("token", "NAME")
def _():
    import token
    return token.tok_name[token.NAME]


@tries("tokenize", ["a", "=", "1"])
def _():
    import tokenize
    tokens = tokenize.generate_tokens(io.StringIO("a = 1\n").readline)
    return [token.string for token in tokens if token.string.strip()]


@tries("traceback", ("ZeroDivisionError: division by zero", True))
def _():
    import traceback
    try:
        one, none = 1, 0
        one / none
    except ZeroDivisionError as error:
        lines = traceback.format_exception(error)
        return lines[-1].strip(), "one / none" in lines[-2]


@tries("unittest", (1, 1))
def _():
    import unittest

    class Sums(unittest.TestCase):
        def test_sum(self):
            with self.assertRaises(AssertionError):
                self.assertEqual(1 + 1, 3)

        def test_wrong(self):
            self.assertIn(1, [])

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Sums).run(result)
    return result.testsRun - len(result.failures), len(result.failures)


@tries("unittest.mock", (3, True, "patched"))
def _():
    import os
    from unittest import mock
    made = mock.Mock(return_value=3)
    answer = made("a")
    made.assert_called_once_with("a")
    with mock.patch.object(os, "getcwd", return_value="patched"):
        return answer, made.called, os.getcwd()


@tries("venv", True)
def _():
    import venv
    return callable(venv.EnvBuilder(with_pip=False).create)


@tries("warnings", ["old"])
def _():
    import warnings
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning)
    return [str(warning.message) for warning in caught]


@tries("idlelib", True)
def _():
    import idlelib
    return hasattr(idlelib, "__path__")


@tries("turtledemo", True)
def _():
    import turtledemo
    return hasattr(turtledemo, "__path__")
