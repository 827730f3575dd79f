"""Starts a server with an app, says where it listens, and ends it with all its children.

The servers are ours with each engine, and the peers from PyPI and the standard library.
"""

import collections
import contextlib
import fcntl
import json
import os
import pathlib
import platform
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import stamp

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HOST = "127.0.0.1"

# How long a server may take to start or to end. Far more than a slow machine needs.
PATIENCE = 30

OURS = ("wsgi-tutor embedded", "wsgi-tutor")
PEERS = ("gunicorn", "waitress", "wsgiref", "werkzeug", "cheroot")
# The checkers that stand between wsgiref and the app, and whose they are.
CHECKERS = {"validate": "wsgiref", "lint": "werkzeug"}

# The module that an app is when it runs alone, and how the name of its folder begins.
MODULE = "app"
SCRATCH = "wrong-app-"
# What an app does while it is loaded may take so long.
LOADING = 10
# How long a check may take: far more than its own budget of 30 seconds.
CHECKING = 90
# How gunicorn says that its worker could not load an app; it has listened by then. The same reason
# is given for a worker that an app ended with the wrong exit code.
FAILED_TO_LOAD = (b"Exception in worker process", b"Reason: App failed to load")

# Set in every server's process, so that a test can look whether an app gets to see it in environ.
MARK = "WSGI_PEERS_MARK"


class NotStarted(Exception):
    """A server did not start; the message holds what it printed."""


# The servers that run, and whether no more of them may start.
_alive = set()
_over = False


class Server:
    """A running server."""

    def __init__(self, name, port, process):
        self.name = name
        self.host = HOST
        self.port = port
        self._process = process

    def ended(self):
        return self._process.poll() is not None


def tutor():
    """The path of our own program."""
    path = os.environ.get("WSGI_TUTOR", str(ROOT / "target/release/wsgi-tutor"))
    if not os.access(path, os.X_OK):
        sys.exit(f"There is no {path}. Make it with cargo build --release, or set WSGI_TUTOR.")
    return path


def environment():
    """The Python of a virtual environment with the peers; made when there is none that fits."""
    folder = ROOT / "target" / "peers"
    requirements = HERE / "requirements.txt"
    python = folder / "bin" / "python"

    def install():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", requirements], check=True)

    folder.parent.mkdir(exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp.once(folder / "installed.txt", requirements, install)
    return str(python)


def version(name):
    """What a server calls the version that `running` starts."""
    if name in OURS:
        said = subprocess.run([tutor(), "--version"], check=True, capture_output=True, text=True)
        return said.stdout.splitlines()[0].split()[-1]
    library = CHECKERS.get(name, name)
    if library == "wsgiref":
        return f"of Python {platform.python_version()}"
    code = f"import importlib.metadata; print(importlib.metadata.version({library!r}))"
    command = [environment(), "-c", code]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    version = said.stdout.strip()
    return version if name == library else f"of {library} {version}"


@contextlib.contextmanager
def none_left():
    """Ends whatever still runs in other threads when the block ends, for Ctrl-C and SIGTERM, too."""
    global _over
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        _over = True
        for process in list(_alive):
            _end(process)


@contextlib.contextmanager
def running(name, folder, target, python=None, heard=None, patience=PATIENCE, options=()):
    """Serves the app `target`, such as app:application, of a folder.

    It runs on `python`, or else on the one of `environment()`; the embedded engine needs neither.
    `heard` is called with each line the server prints, as bytes, from a thread of its own; it has had
    all of them when the server has ended. `patience` is how long the server may take to start.
    Our own program gets the `options`; the peers run as they come.
    """
    if name not in (*OURS, *PEERS, *CHECKERS):
        raise ValueError(f"there is no server called {name}")
    if name != "wsgi-tutor embedded":
        python = python or environment()
    if _over:
        raise NotStarted("no server starts any more")
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        process = subprocess.Popen(
            _command(name, target, python, options),
            cwd=folder,
            env=variables(scratch),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A group of its own, so that its children can be ended with it.
            start_new_session=True,
        )
        _alive.add(process)
        output = _Output(process.stdout, heard)
        stack.callback(output.wait)
        stack.callback(_end, process)
        server = Server(name, output.port(name, patience), process)
        _accepts(server)
        yield server


@contextlib.contextmanager
def alone(name, source, target, python, heard, ours=()):
    """Serves the app of this source, as `running` does, from a folder with nothing else in it.

    So a learner's file is, and so nothing that the app writes stays.
    """
    with folder_of(source) as folder:
        with running(name, folder, target, python, heard, LOADING, ours) as server:
            yield server


@contextlib.contextmanager
def folder_of(source):
    """A folder of its own for the app of this source, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
        (pathlib.Path(folder) / f"{MODULE}.py").write_text(source, encoding="utf-8")
        yield folder


def drained(lines):
    """What stands in a queue of lines, in one piece."""
    return b"".join(lines.get() for _ in range(lines.qsize()))


def checked(name, source, python=None):
    """What `check` of our own program says of the app of this source, from its JSON."""
    command = [tutor(), "check", f"{MODULE}.py", "--json", *_engine(name, python)]
    with tempfile.TemporaryDirectory() as scratch, folder_of(source) as folder:
        said = subprocess.run(
            command,
            cwd=folder,
            env=variables(scratch),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=CHECKING,
        )
    return json.loads(said.stdout)


def _engine(name, python):
    return ["--python", "embedded" if name.endswith("embedded") else python or environment()]


def _command(name, target, python, ours):
    if name in OURS:
        return [tutor(), "run", target, "--json", "--port", "0", *_engine(name, python), *ours]
    if name == "gunicorn":
        options = ["--workers", "1", "--worker-class", "sync", "--no-control-socket"]
        return [python, "-m", "gunicorn", "--bind", f"{HOST}:0", *options, target]
    return [python, str(HERE / "serve.py"), name, target]


def variables(scratch):
    """The environment variables of a server's process."""
    return {
        **os.environ,
        # What a server that was killed leaves behind goes with the folder.
        "TMPDIR": scratch,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        MARK: "seen",
    }


class _Output:
    """What a server prints: read all the time, so that it never waits for a reader."""

    def __init__(self, stream, heard):
        self._stream = stream
        self._heard = heard
        self._last = collections.deque(maxlen=40)
        self._news = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        with self._stream:
            for line in self._stream:
                if self._heard:
                    self._heard(line)
                with self._news:
                    self._last.append(line.decode("utf-8", "backslashreplace"))
                    self._news.notify()
        with self._news:
            self._over = True
            self._news.notify()

    def wait(self):
        """Waits for the end of the output, which a process that got away could keep open."""
        self._thread.join(1)

    def port(self, name, patience):
        """The port, from the line in which the server tells it."""
        pattern = r"http://127\.0\.0\.1:(\d+)" if name in (*OURS, "gunicorn") else r"(?m)^(\d+)$"
        found = None

        def told():
            nonlocal found
            found = re.search(pattern, "".join(self._last))
            return found or self._over

        with self._news:
            self._news.wait_for(told, patience)
            if found is None:
                raise NotStarted(f"{name} did not start:\n{''.join(self._last)}")
        return int(found[1])


def _accepts(server):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((server.host, server.port), PATIENCE).close()
            return
        except ConnectionRefusedError:
            if server.ended() or time.monotonic() > deadline:
                raise NotStarted(f"{server.name} does not accept connections") from None
            time.sleep(0.01)


def _end(process):
    for way in (signal.SIGTERM, signal.SIGKILL):
        # The group may be gone, or have lost its leader and still have members.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, way)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
    _alive.discard(process)
