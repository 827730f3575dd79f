# The standard library, mended where the embedded Python's does not do what CPython's does, and where it would wait
# for the tutor's terminal.

# Where CPython looks for time zones unless it was told otherwise when it was built.
ZONES = "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"


# As the tutor says it of a process that has ended of it.
OUT_OF_MEMORY = "the app ran out of the 2 GiB of memory that the tutor lets it have"


def mend_zones(module):
    if "PYTHONTZPATH" not in os.environ:
        module.reset_tzpath(ZONES)


def mend_json(module):
    # The built-in ones write control characters as no JSON.
    module.encode_basestring = module.py_encode_basestring
    module.encode_basestring_ascii = module.py_encode_basestring_ascii


def mend_syslog(module):
    module.LOG_MASK = lambda priority: 1 << priority


class Library:
    """Finds the modules that stand in for some of Python's, and mends others once they are made."""

    MENDS = {"getpass": mend_getpass, "pdb": mend_pdb}
    if sys.implementation.name == "rustpython":
        MENDS.update({
            "zoneinfo._tzpath": mend_zones, "json.encoder": mend_json, "syslog": mend_syslog,
        })

    def find_spec(self, name, path=None, target=None):
        if name in self.MENDS:
            for finder in sys.meta_path:
                spec = None if finder is self else finder.find_spec(name, path, target)
                if spec is not None:
                    spec.loader = Mended(spec.loader, self.MENDS[name])
                    return spec
        elif sys.implementation.name == "rustpython" and native_stand_in(name) is not None:
            from _frozen_importlib import ModuleSpec
            return ModuleSpec(name, self, origin="wsgi-tutor")
        return None

    def create_module(self, _spec):
        return None

    def exec_module(self, module):
        file = f"<wsgi-tutor {module.__name__}>"
        exec(compile(native_stand_in(module.__name__), file, "exec"), vars(module))


class Mended:
    """Loads a module as its own loader does, and changes it then."""

    def __init__(self, loader, mend):
        self.loader, self.mend = loader, mend

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        self.mend(module)


def explained(error, said):
    """What an exception says, with what comes of where it was raised."""
    if isinstance(error, MemoryError) and not said:
        return OUT_OF_MEMORY
    if sys.implementation.name != "rustpython":
        return said
    why = native_explain(type(error).__name__, said, project)
    return said if why is None else f"{said}; {why}"
