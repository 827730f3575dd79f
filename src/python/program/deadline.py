"""Ends the application when it keeps control too long.

The deadline covers each stretch in which the application has control: a call, one next(), close(),
loading. Waiting for the client is not the application's time.
"""

import signal
import sys
from time import perf_counter_ns

from .base import EXIT_TIMED_OUT, PROGRAM_FILE, os_exit
from .control import ITERATION
from .project import is_project_file, place
from .state import state

# The signal that says that the client has left. It is ignored by default, so it does no harm where
# the application has replaced the handler.
ABANDON_SIGNAL = signal.SIGURG


class Abandoned(GeneratorExit):
    """The client has left during a response, and others wait. In a generator that waits at a yield
    close() raises GeneratorExit; this one is raised while the generator runs."""


class TimerDeadline:
    """The deadline of the only channel: a timer that interrupts the main thread."""

    def __init__(self):
        signal.signal(signal.SIGALRM, self.ring)
        signal.signal(ABANDON_SIGNAL, self.abandon)

    def arm(self, _channel):
        self.until = perf_counter_ns() + int(state.deadline * 1e9)
        signal.setitimer(signal.ITIMER_REAL, state.deadline, 0.05)

    def disarm(self, _channel):
        signal.setitimer(signal.ITIMER_REAL, 0)

    def ring(self, _signal, frame):
        early = self.until - perf_counter_ns()
        if early > 1_000_000:
            # The application has set the timer; there is one of them.
            signal.setitimer(signal.ITIMER_REAL, early / 1e9, 0.05)
            return
        # RustPython passes no frame.
        give_up(state.first_channel, frame or sys._getframe(1))

    def abandon(self, _signal, frame):
        # RustPython passes no frame.
        if is_inside(frame or sys._getframe(1), ITERATION):
            raise Abandoned("the client has left, and others wait")


def is_inside(frame, code):
    """Whether a frame belongs to what the application does within a call of this code. What the
    program does for it, such as reporting, must not be interrupted."""
    is_own = False
    while frame is not None and frame.f_code is not code:
        file = frame.f_code.co_filename
        if file == PROGRAM_FILE and not is_own:
            return False
        is_own = is_own or is_project_file(file)
        frame = frame.f_back
    return is_own and frame is not None


class PolledDeadline:
    """The deadline of several channels: the main thread looks at them while any is busy."""

    POLL_INTERVAL = 0.1

    def __init__(self):
        from threading import Event
        from time import monotonic, sleep
        self.busy, self.now, self.sleep = Event(), monotonic, sleep

    def arm(self, channel):
        channel.until = self.now() + state.deadline
        if not self.busy.is_set():
            self.busy.set()

    def disarm(self, channel):
        channel.until = None

    def watch(self):
        while True:
            self.busy.wait()
            self.busy.clear()
            while True:
                channels = list(state.channels.values())
                armed = [channel for channel in channels if channel.until is not None]
                if not armed:
                    break
                for channel in armed:
                    until = channel.until
                    if until is not None and until < self.now():
                        give_up(channel, sys._current_frames().get(channel.thread))
                self.sleep(self.POLL_INTERVAL)


def give_up(channel, frame):
    """Reports that the deadline has passed, and exits. Where a frame is being written just now, the
    thread that writes it does this afterwards; and the deadline is looked at again."""
    channel.overdue = not channel.report_now("timed-out", **place(frame))
    if not channel.overdue:
        os_exit(EXIT_TIMED_OUT)
