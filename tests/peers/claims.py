"""What the rows of elsewhere.py are made of: part of a sentence, and what shows that it is true."""

import dataclasses
import io
import sys
import wsgiref.handlers
import wsgiref.headers

import claim_apps
import seen
import servers

EVERY = servers.PEERS
THREE = ("wsgiref", "gunicorn", "waitress")
BLANK = "blank 200"


@dataclasses.dataclass(frozen=True)
class Show:
    """What must come from these servers when they run an app."""

    servers: tuple
    # What the last request gets, as seen.py calls it.
    word: str
    # What its answer must hold, in bytes, and what it must not.
    holds: tuple = ()
    lacks: tuple = ()
    # What the server must have printed, and what it must not.
    prints: bytes = b""
    silent: tuple = ()
    # Without an app it is the wrong example of the explanation, and without requests that one's.
    app: str = ""
    requests: tuple = ()
    sends: tuple = ()
    at_once: bool = False
    patience: float = seen.PATIENCE
    # All answers have the same body.
    same: bool = False
    # Whether it is to be seen with the Python that runs this.
    applies: bool = True


@dataclasses.dataclass(frozen=True)
class Claim:
    """Part of a sentence, and what shows that it is true."""

    # The name of a mistake, or a key of environ.
    where: str
    words: str
    shows: tuple


def claim(where, words, *shows):
    return Claim(where, words, shows)


def show(names, word, *holds, **more):
    """With `names` as in a sentence: "wsgiref gunicorn"."""
    return Show(tuple(names.split()) if isinstance(names, str) else names, word, holds, **more)


def _raises(call):
    try:
        call()
    except ValueError:
        return True
    return False


def _begin(status):
    stream = io.BytesIO()
    wsgiref.handlers.SimpleHandler(stream, stream, io.StringIO(), {}).start_response(status, [])


# Whether the wsgiref of this Python refuses control characters.
HEADERS_FIXED = _raises(lambda: wsgiref.headers.Headers([("X-A", "a\r\nX-B: b")]))
STATUS_FIXED = _raises(lambda: _begin("200 OK\r\nX-B: b"))
HAS_CGI = sys.version_info < (3, 13)


def environ(names, *holds, **more):
    return show(names, "200", *holds, app=claim_apps.ENVIRON, **more)


def five_hundred(names=EVERY, error=b"", **more):
    return show(names, "500", prints=error, **more)
