"""Makes recordings (docs/recording.md) in which every line of a file runs.

The exchanges are plausible: a request is read, environ is built, a planted application is called, it
calls everything in the file, answers, and the answer is sent. What is not known, such as the values of
local variables, is left out.
"""

import base64
import collections
import dis
import io
import json
import urllib.parse

import corpus_planted

# A recording has at most 8,000 events in an exchange. What has more lines gets several exchanges.
MAX_LINES = 7_500

# One call of a function: its name, how many calls it is inside of, and the lines that run.
Call = collections.namedtuple("Call", "function depth lines")

_PLANTED_LINES = corpus_planted.SOURCE.split("\n")
_PLANTED = {}
exec(corpus_planted.SOURCE, _PLANTED)


def calls_of(code, depth=2):
    """A call of each function that a code object holds, itself included: a module is a function, too."""
    yield Call(code.co_name, depth, _lines_of(code))
    for constant in code.co_consts:
        if hasattr(constant, "co_lines"):
            yield from calls_of(constant, depth + 1)


def _lines_of(code):
    """The lines a trace is told of, in order."""
    # What stands before RESUME is Python's own doing. Before Python 3.11 there is none.
    resume = dis.opmap.get("RESUME")
    begin = -1 if resume is None else code.co_code[::2].find(resume) * 2
    return sorted({line for start, _, line in code.co_lines() if start > begin and line})


def planted_line(source, planted):
    """The line a planted mistake is on when it is appended to a file."""
    places = (at for at, line in enumerate(_PLANTED_LINES) if planted.code in line)
    return first_planted_line(source) + next(places)


def first_planted_line(source):
    """The line after the last one of the file itself."""
    return source.count("\n") + 1


def recording(file, source, calls, without=frozenset()):
    """The text of a recording of a file, and the planted functions by the numbers of the exchanges.

    `calls` are those of the file's own functions; the lines `without` do not run.
    """
    functions, texts = {}, []
    begin = first_planted_line(source)
    for planted in corpus_planted.APPLICATIONS:
        for part in _parts(calls, without):
            number = len(functions) + 1
            functions[number] = planted.function
            events = _timed(_events(file, planted, part, begin))
            texts.append(f'{{"id":{number},"events":[{",".join(events)}]}}')
    head = json.dumps({
        "format": 1, "tutor": "0.1.0", "lesson": None, "app": "planted", "file": file,
        "source": source + corpus_planted.SOURCE,
    })
    return f'{head[:-1]},"exchanges":[{",".join(texts)}]}}', functions


def _parts(calls, without):
    """The calls in parts that an exchange has room for; at least one, be it empty."""
    parts, room = [[]], MAX_LINES
    for call in calls:
        lines = [line for line in call.lines if line not in without]
        while lines:
            if not room:
                parts.append([])
                room = MAX_LINES
            here, lines = lines[:room], lines[room:]
            parts[-1].append(call._replace(lines=here))
            room -= len(here)
    return parts


def _timed(events):
    """Events with their times, as JSON."""
    return (f'{{"at_us":{10 * at},{event[1:]}' for at, event in enumerate(events))


def _events(file, planted, calls, begin):
    """The events of an exchange, each as JSON without its time."""
    function = _PLANTED[planted.function]
    environ, entries = _environ(planted)
    started = []
    blocks = function(environ, lambda *arguments: started.append(arguments))
    (status, headers), = started
    yield from _received(planted, entries)
    yield _event("app-called", callable=f"function {planted.function}")
    for line in _lines_of(function.__code__):
        text, place = _PLANTED_LINES[line - 1], {"file": file, "line": begin + line - 1}
        yield from _ran(file, Call(planted.function, 1, [place["line"]]), 1)
        if "planted_calls_everything(" in text:
            for number, call in enumerate(calls, 2):
                yield from _ran(file, call, number)
        elif ".read(" in text:
            size = len(planted.body)
            yield _event("input-read", call=f"read({size})", got=size, **place, calls=[place])
        elif "start_response(" in text:
            yield _event(
                "start-response", status=status, headers=headers, exc_info=False, **place,
                calls=[place],
            )
    yield _event("returned", type="list", length=1)
    yield from _sent(planted, status, headers, b"".join(blocks))


def _ran(file, call, number):
    """The lines of a call. Most of a recording is this, so it is written in one go."""
    head = f'{{"kind":"line","file":{json.dumps(file)},"line":'
    tail = f',"function":{json.dumps(call.function)},"call":{number},"depth":{call.depth},"locals":[]}}'
    return (f"{head}{line}{tail}" for line in call.lines)


def _received(planted, entries):
    head = f"{planted.method} {planted.target} HTTP/1.1\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in planted.headers)
    whole = f"{head}\r\n".encode("latin-1") + planted.body
    yield _event("connection-opened", peer="192.0.2.1:50000", reused=False)
    yield _event("bytes-received", bytes=_excerpt(whole))
    yield _event(
        "request-read", method=planted.method, target=planted.target, version="HTTP/1.1",
        headers=planted.headers, body=_excerpt(planted.body),
    )
    yield _event("environ-built", environ=entries)


def _sent(planted, status, headers, body):
    # What Content-Length leaves no room for is not sent, nor is the body of an answer to HEAD.
    room = int(dict(headers)["Content-Length"]) if planted.method != "HEAD" else 0
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    whole = f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body[:room]
    yield _event("headers-sent", status=status, headers=headers)
    yield _event("block", source="iterable", bytes=_excerpt(body), sent=len(body[:room]))
    yield _event("bytes-sent", bytes=_excerpt(whole))
    yield _event("finished")


def _environ(planted):
    """environ for the application, and as it is told."""
    path, _, query = planted.target.partition("?")
    environ = {
        "REQUEST_METHOD": planted.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": urllib.parse.unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "192.0.2.2",
        "SERVER_PORT": "8080",
        "SERVER_SOFTWARE": "wsgi-tutor/0.1.0",
        "REMOTE_ADDR": "192.0.2.1",
        "REMOTE_PORT": "50000",
    }
    for name, value in planted.headers:
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    environ.update({
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    })
    told = {key: (repr(value), type(value).__name__) for key, value in environ.items()}
    told["wsgi.input"] = ("<wsgi.input>", "Input")
    told["wsgi.errors"] = ("<wsgi.errors>", "Errors")
    told["wsgi.file_wrapper"] = ("<class '__main__.FileWrapper'>", "type")
    origin = {"gateway": "this is what was sent"}
    entries = [
        {"key": key, "repr": shown, "type": kind, "from": origin}
        for key, (shown, kind) in told.items()
    ]
    return {**environ, "wsgi.input": io.BytesIO(planted.body)}, entries


def _event(kind, **fields):
    return json.dumps({"kind": kind, **fields}, separators=(",", ":"))


def _excerpt(data):
    try:
        return {"length": len(data), "text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"length": len(data), "base64": base64.b64encode(data).decode("ascii")}
