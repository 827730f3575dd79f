"""Installs the wheel as a learner would, and completes the first step of lesson 1.

`python3 packaging/try_wheel.py WHEEL`: the environment is fresh and lies outside of the checkout,
the path holds nothing else (no compiler, no other Python), and the home is empty. The program runs
in a terminal of 80×24. It prints how long it takes from `pip install` to the first frame.

It takes pyte, a terminal emulator, and Python 3.9 or later.
"""

import fcntl
import os
import pathlib
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
import zipfile

import pyte

COLUMNS, ROWS = 80, 24
# How long to wait for what must come, in seconds. Far more than a slow machine needs.
TIMEOUT = 60
# Both licences, and those of what is inside.
LICENCES = ("LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY.md")


class Terminal:
    """A program in a terminal, and what its screen shows."""

    def __init__(self, command, environment, folder):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.process, self._master = self._start(command, environment, folder)

    @staticmethod
    def _start(command, environment, folder):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

        def take_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=folder,
            preexec_fn=take_terminal,
        )
        os.close(slave)
        return process, master

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, text):
        """Waits until the screen shows a text; fails with the screen where it does not come."""
        end = time.monotonic() + TIMEOUT
        while text not in self.text():
            left = end - time.monotonic()
            ready = left > 0 and select.select([self._master], [], [], left)[0]
            try:
                data = os.read(self._master, 1 << 16) if ready else b""
            except OSError:
                # The program ended.
                data = b""
            if not data:
                sys.exit(f"{text!r} did not come; the screen:\n{self.text()}")
            self._stream.feed(data)

    def press(self, keys):
        os.write(self._master, keys.encode())

    def end(self):
        """Waits for the program's end, and returns its exit status."""
        while True:
            try:
                if not os.read(self._master, 1 << 16):
                    break
            except OSError:
                break
        return self.process.wait(TIMEOUT)


def look_inside(wheel):
    """Fails unless the wheel holds the program itself, and all licences."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        program, = (name for name in names if name.endswith(".data/scripts/wsgi-tutor"))
        if archive.read(program)[:4] not in (b"\x7fELF", b"\xcf\xfa\xed\xfe"):
            sys.exit(f"{program} is a script that starts the program, and not the program")
        for licence in LICENCES:
            if not any(name.endswith(f".dist-info/licenses/{licence}") for name in names):
                sys.exit(f"{wheel.name} lacks {licence}")
        bundled = [name for name in names if ".libs/" in name]
        if bundled:
            sys.exit(f"{wheel.name} brings libraries: {bundled}")


def try_it(wheel, folder):
    """Seconds from `pip install` to the first frame."""
    environment_folder, home = folder / "environment", folder / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "venv", environment_folder], check=True)
    programs = environment_folder / "bin"
    environment = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": str(programs),
        "TERM": "xterm-256color",
    }
    begun = time.monotonic()
    pip = [programs / "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-index", wheel], check=True, env=environment, cwd=home)
    terminal = Terminal([programs / "wsgi-tutor", "lesson", "1"], environment, home)
    terminal.wait_for("Welcome to wsgi-tutor")
    took = time.monotonic() - begun
    terminal.press("\r")
    terminal.wait_for("Task ○ Press space.")
    terminal.press(" ")
    terminal.wait_for("Done: Send your first request")
    terminal.press("q")
    status = terminal.end()
    if status != 0:
        sys.exit(f"the program ended with {status}")
    doctor = subprocess.run(
        [programs / "wsgi-tutor", "doctor"],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    if f"installed with pip in {environment_folder}" not in doctor.stdout:
        sys.exit(f"doctor does not know how it was installed:\n{doctor.stdout}")
    return took


def main():
    wheel = pathlib.Path(sys.argv[1]).resolve()
    look_inside(wheel)
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        took = try_it(wheel, pathlib.Path(folder).resolve())
    print(f"From pip install to the first frame: {wheel.stat().st_size / 1e6:.1f} MB, {took:.1f} s")


main()
