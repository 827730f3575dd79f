"""Modules for files, processes, threads, and what the system is asked for."""

import os
import sys

from trial import tries


def made(name, text=""):
    """A file in a folder of its own, which is removed with the object."""
    import tempfile
    folder = tempfile.TemporaryDirectory()
    with open(os.path.join(folder.name, name), "w") as file:
        file.write(text)
    return folder


@tries("os", ("b.txt", ["b.txt"], True))
def _():
    import os
    with made("a.txt", "abc") as folder:
        os.rename(os.path.join(folder, "a.txt"), os.path.join(folder, "b.txt"))
        names = os.listdir(folder)
        with os.scandir(folder) as entries:
            scanned = [entry.name for entry in entries]
        return names[0], scanned, os.getpid() > 1


@tries("os.path", ("/a/c", ("/a", "b.txt"), (".txt", True)))
def _():
    import os.path
    return (
        os.path.normpath("/a/b/../c"), os.path.split("/a/b.txt"),
        (os.path.splitext("b.txt")[1], os.path.isabs("/a")),
    )


@tries("posixpath", "/a/b")
def _():
    import posixpath
    return posixpath.join("/a", "b")


@tries("ntpath", "C:\\a\\b")
def _():
    import ntpath
    return ntpath.join("C:\\a", "b")


@tries("genericpath", "/a/")
def _():
    import genericpath
    return genericpath.commonprefix(["/a/b", "/a/c"])


@tries("posix", True)
def _():
    import posix
    return posix.stat("/").st_mode > 0


@tries("pathlib", ("abc", ".txt", ["a.txt"], "../b"))
def _():
    from pathlib import Path, PurePosixPath
    with made("a.txt", "abc") as folder:
        file = Path(folder) / "a.txt"
        names = [path.name for path in Path(folder).glob("*.txt")]
        return file.read_text(), file.suffix, names, str(PurePosixPath("..") / "b")


@tries("io", ("caf\u00e9\n", b"abc", "b"))
def _():
    import io
    with made("a.txt", "caf\u00e9\n") as folder, open(os.path.join(folder, "a.txt")) as file:
        text = file.read()
    return text, io.BytesIO(b"abc").read(), io.TextIOWrapper(io.BytesIO(b"b"), "utf-8").read()


@tries("stat", "-rw-r--r--")
def _():
    import stat
    return stat.filemode(0o100644)


@tries("shutil", (["a.txt", "b.txt"], True))
def _():
    import shutil
    with made("a.txt", "abc") as folder:
        shutil.copy(os.path.join(folder, "a.txt"), os.path.join(folder, "b.txt"))
        return sorted(os.listdir(folder)), shutil.disk_usage(folder).total > 0


@tries("tempfile", (b"abc", False))
def _():
    import tempfile
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"abc")
        file.seek(0)
        read = file.read()
    return read, os.path.exists(file.name)


@tries("glob", ["a.txt"])
def _():
    import glob
    with made("a.txt") as folder:
        return [os.path.basename(path) for path in glob.glob(os.path.join(folder, "*.txt"))]


@tries("fnmatch", (True, ["a.py"]))
def _():
    import fnmatch
    return fnmatch.fnmatch("a.py", "*.py"), fnmatch.filter(["a.py", "b"], "*.py")


@tries("filecmp", True)
def _():
    import filecmp
    with made("a.txt", "abc") as folder:
        path = os.path.join(folder, "a.txt")
        return filecmp.cmp(path, path, shallow=False)


@tries("fileinput", ["one\n", "two\n"])
def _():
    import fileinput
    with made("a.txt", "one\ntwo\n") as folder:
        with fileinput.input(os.path.join(folder, "a.txt")) as lines:
            return list(lines)


@tries("linecache", "two\n")
def _():
    import linecache
    with made("a.txt", "one\ntwo\n") as folder:
        return linecache.getline(os.path.join(folder, "a.txt"), 2)


@tries("mmap", (b"abc", 1))
def _():
    import mmap
    with made("a.txt", "abc") as folder, open(os.path.join(folder, "a.txt"), "r+b") as file:
        with mmap.mmap(file.fileno(), 0) as memory:
            return memory[:3], memory.find(b"b")


@tries("errno", (2, "ENOENT"))
def _():
    import errno
    return errno.ENOENT, errno.errorcode[2]


@tries("fcntl", True)
def _():
    import fcntl
    with made("a.txt") as folder, open(os.path.join(folder, "a.txt"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return fcntl.fcntl(file, fcntl.F_GETFD) == fcntl.FD_CLOEXEC


@tries("pwd", "/root" if os.getuid() == 0 else True)
def _():
    import pwd
    entry = pwd.getpwuid(os.getuid())
    return entry.pw_dir if os.getuid() == 0 else entry.pw_uid == os.getuid()


@tries("grp", True)
def _():
    import grp
    return grp.getgrgid(0).gr_gid == 0


@tries("resource", True)
def _():
    import resource
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft != 0 and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


@tries("platform", (sys.platform.capitalize(), "64bit"))
def _():
    import platform
    return platform.system(), platform.architecture()[0]


@tries("getpass", "ada")
def _():
    import getpass
    os.environ["LOGNAME"] = "ada"
    return getpass.getuser()


@tries("signal", [10])
def _():
    import signal
    seen = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(int(number)))
    os.kill(os.getpid(), signal.SIGUSR1)
    sum(range(1000))
    signal.signal(signal.SIGUSR1, before)
    return seen


@tries("subprocess", ("hi\n", 3, b"abc"))
def _():
    import subprocess
    done = subprocess.run(["echo", "hi"], capture_output=True, text=True, check=True)
    code = subprocess.run(["sh", "-c", "exit 3"], check=False).returncode
    return done.stdout, code, subprocess.check_output(["cat"], input=b"abc")


@tries("threading", ([0, 1, 2], True, "kept"))
def _():
    import threading
    lock, seen, held = threading.Lock(), [], threading.local()

    def add(number):
        with lock:
            seen.append(number)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    event = threading.Event()
    threading.Timer(0, event.set).start()
    held.value = "kept"
    return sorted(seen), event.wait(5), held.value


@tries("queue", ([1, 2], "Empty"))
def _():
    import queue
    items = queue.PriorityQueue()
    items.put(2)
    items.put(1)
    got = [items.get(), items.get()]
    try:
        items.get_nowait()
    except queue.Empty as error:
        return got, type(error).__name__


@tries("sched", ["a"])
def _():
    import sched
    seen = []
    scheduler = sched.scheduler()
    scheduler.enter(0, 1, seen.append, ("a",))
    scheduler.run()
    return seen


@tries("contextvars", ("outer", "inner"))
def _():
    import contextvars
    name = contextvars.ContextVar("name", default="outer")

    def change():
        name.set("inner")
        return name.get()

    inner = contextvars.copy_context().run(change)
    return name.get(), inner


@tries("concurrent.futures", [1, 4, 9])
def _():
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda number: number ** 2, [1, 2, 3]))


@tries("concurrent", True)
def _():
    import concurrent.futures
    return concurrent.futures.Future().cancel()


@tries("multiprocessing", 4)
def _():
    import multiprocessing
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(False)
    process = context.Process(target=lambda: sender.send(2 * 2))
    process.start()
    received = receiver.recv()
    process.join()
    return received


@tries("multiprocessing.pool", [1, 4])
def _():
    from multiprocessing.pool import ThreadPool
    with ThreadPool(2) as pool:
        return pool.map(lambda number: number ** 2, [1, 2])


@tries("select", True)
def _():
    import select
    reader, writer = os.pipe()
    os.write(writer, b"x")
    ready, _, _ = select.select([reader], [], [], 5)
    os.close(writer)
    os.close(reader)
    return ready == [reader]


@tries("selectors", True)
def _():
    import selectors
    reader, writer = os.pipe()
    os.write(writer, b"x")
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        ready = [key.fd for key, _ in selector.select(5)]
    os.close(writer)
    os.close(reader)
    return ready == [reader]


@tries("atexit", True)
def _():
    import atexit
    forget = lambda: None
    return atexit.register(forget) is forget and atexit.unregister(forget) is None


@tries("gc", (True, True))
def _():
    import gc
    return gc.isenabled(), gc.collect() >= 0


@tries("sys", (True, "utf-8", True))
def _():
    import sys
    return sys.version_info >= (3, 11), sys.getdefaultencoding(), "os" in sys.modules


@tries("sys", "1\n")
def _():
    import subprocess
    command = [sys.executable, "-c", "print(1)"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@tries("sysconfig", True)
def _():
    import sysconfig
    return "stdlib" in sysconfig.get_paths()


@tries("faulthandler", True)
def _():
    import faulthandler
    faulthandler.enable()
    enabled = faulthandler.is_enabled()
    faulthandler.disable()
    return enabled


@tries("pty", b"hi\r\n")
def _():
    import pty
    parent, child = pty.openpty()
    os.write(child, b"hi\n")
    read = os.read(parent, 10)
    os.close(child)
    os.close(parent)
    return read


@tries("tty", True)
def _():
    import pty
    import tty
    parent, child = pty.openpty()
    tty.setraw(child)
    os.write(child, b"hi\n")
    read = os.read(parent, 10)
    os.close(child)
    os.close(parent)
    return read == b"hi\n"


@tries("termios", True)
def _():
    import pty
    import termios
    parent, child = pty.openpty()
    echoes = bool(termios.tcgetattr(child)[3] & termios.ECHO)
    os.close(child)
    os.close(parent)
    return echoes


@tries("syslog", True)
def _():
    import syslog
    return syslog.LOG_MASK(syslog.LOG_ERR) == 8


@tries("readline", True)
def _():
    import readline
    return hasattr(readline, "parse_and_bind")


@tries("curses", "C")
def _():
    import curses.ascii
    return curses.ascii.unctrl("C")


@tries("tkinter", True)
def _():
    import tkinter
    return tkinter.TkVersion >= 8.6


@tries("turtle", True)
def _():
    import turtle
    return turtle.Vec2D(3, 4).__abs__() == 5


@tries("ctypes", (4, 65, 3))
def _():
    import ctypes
    library = ctypes.CDLL(None)
    return ctypes.sizeof(ctypes.c_int), library.toupper(97), library.abs(-3)


@tries("webbrowser", True)
def _():
    import webbrowser
    return issubclass(webbrowser.Error, Exception)


@tries("logging", ["WARNING:shop:sold out"])
def _():
    import io
    import logging
    file = io.StringIO()
    handler = logging.StreamHandler(file)
    handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
    logger = logging.getLogger("shop")
    logger.addHandler(handler)
    logger.warning("sold %s", "out")
    logger.removeHandler(handler)
    return file.getvalue().splitlines()


@tries("logging.config", 10)
def _():
    import logging.config
    logging.config.dictConfig({
        "version": 1, "disable_existing_loggers": False, "loggers": {"tried": {"level": "DEBUG"}},
    })
    return logging.getLogger("tried").level


@tries("logging.handlers", ["one"])
def _():
    import logging
    from logging.handlers import MemoryHandler, RotatingFileHandler
    with made("log") as folder:
        target = RotatingFileHandler(os.path.join(folder, "log"), maxBytes=1000)
        handler = MemoryHandler(1, target=target)
        handler.emit(logging.LogRecord("a", logging.INFO, "", 1, "one", (), None))
        target.close()
        with open(os.path.join(folder, "log")) as file:
            return file.read().splitlines()


@tries("argparse", ("Ada", 8000))
def _():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--port", type=int, default=80)
    given = parser.parse_args(["Ada", "--port", "8000"])
    return given.name, given.port


@tries("optparse", 8000)
def _():
    import optparse
    parser = optparse.OptionParser()
    parser.add_option("--port", type="int")
    return parser.parse_args(["--port", "8000"])[0].port


@tries("getopt", [("-p", "8000")])
def _():
    import getopt
    return getopt.getopt(["-p", "8000"], "p:")[0]


@tries("cmd", "hello Ada\n")
def _():
    import cmd
    import io

    class Shell(cmd.Cmd):
        def do_hello(self, name):
            self.stdout.write(f"hello {name}\n")

    out = io.StringIO()
    Shell(stdout=out).onecmd("hello Ada")
    return out.getvalue()
