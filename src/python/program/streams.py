"""The application's own input and output: wsgi.input, wsgi.errors, wsgi.file_wrapper, sys.stdout
and sys.stderr."""

import io
import os
import sys
from _thread import get_ident

from .base import OUTPUT_FD
from .project import calls_for_project
from .state import state
from .text import clean, split_text
from .values import short_repr
from .violations import Violation, locate, project_frames, report_violation


class Output(io.RawIOBase):
    """What stands behind the application's sys.stdout and sys.stderr."""

    def __init__(self, name):
        self.name = name

    def writable(self):
        return True

    def fileno(self):
        return OUTPUT_FD

    def write(self, data):
        if state.forked:
            os.write(OUTPUT_FD, data)
            return len(data)
        text = bytes(data).decode("utf-8", "backslashreplace")
        if not state.channels:
            # What the application's own threads print belongs to the one call there can be.
            self.report(state.first_channel, text)
            return len(data)
        channel = state.channels.get(get_ident())
        if channel is None:
            os.write(OUTPUT_FD, data)
            return len(data)
        whole, end, rest = (channel.unfinished.get(self.name, "") + text).rpartition("\n")
        channel.unfinished[self.name] = rest
        self.report(channel, whole + end)
        return len(data)

    def finish(self, channel):
        self.report(channel, channel.unfinished.pop(self.name, ""))

    def report(self, channel, text):
        for piece in split_text(text):
            channel.report("printed", output=self.name, text=piece)


def text_output(raw):
    return io.TextIOWrapper(
        io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=True
    )


def current_channel():
    """The channel of the current thread, if it is one that calls the application."""
    thread = get_ident()
    if state.channels:
        return state.channels.get(thread)
    first = state.first_channel
    return first if first.thread == thread else None


class RequestStream:
    """A stream of one request. On some servers it cannot be used when the request has ended."""

    def __init__(self, channel):
        self._channel, self._call = channel, channel.ended

    def _check(self):
        """Whether this stream belongs to an earlier call. Reports that once in a call."""
        if self._call == self._channel.ended:
            return False
        channel = current_channel()
        is_first = channel is not None and channel.late_use != channel.ended
        if is_first and project_frames(sys._getframe(2)):
            channel.late_use = channel.ended
            name = repr(self)[1:-1]
            report_violation(
                channel, "stream-kept", f"{name} of a request that has ended was used",
                subject=name,
            )
        return True


class Input(RequestStream):
    """wsgi.input: the request's body. It ends where the body ends and never blocks."""

    def __init__(self, body, channel):
        super().__init__(channel)
        self._body, self._at = body, 0

    def __repr__(self):
        return "<wsgi.input>"

    def read(self, size=-1):
        # The program's own calls need not be traced.
        self._channel.trace.pause()
        try:
            return self._seen("read", size, self._take(self._end(size)))
        finally:
            self._channel.trace.go_on()

    def readline(self, size=-1):
        self._channel.trace.pause()
        try:
            return self._seen("readline", size, self._line(self._end(size)))
        finally:
            self._channel.trace.go_on()

    def readlines(self, hint=-1):
        self._channel.trace.pause()
        try:
            lines = self._lines(hint)
            self._seen("readlines", hint, b"".join(lines))
            return lines
        finally:
            self._channel.trace.go_on()

    def __iter__(self):
        return self

    def __next__(self):
        self._channel.trace.pause()
        try:
            line = self._seen("readline", -1, self._line(len(self._body)))
        finally:
            self._channel.trace.go_on()
        if not line:
            raise StopIteration
        return line

    def _lines(self, hint):
        lines, left = [], hint
        while line := self._line(len(self._body)):
            lines.append(line)
            if hint is not None and hint > 0:
                left -= len(line)
                if left <= 0:
                    break
        return lines

    def _end(self, size):
        """Where so many more bytes end."""
        end = len(self._body)
        return end if size is None or size < 0 else min(self._at + size, end)

    def _line(self, end):
        line_end = self._body.find(b"\n", self._at, end) + 1
        return self._take(line_end or end)

    def _take(self, end):
        at, self._at = self._at, end
        if at == 0 and end == len(self._body):
            # The body itself, not a copy: from now on only the application holds it.
            whole, self._body, self._at = self._body, b"", 0
            return whole
        return self._body[at:end]

    def _seen(self, method, size, data):
        self._check()
        argument = "" if size in (-1, None) else size
        frame = sys._getframe(2)
        # What a framework reads for itself has no place in the project.
        location = locate(frames=project_frames(frame)) if calls_for_project(frame) else {}
        self._channel.report(
            "input-read", call=f"{method}({argument})", got=len(data), **location
        )
        return data


class Errors(RequestStream):
    """wsgi.errors: text for the person who runs the server."""

    def __repr__(self):
        return "<wsgi.errors>"

    def write(self, text):
        if not isinstance(text, str):
            raise Violation(
                TypeError, "errors-bytes",
                f"wsgi.errors takes str, not {type(text).__name__} ({short_repr(text)})",
            ).report(self._channel)
        # What is written late belongs to the request during which it is written.
        channel = self._check() and current_channel() or self._channel
        for piece in split_text(clean(text)):
            channel.report("logged", text=piece)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass


class FileWrapper:
    """wsgi.file_wrapper: yields a file from its current position, and closes it."""

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
