# The lanes to the gateway: commands in, frames out.


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
        command = loads(line)
        return command, self.commands.read(command["bytes"]) if "bytes" in command else b""

    def goes_on(self):
        """Whether the gateway wants another block."""
        line = self.commands.readline()
        if not line:
            leave(EXIT_NO_PIPE)
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
            leave(0)
        if type(data) is not bytes:
            # Its length is another matter than what its class says of it.
            data = b"".join((data,))
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
        try:
            while rest:
                rest = rest[put(self.frames, rest):]
        except OSError:
            # The tutor has gone, or the application has closed what is not its own.
            leave(EXIT_NO_PIPE)


def _line(fields):
    write = _json if fields["event"] in FREE_TEXT else dumps
    return f"{MARK}{write(fields)}\n".encode("utf-8")


# RustPython 0.5's json.dumps is quick, but writes "\x1b" as \u001. So the reports whose text the
# application chose, control characters and all, are written here.
FREE_TEXT = frozenset((
    "printed", "logged", "raised", "load-failed", "timed-out", "environ-changed", "rule-broken",
))
ESCAPES = {code: f"\\u{code:04x}" for code in (*range(32), 127)}
ESCAPES[ord('"')], ESCAPES[ord("\\")] = '\\"', "\\\\"


def _json(value):
    if isinstance(value, str):
        if value.replace("\n", "").isprintable():
            return dumps(value)
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
