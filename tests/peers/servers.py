"""Starts and ends the servers under comparison.

Each runs in the virtual environment that `environment` makes from requirements.txt.
"""

import contextlib
import os
import pathlib
import queue
import re
import signal
import socket
import subprocess
import threading
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
PLACE = REPOSITORY / "target" / "peers"
HOST = "127.0.0.1"
START = 20.0
END = 5.0


class Server:
    """A running server."""

    def __init__(self, host, port):
        self.host = host
        self.port = port


def environment():
    """The python of the virtual environment, which is made once for one requirements.txt."""
    python = PLACE / "bin" / "python"
    wanted = (HERE / "requirements.txt").read_text()
    made = PLACE / "requirements.txt"
    if not made.exists() or made.read_text() != wanted:
        venv.create(PLACE, clear=True, with_pip=True)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, "-r", HERE / "requirements.txt"], check=True)
        # Written last, so that a half-made environment is made again.
        made.write_text(wanted)
    return str(python)


@contextlib.contextmanager
def running(name, folder, target, heard=None):
    """Runs server `name` in `folder` with `target`, such as "app:application".

    `heard` is called with each line the server prints, as bytes, from a thread of its own.
    """
    python = environment()
    if name == "wsgi-tutor":
        program = os.environ.get("WSGI_TUTOR", str(REPOSITORY / "target/release/wsgi-tutor"))
        command = [program, "run", target, "--json", "--port", "0", "--python", python]
    elif name == "gunicorn":
        options = ["--workers", "1", "--no-control-socket"]
        command = [python, "-m", "gunicorn", "--bind", f"{HOST}:0", *options, target]
    else:
        raise ValueError(f"there is no server {name!r}")
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # A group of its own, so that its children end with it.
        start_new_session=True,
    )
    ports = queue.Queue()
    try:
        threading.Thread(target=listen, args=(process.stdout, ports, heard), daemon=True).start()
        port = ports.get(timeout=START)
        until_it_accepts(port, process)
        yield Server(HOST, port)
    finally:
        end(process)


def listen(stream, ports, heard):
    """Reads all a server prints, and finds the port it names."""
    named = False
    with stream:
        for line in stream:
            if heard:
                heard(line)
            found = None if named else re.search(rb"http://127\.0\.0\.1:(\d+)", line)
            if found:
                named = True
                ports.put(int(found[1]))


def until_it_accepts(port, process):
    give_up = time.monotonic() + START
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{process.args} does not accept") from None
            time.sleep(0.01)


def end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(END)
    except subprocess.TimeoutExpired:
        pass
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
