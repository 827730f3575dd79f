# The lanes to the gateway: commands in, frames out.


class Lane:
    """One place where the application is called: the pipes to and from the gateway, and the clock
    that ends a step that takes too long."""

    def __init__(self, commands, frames, clock):
        # The descriptors, and what was read of the commands and not taken yet.
        self.commands, self.unread = commands, b""
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
        # Whether it took too long, and a frame was being written when that was found.
        self.overdue = False
        # How many calls have ended here, and in which of them a stream of an earlier one was used.
        self.ended, self.late_use = 0, None
        # The lines that run, while an application is traced.
        self.trace = UNTRACED
        # Frames that go out with the next one.
        self.held = b""
        # Output without its line's end, where lanes must not mix their lines.
        self.unfinished = {}

    def command(self):
        """The next command and what came with it, or None when the gateway has gone."""
        line = self.line()
        if line is None:
            return None
        command = DECODE(line)
        return command, self.body(command["bytes"]) if "bytes" in command else b""

    def line(self):
        """The next line from the gateway, or None when it has gone."""
        # RustPython's readline() reads byte by byte.
        while b"\n" not in self.unread:
            data = get(self.commands, COMMAND)
            if not data:
                return None
            self.unread += data
        line, _, self.unread = self.unread.partition(b"\n")
        return line

    def body(self, count):
        """The next bytes from the gateway."""
        begun, self.unread = self.unread[:count], self.unread[count:]
        return begun if len(begun) == count else gathered(self.pieces(begun, count), count)

    def pieces(self, begun, count):
        yield begun
        left = count - len(begun)
        while left > 0:
            data = get(self.commands, min(left, PIECE))
            if not data:
                leave(EXIT_NO_PIPE)
            left -= len(data)
            yield data

    def goes_on(self):
        """Whether the gateway wants another block."""
        line = self.line()
        if line is None:
            leave(EXIT_NO_PIPE)
        return line == b'{"do":"next"}'

    def report(self, event, **fields):
        trace = self.trace
        trace.pause()
        self.send(self.take() + _line(event, fields))
        trace.go_on()

    def hold(self, event, **fields):
        """Reports what the next report, which comes at once, can take along."""
        self.held = self.take() + _line(event, fields)

    def take(self):
        held, self.held = self.held, b""
        return held + self.trace.take()

    def report_block(self, source, data, only):
        """Hands over a block of the body; returns whether another one is wanted."""
        trace = self.trace
        trace.pause()
        self.send_block(source, data, only, False)
        wanted = self.goes_on()
        trace.go_on()
        self.arm()
        return wanted

    def report_last(self, data):
        """Hands over a body's only block, after which nothing more is asked for: nobody need wait for
        the gateway's answer."""
        self.send_block(b"iterable", data, True, True)
        # What is left to look at may be objects of the application's.
        self.arm()

    def send_block(self, source, data, only, last):
        if forked:
            # The application forked, and here is the child: the answer is the parent's to give.
            leave(0)
        if type(data) is not bytes:
            # Its length is another matter than what its class says of it.
            data = b"".join((data,))
        # From here on the gateway has control; it may wait for the client.
        self.disarm()
        only, last = (b"true" if it else b"false" for it in (only, last))
        head = self.take() + MARK.encode() + BLOCK % (source, only, last, len(data))
        if len(data) <= PIECE:
            self.send(head + data)
        else:
            self.send(head, data)

    def arm(self):
        self.overdue = False
        self.clock.arm(self)

    def disarm(self):
        self.clock.disarm(self)

    def report_now(self, event, **fields):
        """From a clock: False when a frame is being written just now."""
        if not self.lock.acquire(False):
            return False
        try:
            if not self.writing:
                self._write(self.take() + _line(event, fields))
            return not self.writing
        finally:
            self.lock.release()

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
            if self.overdue:
                give_up(self, sys._getframe(1))

    def _write(self, data):
        try:
            # Most often all of it goes at once.
            written = put(self.frames, data)
            while written < len(data):
                written += put(self.frames, memoryview(data)[written:])
        except OSError:
            # The tutor has gone, or the application has closed what is not its own.
            leave(EXIT_NO_PIPE)


BLOCK = b'{"block":{"source":"%s","only":%s,"last":%s,"bytes":%d}}\n'


def _line(event, fields):
    return _frame(event, ENCODE(fields))


def _frame(event, fields):
    return f'{MARK}{{"{event}":{fields}}}\n'.encode("utf-8")


# RustPython 0.5's own json takes longer than a whole small application.
if sys.implementation.name == "rustpython":
    ENCODE, DECODE = native_encode, native_decode
else:
    import json
    # The scanner and the encoder themselves: what json has around them takes longer than they do.
    SCAN = json.JSONDecoder().scan_once

    def DECODE(line):
        value, _ = SCAN(line.decode("utf-8"), 0)
        return value

    ENCODE = json.JSONEncoder(check_circular=False).encode
    if json.encoder.c_make_encoder is not None:
        CHUNKS = json.encoder.c_make_encoder(
            None, json.JSONEncoder().default, json.encoder.encode_basestring_ascii, None, ":", ",",
            False, False, True,
        )

        def ENCODE(fields):
            return "".join(CHUNKS(fields, 0))


def gathered(pieces, count):
    """So many bytes, which come in pieces, as one: in the memory once, in room that need not grow."""
    room = io.BytesIO()
    room.seek(count - 1)
    room.write(b"\0")
    room.seek(0)
    for piece in pieces:
        room.write(piece)
    return room.getvalue()


if sys.implementation.name == "rustpython":
    def gathered(pieces, count):
        # Its BytesIO gives a copy.
        room, at = bytearray(count), 0
        for piece in pieces:
            room[at:at + len(piece)] = piece
            at += len(piece)
        return native_bytes(room)


def clean(text):
    """Text that any JSON reader accepts: lone surrogates are written as escapes."""
    return str(text).encode("utf-8", "backslashreplace").decode("utf-8")


def pieces(text):
    """Long text in parts of a size any frame may have."""
    return [text[start:start + PIECE] for start in range(0, len(text), PIECE)]


def take_pipes():
    """The pipes this process was started with, out of reach of the application's own input and
    output."""
    commands, frames = os.dup(COMMANDS_FD), os.dup(FRAMES_FD)
    # What the application writes to descriptor 1 or 2 itself reaches the gateway as output, and
    # reading descriptor 0 finds it empty.
    os.dup2(OUTPUT_FD, FRAMES_FD)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, COMMANDS_FD)
    os.close(nothing)
    return commands, frames
