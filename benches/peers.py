"""The peers' Python, with what tests/peers installs for it."""

import importlib.util
import pathlib
import sys
import types

ROOT = pathlib.Path(__file__).resolve().parent.parent


def _servers() -> types.ModuleType:
    """tests/peers/servers.py; under a name of its own, because there is a servers.py here as well."""
    file = ROOT / "tests" / "peers" / "servers.py"
    spec = importlib.util.spec_from_file_location("tests_peers_servers", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    # Its own imports; last, so that the modules of this folder come first.
    sys.path.append(str(file.parent))
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_tests = _servers()


def tutor() -> str:
    """The path of our own program."""
    return str(pathlib.Path(_tests.tutor()).resolve())


def python() -> str:
    """The interpreter that all servers run on, ours too: no shim, which would cost each start 70 ms."""
    return _tests.environment()


def version(name: str) -> str:
    return _tests.version(name)
