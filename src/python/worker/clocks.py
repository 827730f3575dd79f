# The deadline covers each stretch in which the application has control: a call, one next(),
# close(), loading. Waiting for the client is not the application's time.

EXIT_TIMED_OUT = 124
# By default it is ignored, so it does no harm where the application has taken it for itself.
HURRY = signal.SIGURG


class Abandoned(GeneratorExit):
    """The client has left in the midst of an answer, and others wait. It is what close() raises in a
    generator that waits at a yield; here it comes while the generator runs."""


class Alarm:
    """The clock of the only lane: a timer that interrupts the main thread."""

    def __init__(self):
        signal.signal(signal.SIGALRM, self.ring)
        signal.signal(HURRY, self.hurry)

    def arm(self, _lane):
        self.until = perf_counter_ns() + int(deadline * 1e9)
        signal.setitimer(signal.ITIMER_REAL, deadline, 0.05)

    def disarm(self, _lane):
        signal.setitimer(signal.ITIMER_REAL, 0)

    def ring(self, _signal, frame):
        early = self.until - perf_counter_ns()
        if early > 1_000_000:
            # The application has set the timer; there is one of them.
            signal.setitimer(signal.ITIMER_REAL, early / 1e9, 0.05)
            return
        # RustPython passes no frame.
        give_up(first, frame or sys._getframe(1))


    def hurry(self, _signal, frame):
        # RustPython passes no frame.
        if is_inside(frame or sys._getframe(1), ITERATION):
            raise Abandoned("the client has left, and others wait")


def is_inside(frame, code):
    """Whether a frame belongs to what the application does within a call of this code. What this file does
    for it, such as reporting, must not be interrupted."""
    is_own = False
    while frame is not None and frame.f_code is not code:
        file = frame.f_code.co_filename
        if file == __file__ and not is_own:
            return False
        is_own = is_own or own(file)
        frame = frame.f_back
    return is_own and frame is not None


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
    # Where a frame is being written just now, what writes it gives up after it; and the clock comes again.
    lane.overdue = not lane.report_now("timed-out", **place(frame))
    if not lane.overdue:
        leave(EXIT_TIMED_OUT)
