# One call of the application.

# How many changed keys of environ are told.
CHANGES = 500


class Frame:
    """One call of the application, from environ to close()."""

    def __init__(self, application, lane):
        self.application = application
        self.lane = lane
        self.called = False
        self.sent = False
        self.over = False
        # Whether an empty block came, whether the iterable is iterated, and whether write() was
        # called meanwhile.
        self.empty = self.iterating = self.written = False
        # Where start_response raised an error again; nothing once an error has left the application.
        self.raised_again = None
        # The headers, the variables of the modules that made them, and whose doing it was.
        self.given = None

    def run(self, environ, trace):
        before = dict(environ)
        iterable = None
        try:
            self.trace = self.lane.trace = trace
            start_response = trace.given = self.start_response
            self.lane.arm()
            try:
                iterable = self.followed(self.application, environ, start_response)
            except BaseException as error:
                self.failed("call", error)
                return
            try:
                self.iterate(iterable)
            except Abandoned:
                # As when it learns with its next block that there is no client any more.
                self.raised_again = None
            except BaseException as error:
                self.failed("iteration", error)
        finally:
            self.over = True
            if self.raised_again:
                self.lane.report(
                    "rule-broken", rule="exc-info-swallowed", subject=None,
                    message="the error that start_response raised again was swallowed",
                    **self.raised_again,
                )
            self.close(iterable)
            self.check_kept()
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

    def advanced(self, function, *arguments):
        """Asks the iterable for something. A client that has left may end this."""
        return self.followed(function, *arguments)

    def failed(self, where, error):
        self.raised_again = None
        if type(error) is Broken:
            error = error.told(self.lane)
        self.lane.report("raised", **told(where, error))

    def iterate(self, iterable):
        sized = isinstance(iterable, (list, tuple))
        # The first block of a list is there at once.
        tell = self.lane.hold if sized and iterable else self.lane.report
        tell(
            "returned", type=type(iterable).__name__, name=name_of(iterable),
            length=len(iterable) if sized else None,
        )
        check_iterable(iterable)
        said = None if sized else self.length_of(iterable)
        only = sized and len(iterable) == 1
        # Nothing of the application's runs while a plain list gives its blocks.
        plain = type(iterable) in (list, tuple)
        followed = directly if plain else self.advanced
        iterator = followed(iter, iterable)
        if iterator is iterable:
            self.check_shared(iterable)
        self.iterating = True
        count = 0
        while True:
            block = followed(next, iterator, MISSING)
            if block is MISSING:
                break
            check_block(block, "the iterable gave")
            if not self.called:
                raise Broken(
                    AssertionError, "start-response-missing",
                    "the iterable gave a block before start_response was called",
                )
            count += 1
            # Asked once: it may be a method of the application's that answers.
            empty = not block
            # A block that is not empty is told at once.
            self.suspended(iterable, self.lane.report if empty else self.lane.hold)
            if empty:
                self.empty = True
            elif plain and only:
                self.sent = True
                self.lane.report_last(block)
                break
            elif not self.block(b"iterable", block, only):
                return
        if not self.called:
            raise Broken(
                AssertionError, "start-response-missing", "start_response was never called"
            )
        if said is not None and said != count:
            breach(
                self.lane, "body-len-lies",
                f"len() of what the application returned is {said}, and it gave {count} blocks",
            )

    def length_of(self, iterable):
        """What len() says, as servers ask it (PEP 3333, Handling the Content-Length Header)."""
        if not hasattr(type(iterable), "__len__"):
            return None
        try:
            return self.followed(len, iterable)
        except Exception:
            return None

    def check_shared(self, iterable):
        """An iterator can be iterated once, so it must not be there for the next request."""
        if callable(iterable):
            breach(
                self.lane, "app-shared-instance",
                "the application returned itself: all requests share one iterator",
            )
        elif is_used_up(iterable) or is_kept(iterable, namespace):
            breach(
                self.lane, "body-shared-iterator",
                f"the application returned {article(iterable)} that is kept between requests, "
                "and that can be iterated once",
            )

    def suspended(self, iterable, tell):
        """Tells where a generator of the project waits to be asked for more."""
        if self.trace is UNTRACED or type(iterable) is not types.GeneratorType:
            return
        frame = iterable.gi_frame
        if frame is not None and own(frame.f_code.co_filename):
            file = clean(frame.f_code.co_filename)
            tell("suspended", file=file, line=frame.f_lineno)

    def start_response(self, *arguments, **keywords):
        """Its three arguments are positional (PEP 3333, The start_response() Callable)."""
        self.trace.pause()
        try:
            self.start(arguments, keywords)
        except Broken as broken:
            error = broken.told(self.lane)
        else:
            return self.write
        finally:
            # A traceback kept here would keep its frames alive (PEP 3333, start_response()).
            arguments = keywords = None
            self.trace.go_on()
        raise error

    def start(self, arguments, keywords):
        if keywords:
            raise Broken(
                TypeError, "start-response-keywords",
                f"start_response was given {', '.join(keywords)} by name; "
                "its arguments are positional",
            )
        if not 2 <= len(arguments) <= 3:
            raise Broken(
                TypeError, "start-response-arguments",
                "start_response takes status, headers and perhaps exc_info, "
                f"and was given {len(arguments)} argument{'' if len(arguments) == 1 else 's'}",
                arguments[0] if arguments else MISSING,
            )
        if self.over:
            # What it says now would be said of the next request.
            raise AssertionError("start_response was called after the response had ended")
        status, headers, *rest = arguments
        replaces = bool(rest and rest[0])
        arguments = None
        self.check_order(status, *rest)
        rest = None
        self.called = True
        check_status(status)
        check_headers(headers)
        caller = sys._getframe(2)
        frames = own_frames(caller)
        whose = by(headers, frames)
        self.lane.report(
            "start-response", status=status, headers=headers, exc_info=replaces,
            mounted=mounted_at(frames), library=library_of(caller), **whose,
        )
        if frames:
            self.check_lists(headers, frames)
            namespaces = {id(it.f_globals): it.f_globals for it in frames}.values()
            self.given = headers, list(namespaces), whose

    def check_order(self, status, exc_info=None):
        """Whether start_response may be called now."""
        if exc_info:
            if self.sent:
                self.raised_again = by(status)
                name = type(exc_info[1]).__name__
                breach(
                    self.lane, "exc-info-after-body",
                    f"the body had begun, so start_response raised the {name} again", status,
                )
                error = exc_info[1].with_traceback(exc_info[2])
                exc_info = None
                raise error
            if self.empty:
                breach(
                    self.lane, "empty-chunk-then-error",
                    "an empty block was given before start_response replaced the answer", status,
                )
        elif self.called:
            handled = sys.exc_info()[1]
            if handled is not None:
                name = type(handled).__name__
                if self.sent:
                    # With exc_info there would be no other page either.
                    raise Broken(
                        AssertionError, "exc-info-after-body",
                        f"the body had begun when a {name} was handled, "
                        "so start_response cannot replace the status any more", status,
                    )
                raise Broken(
                    AssertionError, "start-response-no-exc-info",
                    "start_response was called a second time without exc_info, "
                    f"while a {name} was handled", status,
                )
            raise Broken(
                AssertionError, "start-response-twice",
                "start_response was called a second time without exc_info", status,
            )

    def check_kept(self):
        """Whether the list of headers outlives the request. It takes a while to find out, and the
        client need not wait for it."""
        if self.given is None:
            return
        (headers, namespaces, whose), self.given = self.given, None
        if is_shared(headers, namespaces):
            self.lane.report(
                "rule-broken", rule="headers-shared-list", subject=None,
                message="the list of headers is kept between requests, and a server may change it",
                **whose,
            )

    def check_lists(self, headers, frames):
        lost = lost_header(headers, frames)
        if lost is not None:
            breach(
                self.lane, "headers-through-dict",
                f"{lost} was there several times, and one was given", headers, lost,
            )

    def write(self, data):
        try:
            check_block(data, "write() was given")
            if self.over:
                raise Broken(
                    AssertionError, "write-after-end",
                    "write() was called after the response had ended",
                )
        except Broken as broken:
            error = broken.told(self.lane)
        else:
            if self.iterating and not self.written:
                self.written = True
                breach(
                    self.lane, "write-in-iterable",
                    "write() was called while the iterable was iterated",
                )
            if data and not self.block(b"write", data, False):
                raise ConnectionAbortedError(
                    "no more can be sent: the client has gone, or Content-Length is used up"
                )
            return
        raise error

    def block(self, source, data, only):
        self.sent = True
        return self.lane.report_block(source, data, only)

    def close(self, iterable):
        try:
            method = getattr(iterable, "close", MISSING)
        except BaseException as error:
            self.failed("close", error)
            return
        if method is MISSING:
            return
        if not callable(method):
            breach(
                self.lane, "close-not-callable",
                f"close of what the application returned is {article(method)} ({brief(method)}), "
                "which cannot be called",
            )
            return
        self.lane.arm()
        self.lane.report("close-called")
        try:
            self.followed(method)
        except BaseException as error:
            self.failed("close", error)


def directly(function, *arguments):
    return function(*arguments)


def changed(before, environ):
    changes = []
    try:
        if alike(list(before), list(environ)) and alike(
            list(before.values()), list(environ.values())
        ):
            # Most often that is all.
            return changes
        for key in environ:
            old, new = before.get(key, MISSING), environ[key]
            # Another object with the same text is no change to anybody.
            if old is not new and not (type(old) is type(new) is str and old == new):
                if len(changes) == CHANGES:
                    break
                changes.append({
                    "key": clean(key)[:KEPT_REPR], "repr": shown(environ[key]), "type": type(new).__name__,
                })
        changes += [{"key": key, "repr": None} for key in before if key not in environ]
    except BaseException:
        # The application's own objects may fail in any way; then nothing more is told of them.
        pass
    return changes


def alike(one, other):
    """Whether two lists have the same objects in the same order."""
    return len(one) == len(other) and all(map(is_, one, other))


if sys.implementation.name == "rustpython":
    alike = native_alike


def shown(value):
    try:
        text = repr(value)
    except BaseException as error:
        text = f"<{type(value).__name__}: its repr raised {type(error).__name__}>"
    return clean(text if len(text) <= KEPT_REPR else text[:KEPT_REPR] + "…")


def name_of(iterable):
    """The name of a generator's function."""
    generator = type(iterable) is types.GeneratorType
    return clean(iterable.__name__)[:KEPT_REPR] if generator else None


def is_used_up(iterable):
    """Whether a generator has come to its end before: somebody keeps it."""
    return type(iterable) is types.GeneratorType and iterable.gi_frame is None


# What lies above them in the stack is this file's.
CALLER, ITERATION = Frame.followed.__code__, Frame.advanced.__code__
