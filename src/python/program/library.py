"""Patches the standard library where the embedded Python's does not do what CPython's does, and
where it would wait for the tutor's terminal."""

import os
import sys

from .base import EMBEDDED
from .native import native_explain, native_stand_in
from .state import state
from .terminal import patch_getpass, patch_pdb

# Where CPython looks for time zones unless it was told otherwise when it was built.
ZONES = "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"
# The tutor says the same of a process that has ended because of it.
OUT_OF_MEMORY = "the app ran out of the 2 GiB of memory that the tutor lets it have"


def patch_zones(module):
    if "PYTHONTZPATH" not in os.environ:
        module.reset_tzpath(ZONES)


def patch_json(module):
    # The built-in ones do not escape control characters.
    module.encode_basestring = module.py_encode_basestring
    module.encode_basestring_ascii = module.py_encode_basestring_ascii


def patch_syslog(module):
    module.LOG_MASK = lambda priority: 1 << priority


class Library:
    """Finds the modules that stand in for some of Python's, and patches others when they load."""

    PATCHES = {"getpass": patch_getpass, "pdb": patch_pdb}
    if EMBEDDED:
        PATCHES.update({
            "zoneinfo._tzpath": patch_zones, "json.encoder": patch_json, "syslog": patch_syslog,
        })

    def find_spec(self, name, path=None, target=None):
        if name in self.PATCHES:
            for finder in sys.meta_path:
                spec = None if finder is self else finder.find_spec(name, path, target)
                if spec is not None:
                    spec.loader = PatchingLoader(spec.loader, self.PATCHES[name])  # type: ignore[assignment]
                    return spec
        elif EMBEDDED and native_stand_in(name) is not None:
            from _frozen_importlib import ModuleSpec
            return ModuleSpec(name, self, origin="wsgi-tutor")  # type: ignore[arg-type]
        return None

    def create_module(self, _spec):
        return None

    def exec_module(self, module):
        file = f"<wsgi-tutor {module.__name__}>"
        source = native_stand_in(module.__name__)
        exec(compile(source, file, "exec"), vars(module))  # type: ignore[arg-type]


class PatchingLoader:
    """Loads a module with its own loader, and patches it then."""

    def __init__(self, loader, patch):
        self.loader, self.patch = loader, patch

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        self.patch(module)


def is_out_of_memory(error):
    """Whether Python itself has raised this, which says nothing more."""
    return type(error) is MemoryError and not error.args


def explain_message(error, message):
    """The message of an exception, with what the interpreter it was raised in has to do with it,
    and what that lacks, by its kind."""
    if is_out_of_memory(error):
        return OUT_OF_MEMORY, None
    explained = native_explain(type(error).__name__, message, state.project) if EMBEDDED else None
    if explained is None:
        return message, None
    why, *lacks = explained
    return f"{message}; {why}", dict([lacks]) if lacks else None
