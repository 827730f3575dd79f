# The lines of the project's own files as they run.

BRIEF, FEW = 60, 5
BRACKETS = {
    list: "[]", tuple: "()", set: "{}", dict: "{}", frozenset: ("frozenset({", "})"),
}
NAMED = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.GeneratorType,
)
GENERATOR = 0x20
PLAIN = frozenset((str, bytes, int, float, bool, type(None)))


class Trace:
    """The lines of the project's own files as they run, and the local variables they see.

    It looks at values without calling any code of theirs, so that looking changes nothing."""

    STEPS, DEPTH, NAMES, WAITING = 2000, 40, 40, 50
    # Whoever looks on should not wait longer, in ns, while the application takes its time.
    LATE = 50_000_000

    def __init__(self, lane):
        self.lane = lane
        self.thread, self.paused = get_ident(), 1
        self.steps = self.depth = self.calls = 0
        self.waiting = []
        # The names of the files the lines are in, and the place of each.
        self.files, self.numbers = [], {}
        # The calls of generators, which may go on, by their frames' numbers. A frame itself is
        # never kept: that would keep its variables alive.
        self.generators = {}
        # What the application is given as start_response, which this file keeps alive anyway.
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
            call = self.generators.get(id(frame))
            if call is None or not call.goes_on(frame):
                call = Call(self, frame)
            call.depth = self.depth
            self.open[id(frame)] = call
            return call.step
        except Exception:
            return self.give_up("a line could not be looked at")

    def give_up(self, reason):
        self.on = False
        sys.settrace(None)
        self.lane.report("trace-stopped", reason=reason)

    def number_of(self, path):
        """The place of a file among those that are told."""
        number = self.numbers.get(path)
        if number is None:
            number = self.numbers[path] = len(self.files)
            self.files.append(clean(path))
        return number

    def tell(self):
        self.lane.send(self.lane.take())

    def take(self):
        if not self.waiting:
            return b""
        waiting, self.waiting = self.waiting, []
        return _line("lines", {
            "now": perf_counter_ns(), "files": self.files, "lines": waiting,
        })

    def end(self):
        """The call is over: nothing here keeps anything of it alive in a circle."""
        self.given = None
        self.generators.clear()


class Untraced:
    """In the place of a trace where there is none."""

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


class Call:
    """One call of one of the project's functions."""

    def __init__(self, trace, frame):
        self.trace = trace
        self.code = code = frame.f_code
        self.start = frame.f_lasti
        self.file, self.name = trace.number_of(code.co_filename), code.co_name
        self.depth = 0
        # The short forms of the variables; and the values that look the same as long as they are the
        # same, and that keep nothing else alive.
        self.seen, self.same = {}, {}
        trace.calls += 1
        self.number = trace.calls
        if code.co_flags & GENERATOR:
            trace.generators[id(frame)] = self

    def goes_on(self, frame):
        """Whether a generator's call goes on: another call's frame may have the number of one that has
        ended."""
        return frame.f_code is self.code and frame.f_lasti != self.start

    def step(self, frame, event, _argument):
        # This runs for every line of the project's, so it calls little.
        trace = self.trace
        try:
            if event == "line" and trace.on:
                if trace.steps >= trace.STEPS:
                    return trace.give_up(f"{trace.STEPS} lines have run")
                trace.steps += 1
                now, waiting = perf_counter_ns(), trace.waiting
                waiting.append((
                    now, self.file, frame.f_lineno, self.name, self.number, self.depth,
                    self.changes(variables_of(frame)),
                ))
                if len(waiting) >= trace.WAITING or now - waiting[0][0] > trace.LATE:
                    trace.tell()
            elif event == "return":
                trace.depth -= 1
                trace.open.pop(id(frame), None)
        except Exception:
            return trace.give_up("a line could not be looked at")
        return self.step

    def changes(self, variables):
        changed, seen, same = [], self.seen, self.same
        named = variables.items()
        for name, value in named if len(named) <= Trace.NAMES else list(named)[:Trace.NAMES]:
            if same.get(name, MISSING) is value:
                continue
            if type(value) is dict and len(value) > FEW:
                # environ, most often: its length stands for it.
                if seen.get(name) != len(value):
                    seen[name] = len(value)
                    same.pop(name, None)
                    changed.append((name, f"<dict of {len(value)}>"))
                continue
            text = brief(value)
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


def brief(value, depth=0):
    """A short form of a value, made without calling any method the application defined."""
    kind = type(value)
    if kind is str or kind is bytes:
        # repr() escapes what no text may hold.
        if len(value) <= BRIEF:
            return repr(value)
        return f"{value[:BRIEF]!r}… ({len(value)})"
    if value is None or kind is bool or kind is float:
        return repr(value)
    if kind is int:
        return repr(value) if value.bit_length() < 200 else f"<int of {value.bit_length()} bits>"
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
    # Without anything in it, a set would look as a dict does.
    is_empty_set = not value and kind in (set, frozenset)
    if depth == 2 or kind is dict and len(value) > FEW or is_empty_set:
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


class NativeTrace(Trace):
    """The same in the embedded Python: what is asked about each line is in Rust there."""

    def __init__(self, lane):
        super().__init__(lane)
        self.called = native_called
        native_watch(self)

    def place_of(self, path):
        return self.number_of(path) if own(path) else None

    def take(self):
        lines = native_lines()
        return lines and _frame("lines", f'{{"files":{ENCODE(self.files)},{lines}}}') or b""

    def end(self):
        super().end()
        native_watch(None)


FOLLOW = Trace
if sys.implementation.name == "rustpython":
    FOLLOW, brief = NativeTrace, native_brief
