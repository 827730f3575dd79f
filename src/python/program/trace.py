"""The lines of the project's own files as they run."""

import sys
from _thread import get_ident
from time import perf_counter_ns

from .base import EMBEDDED, MISSING
from .limits import (
    FLUSH_INTERVAL, MAX_CALL_DEPTH, MAX_ITEMS, MAX_STEPS, MAX_VARIABLES, MAX_WAITING_LINES,
)
from .native import native_called, native_lines, native_watch
from .project import is_project_file, variables_of
from .protocol import encode_json, event_frame, raw_event_frame
from .text import clean
from .values import short_repr

# A code object's flag: it is a generator's.
GENERATOR = 0x20
PLAIN = frozenset((str, bytes, int, float, bool, type(None)))


class Trace:
    """The lines of the project's own files as they run, and the local variables they see.

    It looks at values without calling any code of theirs, so that looking changes nothing."""

    def __init__(self, channel):
        self.channel = channel
        self.thread, self.paused = get_ident(), 1
        self.steps = self.depth = self.calls = 0
        self.waiting = []
        # The names of the files that the lines are in, and the position of each.
        self.files, self.numbers = [], {}
        # The calls of generators, which may go on, by their frames' numbers. A frame itself is
        # never kept: that would keep its variables alive.
        self.generators = {}
        # What the application is given as start_response, which the program keeps alive anyway.
        self.given = None
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
        """The program has control: tracing its own calls would take time."""
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
            is_project = is_project_file(frame.f_code.co_filename)
            if not self.on or not is_project or self.depth >= MAX_CALL_DEPTH:
                return None
            self.depth += 1
            call = self.generators.get(id(frame))
            if call is None or not call.goes_on(frame):
                call = TracedCall(self, frame)
            call.depth = self.depth
            self.open[id(frame)] = call
            return call.step
        except Exception:
            return self.give_up("a line could not be looked at")

    def give_up(self, reason):
        self.on = False
        sys.settrace(None)
        self.channel.report("trace-stopped", reason=reason)

    def number_of(self, path):
        """The position of a file among those that are reported."""
        number = self.numbers.get(path)
        if number is None:
            number = self.numbers[path] = len(self.files)
            self.files.append(clean(path))
        return number

    def tell(self):
        self.channel.send(self.channel.take())

    def take(self):
        if not self.waiting:
            return b""
        waiting, self.waiting = self.waiting, []
        return event_frame("lines", {
            "now": perf_counter_ns(), "files": self.files, "lines": waiting,
        })

    def end(self):
        """The call is over: drops what would keep parts of it alive in a cycle."""
        self.given = None
        self.generators.clear()


class Untraced:
    """Stands for a trace where none is wanted."""

    given = None

    def end(self):
        pass

    def go_on(self):
        pass

    def pause(self):
        pass

    def take(self):
        return b""


UNTRACED = Untraced()


class TracedCall:
    """One call of one of the project's functions."""

    def __init__(self, trace, frame):
        self.trace = trace
        self.code = code = frame.f_code
        self.start = frame.f_lasti
        self.file, self.name = trace.number_of(code.co_filename), code.co_name
        self.depth = 0
        # The short forms of the variables; and the values that look the same as long as they are
        # identical, and that keep nothing else alive.
        self.seen, self.same = {}, {}
        trace.calls += 1
        self.number = trace.calls
        if code.co_flags & GENERATOR:
            trace.generators[id(frame)] = self

    def goes_on(self, frame):
        """Whether a generator's call goes on: another call's frame may have the number of one that
        has ended."""
        return frame.f_code is self.code and frame.f_lasti != self.start

    def step(self, frame, event, _argument):
        # This runs for every line of the project, so it calls little.
        trace = self.trace
        try:
            if event == "line" and trace.on:
                if trace.steps >= MAX_STEPS:
                    return trace.give_up(f"{MAX_STEPS} lines have run")
                trace.steps += 1
                now, waiting = perf_counter_ns(), trace.waiting
                waiting.append((
                    now, self.file, frame.f_lineno, self.name, self.number, self.depth,
                    self.changes(variables_of(frame)),
                ))
                if len(waiting) >= MAX_WAITING_LINES or now - waiting[0][0] > FLUSH_INTERVAL:
                    trace.tell()
            elif event == "return":
                trace.depth -= 1
                trace.open.pop(id(frame), None)
        except Exception:
            return trace.give_up("a line could not be looked at")
        return self.step

    def changes(self, variables):
        seen, same = self.seen, self.same
        changed: list[tuple[str, str | None]] = []
        named = variables.items()
        is_all = len(named) <= MAX_VARIABLES
        for name, value in named if is_all else list(named)[:MAX_VARIABLES]:
            if same.get(name, MISSING) is value:
                continue
            if type(value) is dict and len(value) > MAX_ITEMS:
                # environ, most often: its length stands for it.
                if seen.get(name) != len(value):
                    seen[name] = len(value)
                    same.pop(name, None)
                    changed.append((name, f"<dict of {len(value)}>"))
                continue
            text = short_repr(value)
            if seen.get(name) != text:
                seen[name] = text
                changed.append((name, text))
            if type(value) in PLAIN or value is self.trace.given:
                same[name] = value
            else:
                same.pop(name, None)
        if len(seen) > len(variables):
            for name in [name for name in seen if name not in variables]:
                del seen[name]
                same.pop(name, None)
                changed.append((name, None))
        return changed


class NativeTrace(Trace):
    """The trace in the embedded Python, whose trace function is in Rust."""

    def __init__(self, channel):
        super().__init__(channel)
        self.called = native_called  # type: ignore[method-assign]
        native_watch(self)

    def place_of(self, path):
        return self.number_of(path) if is_project_file(path) else None

    def take(self):
        lines = native_lines()
        if not lines:
            return b""
        return raw_event_frame("lines", f'{{"files":{encode_json(self.files)},{lines}}}')

    def end(self):
        super().end()
        native_watch(None)


Tracer = NativeTrace if EMBEDDED else Trace
