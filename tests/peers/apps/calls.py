"""Calls start_response and write in every right and wrong way. X-Ask names the function; without it
the header X-Do is evaluated with start_response as `s`, and the answer says what it raised.
"""

import os
import sys
import time


def plain(*headers):
    """Headers in a list of their own: a server may change it."""
    return [*headers, ("Content-Type", "text/plain")]


def application(environ, start_response):
    return globals()[environ.get("HTTP_X_ASK", "do")](environ, start_response)


def do(environ, start_response):
    try:
        eval(environ["HTTP_X_DO"], {"s": start_response, "sys": sys})
    except Exception as error:
        said = f"refused: {type(error).__name__}: {error}"
        start_response("299 Refused", plain(), sys.exc_info())
        return [said.encode("ascii", "backslashreplace")]
    return [b"taken"]


def failure():
    try:
        raise KeyError("the first one")
    except KeyError:
        return sys.exc_info()


def wait(environ):
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


def returned_write(environ, start_response):
    write = start_response("200 OK", plain())
    return [repr(callable(write)).encode()]


def three_arguments(environ, start_response):
    start_response("200 OK", plain(), None)
    return [b"taken"]


def twice(environ, start_response):
    start_response("200 OK", plain())
    try:
        start_response("201 Twice", plain())
    except Exception as error:
        return [f"refused: {type(error).__name__}".encode()]
    return [b"taken"]


def twice_after_a_failed_call(environ, start_response):
    try:
        start_response(200, plain())
    except Exception:
        pass
    try:
        start_response("200 OK", plain())
    except Exception as error:
        start_response("299 Refused", plain(), sys.exc_info())
        return [f"refused: {type(error).__name__}".encode()]
    return [b"taken"]


def replaced(environ, start_response):
    start_response("200 OK", plain(("X-First", "1")))
    start_response("503 Later", plain(("X-Second", "2")), failure())
    return [b"replaced"]


def replaced_in_a_generator(environ, start_response):
    start_response("200 OK", plain(("X-First", "1")))
    yield b""
    start_response("503 Later", plain(("X-Second", "2")), failure())
    yield b"replaced"


RAISED = []


def too_late(environ, start_response):
    RAISED.clear()
    start_response("200 OK", plain())
    yield b"before"
    found = failure()
    try:
        start_response("500 Too Late", plain(), found)
    except BaseException as error:
        RAISED.append(error is found[1])
        raise


def raised(environ, start_response):
    start_response("200 OK", plain())
    return [repr(RAISED).encode()]


def first_with_exc_info(environ, start_response):
    start_response("500 Oops", plain(), failure())
    return [b"page"]


def at_the_first_next(environ, start_response):
    start_response("200 Late", plain())
    yield b"late"


class AtIter:
    def __init__(self, start_response):
        self.start_response = start_response

    def __iter__(self):
        self.start_response("200 Late", plain())
        return iter([b"la", b"te"])


def at_iter(environ, start_response):
    return AtIter(start_response)


def never(environ, start_response):
    return [b"unreachable"]


def never_and_empty(environ, start_response):
    return []


def after_the_first_block(environ, start_response):
    yield b"first"
    start_response("200 OK", plain())
    yield b"second"


def changes_its_list(environ, start_response):
    headers = plain(("X-A", "1"))
    start_response("200 OK", headers)
    headers.append(("X-B", "2"))
    return [b"sent"]


SHARED = [("Content-Type", "text/plain")]


def shares_its_list(environ, start_response):
    start_response("200 OK", SHARED)
    return [b"x" * int(environ["QUERY_STRING"])]


def writes(environ, start_response):
    write = start_response("200 OK", plain())
    write(b"one ")
    write(b"")
    write(b"two ")
    return [b"three ", b"four"]


def writes_and_returns_nothing(environ, start_response):
    write = start_response("200 OK", plain())
    write(b"one ")
    write(b"two")
    return []


def writes_and_waits(environ, start_response):
    write = start_response("200 OK", plain())
    write(b"first")
    wait(environ)
    write(b"second")
    return []


def writes_nothing_and_replaces(environ, start_response):
    write = start_response("200 OK", plain())
    write(b"")
    start_response("503 Later", plain(), failure())
    return [b"replaced"]


def writes_in_the_iterable(environ, start_response):
    write = start_response("200 OK", plain())

    def blocks():
        yield b"one "
        write(b"two ")
        yield b"three"

    return blocks()


WRITTEN = []


def writes_too_much(environ, start_response):
    WRITTEN.clear()
    write = start_response("200 OK", plain(("Content-Length", "5")))
    write(b"Hello")
    WRITTEN.append("the first")
    write(b", world")
    WRITTEN.append("beyond the end")
    return []


def written(environ, start_response):
    start_response("200 OK", plain())
    return [repr(WRITTEN).encode()]


def writes_text(environ, start_response):
    write = start_response("200 OK", plain())
    write("text")
    return []
