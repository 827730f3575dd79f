# One call of the application.


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
