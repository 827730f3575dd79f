"""The files the application is made of."""

import io
import os
import sys
from _thread import get_ident

from .project import is_project_file
from .state import state
from .text import clean

FILE_TYPE, REGULAR = 0o170000, 0o100000
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Files:
    """The files of the project that the application read and did not write. When one of them is
    saved, the application is loaded again."""

    MAX_FILES = 2000
    # Audit events of a file that is changed without being opened: how many arguments name files.
    CHANGES = {"os.rename": 2, "os.remove": 1, "os.truncate": 1}

    def __init__(self):
        self.read, self.written = {}, set()
        self.newly_read, self.newly_written = [], []

    def listen(self):
        """Notices every file that is opened from now on, and modules that are not found."""
        # The last finder is asked for modules that no other finds.
        sys.meta_path.append(self)
        if hasattr(sys, "addaudithook"):
            sys.addaudithook(self.audit)
            return
        # RustPython has no audit events.
        import builtins
        original_open = io.open

        def open(file, mode="r", *arguments, **keywords):
            self.opened(file, 0 if set(mode) <= set("rbtU") else WRITE_FLAGS)
            return original_open(file, mode, *arguments, **keywords)

        builtins.open = io.open = open

        def noticed(function, count):
            def change(*arguments, **keywords):
                for path in arguments[:count]:
                    self.opened(path, WRITE_FLAGS)
                return function(*arguments, **keywords)
            return change

        os.rename, os.replace = noticed(os.rename, 2), noticed(os.replace, 2)
        os.remove, os.unlink = noticed(os.remove, 1), noticed(os.unlink, 1)
        from _frozen_importlib_external import FileLoader
        get_data = FileLoader.get_data

        def get_data_of(loader, path):
            self.opened(path, 0)
            return get_data(loader, path)

        FileLoader.get_data = get_data_of  # type: ignore[method-assign]

    def find_spec(self, name, path=None, _target=None):
        """Notes where a module of the project was looked for. It was not found, and is not here."""
        name = name.rpartition(".")[2]
        try:
            for folder in sys.path if path is None else path:
                for file in name + ".py", os.path.join(name, "__init__.py"):
                    file = os.path.abspath(os.path.join(folder, file))
                    if is_project_file(file):
                        self.note(file)
        except Exception:
            # sys.path may hold anything.
            pass

    def audit(self, event, arguments):
        if event == "open":
            path, _mode, flags = arguments
            self.opened(path, flags)
        elif event in self.CHANGES:
            for path in arguments[:self.CHANGES[event]]:
                self.opened(path, WRITE_FLAGS)

    def opened(self, path, flags):
        try:
            path = os.path.abspath(os.fsdecode(path))
            if not is_project_file(path):
                return
            if flags and flags & WRITE_FLAGS:
                if path not in self.written:
                    self.written.add(path)
                    self.newly_written.append(path)
                    # Before the watcher of the files notices the change.
                    self.report(state.channels.get(get_ident(), state.first_channel))
            else:
                self.note(source_of(path))
        except Exception:
            # A descriptor instead of a path, or a file that is not there.
            pass

    def note(self, path):
        """Remembers a file as it is before it is read."""
        if path in self.read or path in self.written or len(self.read) >= self.MAX_FILES:
            return
        try:
            stat = os.stat(path)
        except FileNotFoundError:
            # It may be created later.
            self.read[path] = None
            self.newly_read.append([clean(path), None])
            return
        if not path.endswith(".pyc") and stat.st_mode & FILE_TYPE == REGULAR:
            self.read[path] = stat
            self.newly_read.append([clean(path), [stat.st_mtime_ns, stat.st_size]])

    def note_library(self):
        """Notes the folders in which a missing module may be installed."""
        for folder in sys.path:
            if os.path.isdir(folder) and not is_project_file(folder):
                stat = os.stat(folder)
                self.newly_read.append([clean(folder), [stat.st_mtime_ns, stat.st_size]])

    def report(self, channel):
        if self.newly_read or self.newly_written:
            written = [clean(path) for path in drain(self.newly_written)]
            channel.report("files", read=drain(self.newly_read), written=written)


def drain(items):
    """Takes everything out of a list that other threads may append to meanwhile."""
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
