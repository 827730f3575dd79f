"""The servers that are measured: how each is started, that its output is read, and that it ends."""

import contextlib
import dataclasses
import fcntl
import functools
import os
import pathlib
import pty
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Iterator

import client
import peers

HERE = pathlib.Path(__file__).resolve().parent
APPS = HERE / "apps"
PATIENCE = 30.0
ROWS, COLUMNS = 40, 130

JSON, SCREEN = "--json", "screen"


class NotStarted(Exception):
    """A server did not start; the message holds what it printed."""


@dataclasses.dataclass(frozen=True)
class Server:
    """A server, and the command that starts it with an app's file on a port."""

    name: str
    command: Callable[[str, int], list[str]]
    # Where it writes: to a pipe that is read, or to a terminal that is read.
    face: str = JSON
    ours: bool = False
    # It keeps a connection for the next request.
    keeps: bool = True


def ours(engine: str, face: str = JSON, trace: bool = True, name: str = "") -> Server:
    """Our own program: `engine` is embedded or an interpreter."""
    options = ["--python", engine]
    options += [] if trace else ["--no-trace"]
    options += ["--json"] if face == JSON else ["--theme", "dark"]

    def command(file: str, port: int) -> list[str]:
        return [peers.tutor(), "run", file, "--port", str(port), *options]

    python = "embedded" if engine == "embedded" else "CPython"
    name = name or ", ".join([python, face] + ([] if trace else ["--no-trace"]))
    return Server(name, command, face, ours=True)


@functools.cache
def has_embedded() -> bool:
    """Whether our program was built with the Python inside."""
    help = subprocess.run([peers.tutor(), "run", "--help"], check=True, capture_output=True)
    return b"[default: embedded]" in help.stdout


def library(name: str, keeps: bool = False, reload: bool = False) -> Server:
    """A peer that serve.py starts."""
    more = ["reload"] if reload else []

    def command(file: str, port: int) -> list[str]:
        return [peers.python(), str(HERE / "serve.py"), name, file, str(port), *more]

    return Server(name + (" with reloader" if reload else ""), command, keeps=keeps)


def gunicorn(reload: bool = False) -> Server:
    """One sync worker, its default."""
    more = ["--reload"] if reload else []

    def command(file: str, port: int) -> list[str]:
        options = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", *more]
        target = f"{file.removesuffix('.py')}:application"
        return [peers.python(), "-m", "gunicorn", *options, target]

    return Server("gunicorn" + (" --reload" if reload else ""), command, keeps=False)


def flask() -> Server:
    """Flask's development server; the app's file is its own."""

    def command(_file: str, port: int) -> list[str]:
        return [peers.python(), "-m", "flask", "--app", "flask_pages", "run", "--port", str(port)]

    return Server("Flask", command, keeps=False)


def django(reload: bool = False) -> Server:
    """Django's development server; the app's file is its own."""
    more = [] if reload else ["--noreload"]

    def command(_file: str, port: int) -> list[str]:
        return [peers.python(), "django_pages.py", "runserver", str(port), *more]

    return Server("Django" + (" with reloader" if reload else ""), command)


WSGIREF = library("wsgiref")
WERKZEUG = library("werkzeug")
WAITRESS = library("waitress", keeps=True)
GUNICORN = gunicorn()


@dataclasses.dataclass
class Running:
    """A server that runs."""

    server: Server
    port: int
    process: subprocess.Popen[bytes]
    folder: pathlib.Path
    # When it was about to be started, by time.perf_counter().
    begun: float
    # Where what it writes can be read, and keys be pressed, when nobody else reads it.
    terminal: int

    @property
    def pid(self) -> int:
        return self.process.pid

    def said(self) -> str:
        return (self.folder / "said").read_text(errors="replace")[-2000:]


@contextlib.contextmanager
def started(
    server: Server, file: str, folder: pathlib.Path = APPS, drained: bool = True
) -> Iterator[Running]:
    """Starts a server with the app `file` of a folder, and does not wait for it.

    What it writes is read by a process of its own, because a thread here would take turns with the
    client. `drained` is False for a terminal that the caller reads.
    """
    screen = server.face == SCREEN
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        port = free_port()
        said = stack.enter_context(open(pathlib.Path(scratch) / "said", "wb"))
        source, sink = own_terminal() if screen else os.pipe()
        stack.callback(os.close, source)
        if drained:
            # It ends after the server, which would otherwise wait for a reader.
            stack.callback(end, drain(source))
        command = server.command(file, port)
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables(scratch),
            stdin=sink if screen else subprocess.DEVNULL,
            stdout=sink,
            stderr=sink if screen else said,
            # A group of its own, so that its children can be ended with it.
            start_new_session=True,
            preexec_fn=take_terminal if screen else None,
        )
        stack.callback(end, process)
        os.close(sink)
        yield Running(server, port, process, pathlib.Path(scratch), begun, source)


def own_terminal() -> tuple[int, int]:
    """A new terminal: the end to read from, and the one for a program."""
    outside, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return outside, inside


def take_terminal() -> None:
    """Makes the terminal on its standard input the one that controls this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextlib.contextmanager
def running(
    server: Server, file: str, folder: pathlib.Path = APPS, request: bytes = client.HELLO
) -> Iterator[Running]:
    """A server that has answered once."""
    with started(server, file, folder) as run:
        first_answer(run, request)
        yield run


def first_answer(run: Running, request: bytes = client.HELLO) -> bytes:
    """Asks until there is an answer with status 200."""
    give_up = time.perf_counter() + PATIENCE
    answer = b""
    while time.perf_counter() < give_up:
        with contextlib.suppress(OSError):
            answer = client.once(run.port, request)
            if answer[9:12] == b"200":
                return answer
        if run.process.poll() is not None:
            break
        # Short enough not to be seen, long enough not to take a core away from the server.
        time.sleep(0.0005)
    raise NotStarted(f"{run.server.name} does not answer: {answer[:200]!r}\n{run.said()}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def variables(scratch: str) -> dict[str, str]:
    """Its environment variables: nothing of the user's is touched, and all is gone afterwards."""
    return {
        **os.environ,
        "TMPDIR": scratch,
        "XDG_STATE_HOME": f"{scratch}/state",
        "XDG_DATA_HOME": f"{scratch}/data",
        "XDG_CONFIG_HOME": f"{scratch}/config",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TERM": "xterm-256color",
    }


def drain(source: int) -> subprocess.Popen[bytes]:
    """Reads what comes, and forgets it."""
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        ["cat"], stdin=source, stdout=nothing, stderr=nothing, start_new_session=True
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and all of its group."""
    for way in (signal.SIGTERM, signal.SIGKILL):
        # The group may be gone, or have lost its leader and still have members.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, way)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)


def copied(file: str, folder: str) -> pathlib.Path:
    """A copy of an app, to be changed."""
    return pathlib.Path(shutil.copy(APPS / file, folder))
