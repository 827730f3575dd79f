"""The channels to the gateway: commands in, frames out."""

import os
import sys
from _thread import RLock, get_ident

from .base import (
    COMMANDS_FD, EXIT_NO_PIPE, FRAMES_FD, OUTPUT_FD, os_exit, os_read, os_write,
)
from .deadline import give_up
from .protocol import BLOCK, decode_json, event_frame, gather
from .state import state
from .text import MAX_PIECE
from .trace import UNTRACED

# How much of a command is read at once: most are far shorter, and each read allocates as much.
MAX_COMMAND_READ = 4 * 1024


class Channel:
    """One thread that calls the application: its pipes from and to the gateway, its deadline."""

    def __init__(self, commands, frames, deadline):
        # The descriptors, and what was read of the commands but not taken yet.
        self.commands, self.unread = commands, b""
        self.frames = frames
        self.deadline = deadline
        # Held while frames are written. A finalizer or signal handler of the application may report
        # something meanwhile, on the same thread; its frames are written after these.
        self.lock = RLock()
        self.writing, self.late = False, []
        # The thread that calls the application here.
        self.thread = get_ident()
        # When the step that goes on now must have ended, where the deadline is polled.
        self.until = None
        # Whether it took too long, and a frame was being written when that was found.
        self.overdue = False
        # How many calls have ended here, and in which of them a stream of an earlier one was used.
        self.ended, self.late_use = 0, None
        # The lines that run, while an application is traced.
        self.trace = UNTRACED
        # Frames that go out with the next one.
        self.held = b""
        # Output without its line's end, where channels must not mix their lines.
        self.unfinished = {}

    def command(self):
        """The next command and what came with it, or None when the gateway has gone."""
        line = self.line()
        if line is None:
            return None
        command = decode_json(line)
        return command, self.body(command["bytes"]) if "bytes" in command else b""

    def line(self):
        """The next line from the gateway, or None when it has gone."""
        # RustPython's readline() reads byte by byte.
        while b"\n" not in self.unread:
            data = os_read(self.commands, MAX_COMMAND_READ)
            if not data:
                return None
            self.unread += data
        line, _, self.unread = self.unread.partition(b"\n")
        return line

    def body(self, count):
        """The next bytes from the gateway."""
        begun, self.unread = self.unread[:count], self.unread[count:]
        return begun if len(begun) == count else gather(self.read_pieces(begun, count), count)

    def read_pieces(self, begun, count):
        yield begun
        left = count - len(begun)
        while left > 0:
            data = os_read(self.commands, min(left, MAX_PIECE))
            if not data:
                os_exit(EXIT_NO_PIPE)
            left -= len(data)
            yield data

    def goes_on(self):
        """Whether the gateway wants another block."""
        line = self.line()
        if line is None:
            os_exit(EXIT_NO_PIPE)
        return line == b'{"do":"next"}'

    def report(self, event, **fields):
        trace = self.trace
        trace.pause()
        self.send(self.take() + event_frame(event, fields))
        trace.go_on()

    def hold(self, event, **fields):
        """Reports something together with the next report, which follows at once."""
        self.held = self.take() + event_frame(event, fields)

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
        """Hands over a body's only block, after which nothing more is asked for: there is no need
        to wait for the gateway's answer."""
        self.send_block(b"iterable", data, True, True)
        # What is left to look at may be objects of the application's.
        self.arm()

    def send_block(self, source, data, only, last):
        if state.forked:
            # The application forked, and this is the child: the parent gives the response.
            os_exit(0)
        if type(data) is not bytes:
            # A subclass may report another length than it has.
            data = b"".join((data,))
        # From here on the gateway has control, and may wait for the client.
        self.disarm()
        only, last = (b"true" if it else b"false" for it in (only, last))
        head = self.take() + state.mark.encode() + BLOCK % (source, only, last, len(data))
        if len(data) <= MAX_PIECE:
            self.send(head + data)
        else:
            self.send(head, data)

    def arm(self):
        self.overdue = False
        self.deadline.arm(self)

    def disarm(self):
        self.deadline.disarm(self)

    def report_now(self, event, **fields):
        """Reports where a deadline has passed; False when a frame is being written just now."""
        if not self.lock.acquire(False):
            return False
        try:
            if not self.writing:
                self._write(self.take() + event_frame(event, fields))
            return not self.writing
        finally:
            self.lock.release()

    def send(self, *frames):
        """Writes frames one after another, and nothing between them."""
        if state.forked:
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
            written = os_write(self.frames, data)
            while written < len(data):
                written += os_write(self.frames, memoryview(data)[written:])
        except OSError:
            # The tutor has gone, or the application has closed a descriptor that is not its own.
            os_exit(EXIT_NO_PIPE)


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
