"""Tells what environ holds. The header X-Ask names the function that answers."""

import os
import time

SEEN = []


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    answer = globals()[environ.get("HTTP_X_ASK", "show")]
    return [ascii(answer(environ)).encode("ascii")]


def show(environ):
    plain = (str, bool, int, tuple)
    return {key: value for key, value in environ.items() if isinstance(value, plain)}


def kind(environ):
    return f"{type(environ).__module__}.{type(environ).__name__}"


def odd_keys(environ):
    return [repr(key) for key in environ if type(key) is not str]


def odd_values(environ):
    cgi = {key: value for key, value in environ.items() if "." not in key}
    return [
        f"{key}: {value!r}"
        for key, value in cgi.items()
        if type(value) is not str or any(ord(character) > 255 for character in value)
    ]


def change(environ):
    SEEN.append(environ)
    found = "mine" in environ, environ["wsgi.version"]
    environ["mine"] = "yes"
    environ["wsgi.version"] = None
    return (*found, len({id(seen) for seen in SEEN}) == len(SEEN))


def methods(environ):
    streams = {
        "wsgi.input": ("read", "readline", "readlines", "__iter__"),
        "wsgi.errors": ("flush", "write", "writelines"),
    }
    return [
        f"{stream}.{name}"
        for stream, names in streams.items()
        for name in names
        if not hasattr(environ[stream], name)
    ]


def process(environ):
    return os.getpid()


def stand_before_the_gate(environ):
    """Waits while the file of the header X-Gate is there: the app makes it, the probe removes it."""
    gate = environ["HTTP_X_GATE"]
    try:
        open(gate, "w").close()
    except FileNotFoundError:
        # The probe has given up, and taken the folder away.
        return
    # Shorter than any server's own patience with an app.
    deadline = time.monotonic() + 8
    while os.path.exists(gate) and time.monotonic() < deadline:
        time.sleep(0.005)


def wait(environ):
    stand_before_the_gate(environ)
    return os.getpid()
