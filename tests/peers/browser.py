"""A browser's visit: `python3 tests/peers/browser.py`.

Chromium, without a window, visits an app under the release build with each engine: it sends a form,
leaves pages in the middle of what they load, opens twelve tabs at once, and sends a file that is too
large. The exit status is 1 when the visitor would see anything wrong.

It takes Python 3.10 or later, Chromium and chromedriver, as Debian has them in the packages chromium and
chromium-driver. It talks to no other server.
"""

import pathlib
import sys
import tempfile
import time

import servers
import webdriver

TABS = 12

# How soon a page has to be there. The app's next block would come after eight seconds.
AT_ONCE = 4

# More than the 16 MiB that a body may have.
TOO_LARGE = 17 << 20

SEEN = "return document.getElementById('seen')?.textContent"
TITLE = "return document.title"
COLOR = "return getComputedStyle(document.getElementById('seen')).color"
COMPLETE = "return document.readyState"


def form(browser, base):
    """A form with what people type: letters of all kinds, markup, two lines."""
    browser.go(f"{base}/form")
    browser.wait(TITLE, "form", AT_ONCE)
    browser.type("input", "Zoë & <b>+%41")
    browser.type("textarea", "one\ntwo")
    browser.click("button")
    browser.wait(TITLE, "sent", AT_ONCE)
    wanted = ascii([("word", "Zoë & <b>+%41"), ("text", "one\r\ntwo")])
    got = browser.text("#seen")
    if got != wanted:
        yield f"the app saw {got} instead of {wanted}"


def pages_left(browser, base):
    """Pages whose answers go on, and the next page: by a link, and by its address.

    After a link the browser keeps the old page, and what it loads, until the new one comes.
    """
    for page in ("listening", "fetching", "endless"):
        for way in ("a link", "its address"):
            browser.go(f"{base}/{page}")
            if not browser.wait(SEEN, "an event", AT_ONCE):
                yield f"no event came to {page}"
            before = time.monotonic()
            if way == "a link":
                browser.click("a")
            else:
                browser.go(f"{base}/form")
            came = browser.wait(TITLE, "form", AT_ONCE)
            took = time.monotonic() - before
            if not came or took > AT_ONCE:
                yield f"{took:.1f} s after {page} the next page was not there, by {way}"


def tabs(browser, base):
    """Tabs that are opened at once, each with a style and a script from the same app."""
    first, = browser.tabs()
    script = "for (let i = 0; i < arguments[1]; i++) open(arguments[0] + '/parts?tab' + i)"
    browser.run(script, base, TABS)
    opened = [tab for tab in browser.tabs() if tab != first]
    if len(opened) != TABS:
        yield f"{len(opened)} of {TABS} tabs were opened"
    seen = []
    for tab in opened:
        browser.show(tab)
        browser.wait(COMPLETE, "complete", AT_ONCE)
        seen.append(browser.run(TITLE))
        if browser.run(COLOR) != "rgb(1, 2, 3)":
            yield f"{seen[-1]} has no style"
        browser.command("DELETE", "window")
    browser.show(first)
    if sorted(seen) != sorted(f"tab{number}" for number in range(TABS)):
        yield f"the tabs were {seen}"


def upload_refused(browser, base):
    """A file over the limit, from a form and from a script; and one that is not."""
    with tempfile.TemporaryDirectory() as folder:
        for size, wanted in ((1 << 20, "bytes came"), (TOO_LARGE, "413")):
            file = pathlib.Path(folder) / "file.bin"
            file.write_bytes(bytes(size))
            browser.go(f"{base}/upload")
            browser.wait(TITLE, "upload", AT_ONCE)
            browser.type("input", str(file))
            browser.click("button")
            browser.wait("return location.pathname", "/uploaded", AT_ONCE)
            browser.wait(COMPLETE, "complete", AT_ONCE)
            got = browser.text()
            if wanted not in got:
                yield f"after {size} bytes the page was {got!r}"
    script = (
        "const sent = new Blob([new Uint8Array(arguments[0])]);"
        "return fetch('/uploaded', {method: 'POST', body: sent})"
        ".then(answer => String(answer.status), error => String(error))"
    )
    got = browser.run(script, TOO_LARGE)
    if got != "413":
        yield f"a script that sent {TOO_LARGE} bytes got {got}"


VISITS = (form, pages_left, tabs, upload_refused)


def visited(browser, name):
    """What was wrong, with one engine."""
    apps = servers.HERE / "apps"
    with servers.running(name, apps, "browsed:application", sys.executable) as server:
        base = f"http://{server.host}:{server.port}"
        for visit in VISITS:
            try:
                yield from (f"{name}, {visit.__name__}: {what}" for what in visit(browser, base))
            except (webdriver.Failed, OSError) as error:
                yield f"{name}, {visit.__name__}: {error}"


def main():
    wrong = []
    with servers.none_left(), webdriver.browser() as browser:
        for name in servers.OURS:
            wrong += visited(browser, name)
    print("\n".join(wrong))
    print(f"{len(servers.OURS) * len(VISITS)} visits; {len(wrong)} problems.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
