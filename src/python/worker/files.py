# The files the application is made of.

KIND, REGULAR = 0o170000, 0o100000
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Files:
    """The files the application is made of: those of the project it read and did not write. When
    one of them is saved, the application is to be loaded anew."""

    MOST = 2000
    # What changes a file without opening it: the arguments that name files.
    MOVES = {"os.rename": 2, "os.remove": 1, "os.truncate": 1}

    def __init__(self):
        self.read, self.written = {}, set()
        self.fresh, self.spoiled = [], []

    def listen(self):
        """Hears of every file that is opened from now on, and of modules that are not found."""
        # The last one is asked for what nobody else has.
        sys.meta_path.append(self)
        if hasattr(sys, "addaudithook"):
            sys.addaudithook(self.audit)
            return
        # RustPython has no audit events.
        import builtins
        opens = io.open

        def open(file, mode="r", *arguments, **keywords):
            self.opened(file, 0 if set(mode) <= set("rbtU") else WRITES)
            return opens(file, mode, *arguments, **keywords)

        builtins.open = io.open = open

        def watched(moves, count):
            def move(*arguments, **keywords):
                for path in arguments[:count]:
                    self.opened(path, WRITES)
                return moves(*arguments, **keywords)
            return move

        os.rename, os.replace = watched(os.rename, 2), watched(os.replace, 2)
        os.remove, os.unlink = watched(os.remove, 1), watched(os.unlink, 1)
        from _frozen_importlib_external import FileLoader
        get_data = FileLoader.get_data

        def get_data_of(loader, path):
            self.opened(path, 0)
            return get_data(loader, path)

        FileLoader.get_data = get_data_of

    def find_spec(self, name, path=None, _target=None):
        """Remembers where a module of the project was looked for. There is none, so None is the answer."""
        name = name.rpartition(".")[2]
        try:
            for folder in sys.path if path is None else path:
                for file in name + ".py", os.path.join(name, "__init__.py"):
                    file = os.path.abspath(os.path.join(folder, file))
                    if own(file):
                        self.note(file)
        except Exception:
            # What stands in sys.path may be anything.
            pass

    def audit(self, event, arguments):
        if event == "open":
            path, _mode, flags = arguments
            self.opened(path, flags)
        elif event in self.MOVES:
            for path in arguments[:self.MOVES[event]]:
                self.opened(path, WRITES)

    def opened(self, path, flags):
        try:
            path = os.path.abspath(os.fsdecode(path))
            if not own(path):
                return
            if flags and flags & WRITES:
                if path not in self.written:
                    self.written.add(path)
                    self.spoiled.append(path)
                    # Before anybody hears from the system that it was written.
                    self.report(lanes.get(get_ident(), first))
            else:
                self.note(source_of(path))
        except Exception:
            # A descriptor instead of a path, or a file that is not there.
            pass

    def note(self, path):
        """Remembers a file as it is before it is read."""
        if path in self.read or path in self.written or len(self.read) >= self.MOST:
            return
        try:
            stat = os.stat(path)
        except FileNotFoundError:
            # It may be made later.
            self.read[path] = None
            self.fresh.append([clean(path), None])
            return
        if not path.endswith(".pyc") and stat.st_mode & KIND == REGULAR:
            self.read[path] = stat
            self.fresh.append([clean(path), [stat.st_mtime_ns, stat.st_size]])

    def note_library(self):
        """Where a module that is missing may be installed."""
        for folder in sys.path:
            if os.path.isdir(folder) and not own(folder):
                stat = os.stat(folder)
                self.fresh.append([clean(folder), [stat.st_mtime_ns, stat.st_size]])

    def report(self, lane):
        if self.fresh or self.spoiled:
            written = [clean(path) for path in drain(self.spoiled)]
            lane.report("files", read=drain(self.fresh), written=written)


def drain(items):
    """Takes everything out of a list others may append to meanwhile."""
    taken = []
    try:
        while True:
            taken.append(items.pop())
    except IndexError:
        return taken


def source_of(path):
    """The source of a compiled module, and any other path as it is."""
    folder, name = os.path.split(path)
    if name.endswith(".pyc") and os.path.basename(folder) == "__pycache__":
        return os.path.join(os.path.dirname(folder), name.split(".")[0] + ".py")
    return path
