"""Runs one WSGI application for the gateway.

The same file runs in the embedded interpreter and in a system Python. It takes commands as frames
on its standard input and reports everything the application does as frames on its standard
output; a frame is a line of JSON, followed by as many raw bytes as its "bytes" says. It knows
nothing of HTTP: environ comes from the gateway, and status, headers and blocks go back to it.

Imports are few, because every start pays for them; `traceback` comes with the first exception.
"""

import io
import json
import os
import signal
import sys
import types
from _thread import RLock, get_ident
from time import perf_counter_ns

COMMANDS_FD, FRAMES_FD, OUTPUT_FD = 0, 1, 2
KIND, REGULAR = 0o170000, 0o100000
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
EXIT_TIMED_OUT = 124
KEPT_REPR = 2000
PIECE = 64 * 1024
HEADERS_SIZE = 1024 * 1024

HOP_BY_HOP = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "trailers", "transfer-encoding", "upgrade",
))
TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Lane:
    """One place where the application is called: the pipes to and from the gateway, and the clock
    that ends a step that takes too long."""

    def __init__(self, commands, frames, clock):
        self.commands = commands
        self.frames = frames
        self.clock = clock
        # Held while frames are written. An application's finalizer or signal handler may report in
        # the midst of that, on the same thread; what it has to say is written after it.
        self.lock = RLock()
        self.writing, self.late = False, []
        # The thread that calls the application here.
        self.thread = get_ident()
        # When the step that goes on now must have ended, for a clock that is looked at.
        self.until = None
        # The lines that run, while an application is traced.
        self.trace = UNTRACED
        # Output without its line's end, where lanes must not mix their lines.
        self.unfinished = {}

    def command(self):
        """The next command and its bytes, or None when the gateway has gone."""
        line = self.commands.readline()
        if not line:
            return None
        command = json.loads(line)
        return command, self.commands.read(command["bytes"]) if "bytes" in command else b""

    def goes_on(self):
        """Whether the gateway wants another block."""
        line = self.commands.readline()
        if not line:
            os._exit(0)
        return line == b'{"do":"next"}\n'

    def report(self, event, **fields):
        fields["event"] = event
        trace = self.trace
        trace.pause()
        self.send(trace.take() + _line(fields))
        trace.go_on()

    def report_block(self, source, data, only):
        """Hands over a block of the body; returns whether another one is wanted."""
        if forked:
            # The application forked, and here is the child: the answer is the parent's to give.
            os._exit(0)
        head = {"event": "block", "source": source, "only": only, "bytes": len(data)}
        # From here on the gateway has control; it may wait for the client.
        self.disarm()
        trace = self.trace
        trace.pause()
        head = trace.take() + _line(head)
        if len(data) <= PIECE:
            self.send(head + data)
        else:
            self.send(head, data)
        wanted = self.goes_on()
        trace.go_on()
        self.arm()
        return wanted

    def arm(self):
        self.clock.arm(self)

    def disarm(self):
        self.clock.disarm(self)

    def report_now(self, event, **fields):
        """From a clock: False when a frame is being written just now."""
        fields["event"] = event
        if not self.lock.acquire(False) or self.writing:
            return False
        self._write(self.trace.take() + _line(fields))
        return True

    def send(self, *frames):
        """Writes frames one after another, and nothing between them."""
        if forked:
            # The pipe belongs to the process this one comes from.
            return
        with self.lock:
            if self.writing:
                self.late += frames
                return
            self.writing = True
            try:
                for frame in frames:
                    self._write(frame)
                while self.late:
                    self._write(self.late.pop(0))
            finally:
                self.writing = False

    def _write(self, data):
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self.frames, rest):]


def _line(fields):
    write = _json if fields["event"] in FREE_TEXT else json.dumps
    return (write(fields) + "\n").encode("utf-8")


# RustPython 0.5's json.dumps is quick, but writes "\x1b" as \u001. So the reports whose text the
# application chose, control characters and all, are written here.
FREE_TEXT = frozenset((
    "printed", "logged", "raised", "load-failed", "timed-out", "environ-changed",
))
ESCAPES = {code: f"\\u{code:04x}" for code in (*range(32), 127)}
ESCAPES[ord('"')], ESCAPES[ord("\\")] = '\\"', "\\\\"


def _json(value):
    if isinstance(value, str):
        if value.replace("\n", "").isprintable():
            return json.dumps(value)
        return '"' + str.translate(value, ESCAPES) + '"'
    if isinstance(value, dict):
        return "{" + ",".join([f'"{key}":{_json(item)}' for key, item in value.items()]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join([_json(item) for item in value]) + "]"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def clean(text):
    """Text that any JSON reader accepts: lone surrogates are written as escapes."""
    return str(text).encode("utf-8", "backslashreplace").decode("utf-8")


def pieces(text):
    """Long text in parts of a size any frame may have."""
    return [text[start:start + PIECE] for start in range(0, len(text), PIECE)]


def take_pipes():
    """The pipes this process was started with, out of reach of the application's own input and
    output."""
    commands, frames = io.open(os.dup(COMMANDS_FD), "rb"), os.dup(FRAMES_FD)
    # What the application writes to descriptor 1 or 2 itself reaches the gateway as output, and
    # reading descriptor 0 finds it empty.
    os.dup2(OUTPUT_FD, FRAMES_FD)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, COMMANDS_FD)
    os.close(nothing)
    return commands, frames


class Output(io.RawIOBase):
    """What stands behind the application's sys.stdout and sys.stderr."""

    def __init__(self, name):
        self.name = name

    def writable(self):
        return True

    def fileno(self):
        return OUTPUT_FD

    def write(self, data):
        if forked:
            os.write(OUTPUT_FD, data)
            return len(data)
        text = bytes(data).decode("utf-8", "backslashreplace")
        if not lanes:
            # What a thread of the application's own prints belongs to the one call there can be.
            self.tell(first, text)
            return len(data)
        lane = lanes.get(get_ident())
        if lane is None:
            os.write(OUTPUT_FD, data)
            return len(data)
        whole, end, rest = (lane.unfinished.get(self.name, "") + text).rpartition("\n")
        lane.unfinished[self.name] = rest
        self.tell(lane, whole + end)
        return len(data)

    def finish(self, lane):
        self.tell(lane, lane.unfinished.pop(self.name, ""))

    def tell(self, lane, text):
        for piece in pieces(text):
            lane.report("printed", output=self.name, text=piece)


def output(raw):
    return io.TextIOWrapper(
        io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=True
    )


class Input:
    """wsgi.input: the request's body. It ends where the body ends and never blocks."""

    def __init__(self, body, lane):
        self._body = io.BytesIO(body)
        self._lane = lane

    def read(self, size=-1):
        return self._seen("read", size, self._body.read(size))

    def readline(self, size=-1):
        return self._seen("readline", size, self._body.readline(size))

    def readlines(self, hint=-1):
        lines = self._body.readlines(hint)
        self._seen("readlines", hint, b"".join(lines))
        return lines

    def __iter__(self):
        return self

    def __next__(self):
        line = self._seen("readline", -1, self._body.readline())
        if not line:
            raise StopIteration
        return line

    def _seen(self, method, size, data):
        argument = "" if size in (-1, None) else size
        self._lane.report("input-read", call=f"{method}({argument})", got=len(data))
        return data


class Errors:
    """wsgi.errors: text for the person who runs the server."""

    def __init__(self, lane):
        self._lane = lane

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"wsgi.errors takes str, not {type(text).__name__}")
        for piece in pieces(clean(text)):
            self._lane.report("logged", text=piece)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass


class FileWrapper:
    """wsgi.file_wrapper: yields a file from where it stands, and closes it."""

    def __init__(self, filelike, blksize=8192):
        self.filelike = filelike
        self.blksize = blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        data = self.filelike.read(self.blksize)
        if not data:
            raise StopIteration
        return data


# The deadline covers each stretch in which the application has control: a call, one next(),
# close(), loading. Waiting for the client is not the application's time.

class Alarm:
    """The clock of the only lane: a timer that interrupts the main thread."""

    def __init__(self):
        signal.signal(signal.SIGALRM, self.ring)

    def arm(self, _lane):
        signal.setitimer(signal.ITIMER_REAL, deadline, 0.05)

    def disarm(self, _lane):
        signal.setitimer(signal.ITIMER_REAL, 0)

    def ring(self, _signal, frame):
        # RustPython passes no frame. When a frame is being written just now, the timer comes
        # again 50 ms later.
        give_up(first, frame or sys._getframe(1))


class Watch:
    """The clock of several lanes: the main thread looks at it while any of them is busy."""

    TICK = 0.1

    def __init__(self):
        from threading import Event
        from time import monotonic, sleep
        self.busy, self.now, self.sleep = Event(), monotonic, sleep

    def arm(self, lane):
        lane.until = self.now() + deadline
        if not self.busy.is_set():
            self.busy.set()

    def disarm(self, lane):
        lane.until = None

    def watch(self):
        while True:
            self.busy.wait()
            self.busy.clear()
            while True:
                armed = [lane for lane in list(lanes.values()) if lane.until is not None]
                if not armed:
                    break
                for lane in armed:
                    until = lane.until
                    if until is not None and until < self.now():
                        give_up(lane, sys._current_frames().get(lane.thread))
                self.sleep(self.TICK)


def give_up(lane, frame):
    if lane.report_now("timed-out", **place(frame)):
        os._exit(EXIT_TIMED_OUT)


def place(frame):
    """The innermost line of the learner's own files that is running."""
    while frame is not None:
        if own(frame.f_code.co_filename):
            return {
                "file": frame.f_code.co_filename,
                "line": frame.f_lineno,
                "code": clean(code_line(frame.f_code.co_filename, frame.f_lineno)),
            }
        frame = frame.f_back
    return {}


def own(filename):
    """Whether a file is one of the project's own."""
    known = owned.get(filename)
    if known is None:
        inside = filename.startswith(project) and filename[len(project):]
        known = owned[filename] = bool(inside) and not (
            inside[0] == "." or "/." in inside or "site-packages" in inside
            or LIBRARY is not None and filename.startswith(LIBRARY)
        )
    return known


def code_line(filename, number):
    lines = sources.get(filename)
    if lines is None:
        return linecache.getline(filename, number).strip()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


class Trace:
    """The lines of the project's own files as they run, and the local variables they see.

    It looks at values without calling any code of theirs, so that looking changes nothing."""

    STEPS, DEPTH, NAMES, WAITING = 2000, 40, 40, 50

    def __init__(self, lane):
        self.lane = lane
        self.thread, self.paused = get_ident(), 1
        self.steps = self.depth = self.calls = 0
        self.waiting = []
        # The calls of generators, which may go on, by their frames' numbers. A frame itself is never
        # kept: that would keep its variables alive.
        self.generators = {}
        # The calls that go on, by their frames' numbers.
        self.open = {}
        self.on = True

    def go_on(self):
        """The application has control."""
        # Only the thread that calls it here is followed.
        if get_ident() == self.thread:
            self.paused -= 1
            if self.on and not self.paused:
                sys.settrace(self.called)

    def pause(self):
        """This file has control: being asked about each of its calls takes time."""
        if get_ident() == self.thread:
            if self.on and not self.paused:
                sys.settrace(None)
            self.paused += 1

    def called(self, frame, event, argument):
        try:
            if event != "call":
                # RustPython asks here again, whatever was answered at the call.
                call = self.open.get(id(frame))
                return call and call.step(frame, event, argument)
            if not self.on or not own(frame.f_code.co_filename) or self.depth >= self.DEPTH:
                return None
            self.depth += 1
            call = self.generators.get(id(frame)) or Call(self, frame)
            call.depth = self.depth
            self.open[id(frame)] = call
            return call.step
        except Exception:
            return self.give_up("a line could not be looked at")

    def give_up(self, reason):
        self.on = False
        sys.settrace(None)
        self.lane.report("trace-stopped", reason=reason)

    def take(self):
        if not self.waiting:
            return b""
        waiting, self.waiting = self.waiting, []
        now = perf_counter_ns()
        files, lines = [], []
        for at, file, *rest in waiting:
            if file not in files:
                files.append(file)
            lines.append([(now - at) // 1000, files.index(file), *rest])
        return _line({"event": "lines", "files": [clean(file) for file in files], "lines": lines})


class Untraced:
    """In the place of a trace where there is none."""

    def go_on(self):
        pass

    def pause(self):
        pass

    def take(self):
        return b""


UNTRACED = Untraced()


class Call:
    """One call of one of the project's functions."""

    def __init__(self, trace, frame):
        self.trace = trace
        code = frame.f_code
        self.file, self.name = code.co_filename, code.co_name
        self.depth = 0
        self.seen = {}
        trace.calls += 1
        self.number = trace.calls
        if code.co_flags & GENERATOR:
            trace.generators[id(frame)] = self

    def step(self, frame, event, _argument):
        trace = self.trace
        try:
            if event == "return":
                trace.depth -= 1
                trace.open.pop(id(frame), None)
            elif event == "line" and trace.on:
                if trace.steps >= trace.STEPS:
                    return trace.give_up(f"{trace.STEPS} lines have run")
                trace.steps += 1
                trace.waiting.append((
                    perf_counter_ns(), self.file, frame.f_lineno, self.name, self.number,
                    self.depth, self.changes(frame.f_locals),
                ))
                if len(trace.waiting) >= trace.WAITING:
                    trace.lane.send(trace.take())
        except Exception:
            return trace.give_up("a line could not be looked at")
        return self.step

    def changes(self, variables):
        changed = []
        for name in list(variables)[:Trace.NAMES]:
            value = variables[name]
            text = brief(value)
            if self.seen.get(name) != text:
                self.seen[name] = text
                changed.append([name, text])
        for name in [name for name in self.seen if name not in variables]:
            del self.seen[name]
            changed.append([name, None])
        return changed


def brief(value, depth=0):
    """A short form of a value, made without calling any method the application defined."""
    kind = type(value)
    if value is None or kind is bool or kind is float:
        return repr(value)
    if kind is int:
        return repr(value) if value.bit_length() < 200 else f"<int of {value.bit_length()} bits>"
    if kind is str or kind is bytes:
        text = clean(repr(value[:BRIEF]))
        return text if len(value) <= BRIEF else f"{text}… ({len(value)})"
    try:
        if kind in (list, tuple, set, frozenset, dict):
            return brief_many(value, kind, depth)
    except RuntimeError:
        # Another thread changes it just now.
        pass
    name = clean(type.__getattribute__(kind, "__name__"))
    if kind in NAMED:
        return f"<{name} {clean(value.__name__)}>"
    if kind is types.ModuleType:
        return "<module>"
    if kind is type:
        return f"<class {clean(type.__getattribute__(value, '__name__'))}>"
    return f"<{name}>"


def brief_many(value, kind, depth):
    name = kind.__name__
    if depth == 2 or kind is dict and len(value) > FEW:
        return f"<{name} of {len(value)}>" if value else f"{name}()"
    items = []
    for item in value:
        if len(items) == FEW:
            items.append(f"… ({len(value)})")
            break
        text = brief(item, depth + 1)
        items.append(f"{text}: {brief(value[item], depth + 1)}" if kind is dict else text)
    opening, closing = BRACKETS[kind]
    comma = "," if kind is tuple and len(value) == 1 else ""
    return opening + ", ".join(items) + comma + closing


BRIEF, FEW = 60, 5
BRACKETS = {
    list: "[]", tuple: "()", set: "{}", dict: "{}", frozenset: ("frozenset({", "})"),
}
NAMED = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.GeneratorType,
)
GENERATOR = 0x20


class Frame:
    """One call of the application, from environ to close()."""

    def __init__(self, application, lane):
        self.application = application
        self.lane = lane
        self.called = False
        self.sent = False
        self.over = False

    def run(self, environ, trace):
        before = dict(environ)
        iterable = None
        try:
            self.trace = self.lane.trace = trace
            self.lane.arm()
            try:
                iterable = self.followed(self.application, environ, self.start_response)
            except BaseException as error:
                self.failed("call", error)
                return
            try:
                self.iterate(iterable)
            except BaseException as error:
                self.failed("iteration", error)
        finally:
            self.over = True
            self.close(iterable)
            changes = changed(before, environ)
            if changes:
                self.lane.report("environ-changed", changes=changes)
            self.lane.disarm()

    def followed(self, function, *arguments):
        """Calls something of the application's."""
        self.trace.go_on()
        try:
            return function(*arguments)
        finally:
            self.trace.pause()

    def failed(self, where, error):
        self.lane.report("raised", **told(where, error))

    def iterate(self, iterable):
        sized = isinstance(iterable, (list, tuple))
        self.lane.report(
            "returned", type=type(iterable).__name__, length=len(iterable) if sized else None
        )
        if isinstance(iterable, str):
            raise TypeError(
                "the application returned a str; it must return an iterable of bytes, "
                "such as [b'Hello']"
            )
        only = sized and len(iterable) == 1
        iterator = self.followed(iter, iterable)
        while True:
            block = self.followed(next, iterator, MISSING)
            if block is MISSING:
                break
            if not isinstance(block, bytes):
                raise TypeError(
                    f"the iterable gave {article(block)}; every block of the body must be bytes"
                )
            if not self.called:
                raise AssertionError("the iterable gave a block before start_response was called")
            self.suspended(iterable)
            if block and not self.block("iterable", block, only):
                return
        if not self.called:
            raise AssertionError("start_response was never called")

    def suspended(self, iterable):
        """Tells where a generator of the project waits to be asked for more."""
        if self.trace is UNTRACED or type(iterable) is not types.GeneratorType:
            return
        frame = iterable.gi_frame
        if frame is not None and own(frame.f_code.co_filename):
            file = clean(frame.f_code.co_filename)
            self.lane.report("suspended", file=file, line=frame.f_lineno)

    def start_response(self, status, headers, exc_info=None, /):
        self.trace.pause()
        try:
            if exc_info:
                if self.sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            elif self.called:
                raise AssertionError("start_response was called a second time without exc_info")
            self.called = True
            check_status(status)
            check_headers(headers)
            self.lane.report(
                "start-response", status=status, headers=headers, exc_info=bool(exc_info)
            )
        finally:
            # A traceback kept here would keep its frames alive (PEP 3333, start_response()).
            exc_info = None
            self.trace.go_on()
        return self.write

    def write(self, data):
        if not isinstance(data, bytes):
            raise TypeError(f"write() was given {article(data)}; it takes bytes")
        if self.over:
            raise AssertionError("write() was called after the response had ended")
        if data and not self.block("write", data, False):
            raise ConnectionAbortedError(
                "no more can be sent: the client has gone, or Content-Length is used up"
            )

    def block(self, source, data, only):
        self.sent = True
        return self.lane.report_block(source, data, only)

    def close(self, iterable):
        method = getattr(iterable, "close", None)
        if method is None:
            return
        self.lane.arm()
        self.lane.report("close-called")
        try:
            self.followed(method)
        except BaseException as error:
            self.failed("close", error)


def article(value):
    name = type(value).__name__
    return f"an {name}" if name[:1] in "aeiou" else f"a {name}"


def check_status(status):
    if not isinstance(status, str):
        raise TypeError(f"status must be a str such as '200 OK', not {article(status)} ({status!r})")
    check_text("status", status)
    code, space, reason = status.partition(" ")
    if not (len(code) == 3 and code.isascii() and code.isdigit() and 100 <= int(code) <= 599):
        raise ValueError(f"status must begin with a code from 100 to 599: {status!r}")
    if not space or not reason or reason != reason.strip():
        raise ValueError(f"status must be a code, one space and a reason, as '200 OK': {status!r}")


def check_headers(headers):
    if not isinstance(headers, list):
        raise TypeError(f"headers must be a list of (name, value) tuples, not {article(headers)}")
    lengths, size = set(), 0
    for item in headers:
        if not isinstance(item, tuple) or len(item) != 2:
            raise TypeError(f"each header must be a (name, value) tuple, not {item!r}")
        name, value = item
        if not isinstance(name, str):
            raise TypeError(f"a header's name must be a str, not {article(name)} ({name!r})")
        if not isinstance(value, str):
            raise TypeError(f"the value of {name} must be a str, not {article(value)} ({value!r})")
        if not name or not TOKEN.issuperset(name):
            raise ValueError(f"{name!r} cannot be the name of a header")
        if name.lower() in HOP_BY_HOP:
            raise ValueError(f"{name} is the server's to set, not the application's")
        check_text(f"the value of {name}", value)
        size += len(name) + len(value)
        if size > HEADERS_SIZE:
            raise ValueError(f"the headers are longer than {HEADERS_SIZE} bytes")
        if name.lower() == "content-length":
            if not (value.isascii() and value.isdigit()):
                raise ValueError(f"Content-Length must be digits: {value!r}")
            lengths.add(int(value))
    if len(lengths) > 1:
        raise ValueError("two different values of Content-Length")


def check_text(what, text):
    for character in text:
        code = ord(character)
        if code < 32 or code == 127:
            raise ValueError(f"{what} may not hold control characters: {text!r}")
        if code > 255:
            raise ValueError(f"{what} may hold latin-1 characters only: {text!r}")


def changed(before, environ):
    changes = []
    try:
        for key in environ:
            old, new = before.get(key, MISSING), environ[key]
            # Another object with the same text is no change to anybody.
            if old is not new and not (type(old) is type(new) is str and old == new):
                changes.append({"key": clean(key), "repr": shown(environ[key])})
        changes += [{"key": key, "repr": None} for key in before if key not in environ]
    except Exception:
        # The application's own objects may fail in any way; then nothing more is told of them.
        pass
    return changes


def shown(value):
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__}: its repr raised {type(error).__name__}>"
    return clean(text if len(text) <= KEPT_REPR else text[:KEPT_REPR] + "…")


def told(where, error):
    """An exception as the gateway records it."""
    try:
        return facts_of(where, error)
    except Exception:
        # An exception may be as odd as any object of the application's.
        name = clean(type.__getattribute__(type(error), "__name__"))
        text = f"{name}, which cannot be shown"
        return {"in": where, "type": name, "message": text, "traceback": text + "\n"}


def facts_of(where, error):
    for path, lines in sources.items():
        # The lines that ran, whatever the file holds by now.
        lines = [line + "\n" for line in lines]
        linecache.cache[path] = (sum(map(len, lines)), None, lines, path)
    this = __file__
    tb = error.__traceback__
    while tb is not None and (tb.tb_frame.f_code.co_filename == this or importing(tb)):
        tb = tb.tb_next
    facts = {
        "in": where,
        "type": type(error).__name__[:KEPT_REPR],
        "message": clean(message(error))[:PIECE],
        "traceback": clean("".join(shortened(error, tb).format()))[:4 * PIECE],
    }
    blame = None
    while tb is not None:
        if own(tb.tb_frame.f_code.co_filename):
            blame = tb.tb_frame.f_code.co_filename, tb.tb_lineno
        tb = tb.tb_next
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        blame = error.filename, error.lineno
    if blame:
        facts["file"], facts["line"] = blame
    return facts


def shortened(error, tb):
    """A traceback without the frames of this file."""
    whole = traceback.TracebackException(type(error), error, tb)
    rest, seen = [whole], set()
    while rest:
        one = rest.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            one.stack[:] = [frame for frame in one.stack if frame.filename != __file__]
            rest += [one.__cause__, one.__context__]
    return whole


def importing(tb):
    """Whether a frame is Python's own way from an import to the module."""
    module = tb.tb_frame.f_globals.get("__name__", "")
    return module.partition(".")[0] in ("importlib", "_frozen_importlib")


def message(error):
    if isinstance(error, SyntaxError):
        return error.msg
    try:
        return str(error)
    except Exception:
        return "(its message cannot be shown)"


class Files:
    """The files the application is made of: those of the project it read and did not write. When
    one of them is saved, the application is to be loaded anew."""

    MOST = 2000
    # What changes a file without opening it: the arguments that name files.
    MOVES = {"os.rename": 2, "os.remove": 1, "os.truncate": 1}

    def __init__(self):
        self.read, self.written = {}, set()
        self.fresh, self.spoiled = [], []

    def listen(self):
        """Hears of every file that is opened from now on."""
        if hasattr(sys, "addaudithook"):
            sys.addaudithook(self.audit)
            return
        # RustPython has no audit events.
        import builtins
        opens = io.open

        def open(file, mode="r", *arguments, **keywords):
            self.opened(file, 0 if set(mode) <= set("rbtU") else WRITES)
            return opens(file, mode, *arguments, **keywords)

        builtins.open = io.open = open

        def watched(moves, count):
            def move(*arguments, **keywords):
                for path in arguments[:count]:
                    self.opened(path, WRITES)
                return moves(*arguments, **keywords)
            return move

        os.rename, os.replace = watched(os.rename, 2), watched(os.replace, 2)
        os.remove, os.unlink = watched(os.remove, 1), watched(os.unlink, 1)
        from _frozen_importlib_external import FileLoader
        get_data = FileLoader.get_data

        def get_data_of(loader, path):
            self.opened(path, 0)
            return get_data(loader, path)

        FileLoader.get_data = get_data_of

    def audit(self, event, arguments):
        if event == "open":
            path, _mode, flags = arguments
            self.opened(path, flags)
        elif event in self.MOVES:
            for path in arguments[:self.MOVES[event]]:
                self.opened(path, WRITES)

    def opened(self, path, flags):
        try:
            path = os.path.abspath(os.fsdecode(path))
            if not own(path):
                return
            if flags and flags & WRITES:
                if path not in self.written:
                    self.written.add(path)
                    self.spoiled.append(path)
                    # Before anybody hears from the system that it was written.
                    self.report(lanes.get(get_ident(), first))
            else:
                self.note(source_of(path))
        except Exception:
            # A descriptor instead of a path, or a file that is not there.
            pass

    def note(self, path):
        """Remembers a file as it is before it is read."""
        if path in self.read or path in self.written or len(self.read) >= self.MOST:
            return
        try:
            stat = os.stat(path)
        except FileNotFoundError:
            # It may be made later.
            self.read[path] = None
            self.fresh.append([clean(path), None])
            return
        if not path.endswith(".pyc") and stat.st_mode & KIND == REGULAR:
            self.read[path] = stat
            self.fresh.append([clean(path), [stat.st_mtime_ns, stat.st_size]])

    def note_library(self):
        """Where a module that is missing may be installed."""
        for folder in sys.path:
            if os.path.isdir(folder) and not own(folder):
                stat = os.stat(folder)
                self.fresh.append([clean(folder), [stat.st_mtime_ns, stat.st_size]])

    def report(self, lane):
        if self.fresh or self.spoiled:
            written = [clean(path) for path in drain(self.spoiled)]
            lane.report("files", read=drain(self.fresh), written=written)


def drain(items):
    """Takes everything out of a list others may append to meanwhile."""
    taken = []
    try:
        while True:
            taken.append(items.pop())
    except IndexError:
        return taken


def source_of(path):
    """The source of a compiled module, and any other path as it is."""
    folder, name = os.path.split(path)
    if name.endswith(".pyc") and os.path.basename(folder) == "__pycache__":
        return os.path.join(os.path.dirname(folder), name.split(".")[0] + ".py")
    return path


def load(command, source):
    """Runs the application's module and finds the application in it."""
    global project
    folder, path = command["folder"], command["path"]
    if command["threads"] > 1:
        # Nothing of one thread's output may wait until another one's goes out.
        for place, stream in enumerate(outputs):
            raw = stream.detach().detach()
            outputs[place] = io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)
        sys.stdout, sys.stderr = outputs
    project = os.path.join(folder, "")
    sys.path.insert(0, folder)
    if path and os.path.dirname(path) != folder:
        # As for a script, what lies beside it comes first.
        sys.path.insert(0, os.path.dirname(path))
        if not path.startswith(project):
            project = os.path.join(os.path.dirname(path), "")
    owned.clear()
    files.listen()
    first.arm()
    try:
        if path:
            sys.argv[:] = [path]
            module = run_file(path, source)
        else:
            sys.argv[:] = [command["module"]]
            module = run_module(command["module"])
        application = find(module, command["callable"])
    except BaseException as error:
        facts = told("load", error)
        if isinstance(error, ModuleNotFoundError):
            files.note_library()
        elif isinstance(error, ImportError) and path and "relative import" in facts["message"]:
            name = os.path.relpath(path, folder)[:-3].replace(os.sep, ".")
            facts["message"] += f"; run it as a module of its package: wsgi-tutor run {name}"
        first.disarm()
        files.report(first)
        first.report("load-failed", **facts)
        return None
    first.disarm()
    files.report(first)
    return application


def run_file(path, source):
    sources[path] = lines_of(source.decode("utf-8", "replace"))
    module = types.ModuleType(os.path.splitext(os.path.basename(path))[0])
    module.__file__ = path
    # A file named as a module of Python's own must not take its place.
    sys.modules.setdefault(module.__name__, module)
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def lines_of(text):
    """The lines of a source as Python counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def run_module(name):
    import importlib.util
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        # A package on the way to it may be missing, or something the package imports.
        if not f"{name}.".startswith(f"{error.name}."):
            raise
        spec = None
    if spec is None:
        folder = folder_of(name.rpartition(".")[0])
        known = modules_of(folder)
        hint = f"the modules in {folder} are {', '.join(known)}" if known else f"{folder} has none"
        raise ModuleNotFoundError(f"there is no module '{name}'; {hint}")
    path = spec.origin
    if path and os.path.isfile(path):
        path = os.path.abspath(path)
        first.report("located", file=clean(path))
        with open(path, encoding="utf-8", errors="replace") as file:
            sources[path] = lines_of(file.read())
    return importlib.import_module(name)


def folder_of(package):
    """Where the modules of a package lie; those of no package lie in the project's folder."""
    paths = getattr(sys.modules.get(package), "__path__", None)
    return list(paths)[0] if paths else project.rstrip(os.sep)


def modules_of(folder):
    entries = sorted(os.listdir(folder))
    packages = [
        name for name in entries if os.path.isfile(os.path.join(folder, name, "__init__.py"))
    ]
    return [name[:-3] for name in entries if name.endswith(".py")] + packages


def find(module, name):
    """The application of this name in a module, or the one that has a usual name."""
    names = [name] if name else USUAL
    for name in names:
        plain = name.removesuffix("()")
        application = attribute(module, plain)
        if plain != name and callable(application):
            # A function that makes the application.
            application = application()
        if callable(application):
            if takes_nothing(application):
                raise TypeError(
                    f"'{name}' takes no arguments, and the server would call it with environ and "
                    f"start_response; if it makes the application, name it as {name}()"
                )
            return application
        if application is not MISSING:
            raise TypeError(
                f"'{name}' is {article(application)}, which cannot be called{there(module)}"
            )
    file = os.path.basename(getattr(module, "__file__", None) or "__init__.py")
    if file == "__init__.py":
        file = module.__name__
    wanted = " and no ".join(f"'{name}'" for name in names)
    those = "that name" if len(names) == 1 else "these names"
    raise AttributeError(
        f"{file} defines no {wanted}; the server looks for {those}{there(module)}"
    )


def takes_nothing(application):
    """Whether a function can be called without arguments only."""
    if not isinstance(application, types.FunctionType):
        return False
    code = application.__code__
    return code.co_argcount == 0 and not code.co_flags & VARIABLE_ARGUMENTS


def attribute(value, path):
    for name in path.split("."):
        value = getattr(value, name, MISSING)
    return value


def there(module):
    """The callables a module defines, and after them those it imports."""
    def imported(value):
        named = isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType))
        return named and getattr(value, "__module__", None) != module.__name__

    names = [
        (imported(value), name)
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_")
    ]
    shown = [name for _, name in sorted(names, key=lambda name: name[0])][:SHOWN_CALLABLES]
    return f"; callable here: {', '.join(shown)}" if shown else "; nothing in it can be called"


def describe(application):
    name = clean(getattr(application, "__name__", None))[:KEPT_REPR]
    if isinstance(application, type):
        return f"class {name}"
    if isinstance(application, types.FunctionType):
        return f"function {name}"
    return f"instance of {type(application).__name__}"


def call(command, body, application, lane):
    environ = command["environ"]
    environ["wsgi.version"] = (1, 0)
    environ["wsgi.input"] = Input(body, lane)
    environ["wsgi.errors"] = Errors(lane)
    environ["wsgi.file_wrapper"] = FileWrapper
    lane.report(
        "environ",
        entries=[[key, shown(value), type(value).__name__] for key, value in environ.items()],
        callable=describe(application),
    )
    Frame(application, lane).run(environ, Trace(lane) if command["trace"] else UNTRACED)
    if forked:
        # The next call is the parent's too.
        os._exit(0)
    lane.trace = UNTRACED
    for stream in outputs:
        try:
            stream.flush()
        except ValueError:
            # The application closed it.
            pass
    for raw in raws:
        raw.finish(lane)
    files.report(lane)
    lane.report("finished")


def serve(application, lane):
    """Calls the application as often as the gateway asks; before it is loaded, loads it."""
    while True:
        command = lane.command()
        if command is None:
            # Threads the application left running must not keep the process alive.
            os._exit(0)
        command, data = command
        if command["do"] == "call":
            call(command, data, application, lane)
        elif command["do"] == "warm":
            warm(command["modules"])
        elif command["do"] == "load":
            application = load(command, data)
            if application is None:
                continue
            if command["threads"] > 1:
                share(application, command)
            first.report("loaded", callable=describe(application), imports=imports())
            if command["threads"] > 1:
                first.clock.watch()


def imports():
    """The modules of the standard library that are loaded by now, for the next worker to begin
    with. The libraries of others may depend on what the application does before it imports them."""
    if not PATCHERS.isdisjoint(sys.modules):
        # They want to be there before anything they change.
        return []
    library = getattr(sys, "stdlib_module_names", frozenset()) - NOISY
    return [
        name for name, module in list(sys.modules.items())
        if name.partition(".")[0] in library and name not in born
        and not own(str(getattr(module, "__file__", None)))
    ]


def warm(modules):
    from importlib import import_module
    for name in modules:
        try:
            import_module(name)
        except Exception:
            # The application that needs it will be told.
            return


def share(application, command):
    """Opens as many lanes as the gateway wants, each with a thread and a connection of its own."""
    import socket
    from threading import Thread
    first.clock = clock = Watch()

    def run(connection):
        commands = connection.makefile("rb")
        lane = Lane(commands, connection.fileno(), clock)
        lanes[lane.thread] = lane
        serve(application, lane)

    for _ in range(command["threads"]):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(command["lanes"])
        Thread(target=run, args=(connection,), daemon=True).start()


# Libraries that change the standard one, and modules that do something when they are imported.
PATCHERS = {"gevent", "eventlet"}
NOISY = {"antigravity", "this", "idlelib", "turtledemo", "__main__"}
def forget_the_pipe():
    global forked
    forked = True


MISSING = object()
USUAL = ["application", "app"]
SHOWN_CALLABLES = 12
VARIABLE_ARGUMENTS = 0x04
# Libraries that change the standard one, and modules that do something when they are imported.
PATCHERS = {"gevent", "eventlet"}
NOISY = {"antigravity", "this", "idlelib", "turtledemo", "__main__"}
LIBRARY = os.path.join(os.path.dirname(os.__file__), "") if hasattr(os, "__file__") else None

# Processes that multiprocessing spawns run this file too, under another name.
if __name__ == "__main__":
    deadline = float(sys.argv[1])
    project = os.sep
    owned, sources = {}, {}
    files = Files()
    # Where several threads call the application: their lanes.
    lanes = {}
    forked = False
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget_the_pipe)
    first = Lane(*take_pipes(), Alarm())
    sys.dont_write_bytecode = True
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.implementation.name == "rustpython":
        # Its guesses are no place to import from.
        sys.path[:] = [path for path in sys.path if os.path.isdir(path)]
    sys.path[:] = [path for path in sys.path if path != here]
    raws = Output("stdout"), Output("stderr")
    outputs = [output(raw) for raw in raws]
    sys.stdout, sys.stderr = outputs
    first.report(
        "ready",
        implementation=sys.implementation.name,
        version=sys.version.split()[0],
        executable=sys.executable,
    )
    # While nobody waits; and before the project's own files may have the names these import.
    import linecache
    import traceback
    born = frozenset(sys.modules)
    serve(None, first)
