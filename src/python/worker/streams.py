# The application's own input and output: wsgi.input, wsgi.errors, wsgi.file_wrapper, sys.stdout and
# sys.stderr.


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


def lane_here():
    """Where the thread that runs calls the application, if it does."""
    here = get_ident()
    if lanes:
        return lanes.get(here)
    return first if first.thread == here else None


class OfOneRequest:
    """A stream of one request. Some servers let nobody use it any more when that has ended."""

    def __init__(self, lane):
        self._lane, self._call = lane, lane.ended

    def _check(self):
        """Tells once in a call that a stream of an earlier one is used; returns whether it is."""
        if self._call == self._lane.ended:
            return False
        lane = lane_here()
        if lane is not None and lane.late_use != lane.ended and own_frames(sys._getframe(2)):
            lane.late_use = lane.ended
            name = repr(self)[1:-1]
            breach(
                lane, "stream-kept", f"{name} of a request that has ended was used", subject=name,
            )
        return True


class Input(OfOneRequest):
    """wsgi.input: the request's body. It ends where the body ends and never blocks."""

    def __init__(self, body, lane):
        super().__init__(lane)
        self._body, self._at = body, 0

    def __repr__(self):
        return "<wsgi.input>"

    def read(self, size=-1):
        # None of this file's own calls need be followed.
        self._lane.trace.pause()
        try:
            return self._seen("read", size, self._take(self._end(size)))
        finally:
            self._lane.trace.go_on()

    def readline(self, size=-1):
        self._lane.trace.pause()
        try:
            return self._seen("readline", size, self._line(self._end(size)))
        finally:
            self._lane.trace.go_on()

    def readlines(self, hint=-1):
        self._lane.trace.pause()
        try:
            lines = self._lines(hint)
            self._seen("readlines", hint, b"".join(lines))
            return lines
        finally:
            self._lane.trace.go_on()

    def __iter__(self):
        return self

    def __next__(self):
        self._lane.trace.pause()
        try:
            line = self._seen("readline", -1, self._line(len(self._body)))
        finally:
            self._lane.trace.go_on()
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
            # The body itself, and not a copy of it; who holds it now is the application alone.
            whole, self._body, self._at = self._body, b"", 0
            return whole
        return self._body[at:end]

    def _seen(self, method, size, data):
        self._check()
        argument = "" if size in (-1, None) else size
        frame = sys._getframe(2)
        # What a framework reads is its own business.
        whose = by(frames=own_frames(frame)) if for_the_project(frame) else {}
        self._lane.report("input-read", call=f"{method}({argument})", got=len(data), **whose)
        return data


class Errors(OfOneRequest):
    """wsgi.errors: text for the person who runs the server."""

    def __repr__(self):
        return "<wsgi.errors>"

    def write(self, text):
        if not isinstance(text, str):
            raise Broken(
                TypeError, "errors-bytes",
                f"wsgi.errors takes str, not {type(text).__name__} ({brief(text)})",
            ).told(self._lane)
        # What is written late belongs to the request in which it is.
        lane = self._check() and lane_here() or self._lane
        for piece in pieces(clean(text)):
            lane.report("logged", text=piece)
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
