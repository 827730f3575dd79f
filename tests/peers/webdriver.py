"""A browser that is told what to do: Chromium without a window, through chromedriver (WebDriver)."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

# How long the browser may take to start, and for one command.
PATIENCE = 30

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    # Nothing that it does of its own accord: it is to talk to our server and to nobody else.
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-proxy-server",
)

# The key under which an element is named, by the standard.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Failed(Exception):
    """A command failed; the message is what the driver says of it."""


class Browser:
    """A browser that runs, with one window or more."""

    def __init__(self, address):
        self._address = address

    def command(self, method, path, **values):
        """Sends one command of the session, and gives its result."""
        return _ask(method, f"{self._address}/{path}".rstrip("/"), values)

    def go(self, url):
        """Begins to open a page, as when its address is typed in."""
        self.command("POST", "url", url=url)

    def run(self, script, *values):
        """What a script in the page returns."""
        return self.command("POST", "execute/sync", script=script, args=list(values))

    def type(self, selector, text):
        """Types into a field, or chooses a file for it."""
        self.command("POST", f"element/{self._element(selector)}/value", text=text)

    def click(self, selector):
        self.command("POST", f"element/{self._element(selector)}/click")

    def text(self, selector="body"):
        return self.command("GET", f"element/{self._element(selector)}/text")

    def wait(self, script, wanted, patience):
        """Waits until a script returns this value; whether it did in time."""
        deadline = time.monotonic() + patience
        while self.run(script) != wanted:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def tabs(self):
        return self.command("GET", "window/handles")

    def show(self, tab):
        self.command("POST", "window", handle=tab)

    def _element(self, selector):
        found = self.command("POST", "element", using="css selector", value=selector)
        return found[ELEMENT]


@contextlib.contextmanager
def browser():
    """A browser with an empty profile, for as long as the block runs."""
    driver = shutil.which("chromedriver")
    if driver is None:
        sys.exit("There is no chromedriver. Debian has it in the packages chromium and chromium-driver.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [driver, "--port=0"],
            cwd=folder,
            env={**os.environ, "TMPDIR": folder, "HOME": folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            yield from _session(process, folder)
        finally:
            # The browser is in the driver's group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()  # type: ignore[union-attr]


def _session(process, folder):
    for line in process.stdout:
        if port := re.search(r"successfully on port (\d+)", line):
            break
    else:
        raise Failed("chromedriver ended before it listened")
    flags = [*FLAGS, f"--user-data-dir={folder}/profile"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    wanted = {
        "browserName": "chrome",
        # Otherwise each command waits for a page that is never complete.
        "pageLoadStrategy": "none",
        "goog:chromeOptions": {"args": flags},
    }
    url = f"http://127.0.0.1:{port[1]}/session"
    session = _ask("POST", url, {"capabilities": {"alwaysMatch": wanted}})
    found = Browser(f"{url}/{session['sessionId']}")
    try:
        yield found
    finally:
        with contextlib.suppress(Failed, OSError):
            found.command("DELETE", "")


def _ask(method, url, values):
    data = json.dumps(values).encode() if method == "POST" else None
    request = urllib.request.Request(
        url, data, {"Content-Type": "application/json"}, method=method
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        said = json.load(error)["value"]
        raise Failed(f"{said['error']}: {said['message'].splitlines()[0]}") from None
