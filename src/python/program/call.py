"""One call of the application."""

import sys
import types

from .base import MISSING
from .body_rules import check_block, check_iterable
from .control import advance, advance_builtin, give_control
from .deadline import Abandoned
from .environ import environ_changes
from .exceptions import describe_exception
from .project import is_project_file
from .references import header_lost_in_dict, is_kept, is_shared, script_name_seen
from .start_response_rules import check_headers, check_status
from .state import state
from .text import MAX_REPR, article, clean
from .trace import UNTRACED
from .values import short_repr
from .violations import Violation, library_of, locate, project_frames, report_violation


class Call:
    """One call of the application, from environ to close()."""

    def __init__(self, application, channel):
        self.application = application
        self.channel = channel
        self.called = False
        self.sent = False
        self.over = False
        # Whether an empty block came, whether the iterable is iterated, and whether write() was
        # called meanwhile.
        self.empty = self.iterating = self.written = False
        # Where start_response raised an error again; None once an error has left the application.
        self.raised_again = None
        # The headers, the variables of the modules that made them, and where that was.
        self.given = None

    def run(self, environ, trace):
        before = dict(environ)
        iterable = None
        try:
            self.trace = self.channel.trace = trace
            start_response = trace.given = self.start_response
            self.channel.arm()
            try:
                iterable = give_control(trace, self.application, environ, start_response)
            except BaseException as error:
                self.failed("call", error)
                return
            try:
                self.iterate(iterable)
            except Abandoned:
                # As when write() or the next block finds that the client has gone.
                self.raised_again = None
            except BaseException as error:
                self.failed("iteration", error)
        finally:
            self.over = True
            if self.raised_again:
                self.channel.report(
                    "rule-broken", rule="exc-info-swallowed", subject=None,
                    message="the error that start_response raised again was swallowed",
                    **self.raised_again,
                )
            self.close(iterable)
            self.check_kept()
            changes = environ_changes(before, environ)
            if changes:
                self.channel.report("environ-changed", changes=changes)
            self.channel.disarm()

    def failed(self, where, error):
        self.raised_again = None
        if type(error) is Violation:
            error = error.report(self.channel)
        self.channel.report("raised", **describe_exception(where, error))

    def iterate(self, iterable):
        sized = isinstance(iterable, (list, tuple))
        # The first block of a list is there at once.
        report = self.channel.hold if sized and iterable else self.channel.report
        report(
            "returned", type=type(iterable).__name__, name=name_of(iterable),
            length=len(iterable) if sized else None,
        )
        check_iterable(iterable)
        length = None if sized else self.length_of(iterable)
        only = sized and len(iterable) == 1
        # Nothing of the application's runs while a plain list gives its blocks.
        plain = type(iterable) in (list, tuple)
        ask = advance_builtin if plain else advance
        iterator = ask(self.trace, iter, iterable)
        if iterator is iterable:
            self.check_shared(iterable)
        self.iterating = True
        count = 0
        while True:
            block = ask(self.trace, next, iterator, MISSING)
            if block is MISSING:
                break
            check_block(block, "the iterable yielded")
            if not self.called:
                raise Violation(
                    AssertionError, "start-response-missing",
                    "the iterable yielded a block before start_response was called",
                )
            count += 1
            # Asked once: a subclass of bytes may run the application's code for it.
            empty = not block
            # A block that is not empty is reported right after it.
            self.report_suspended(iterable, self.channel.report if empty else self.channel.hold)
            if empty:
                self.empty = True
            elif plain and only:
                self.sent = True
                self.channel.report_last(block)
                break
            elif not self.block(b"iterable", block, only):
                return
        if not self.called:
            raise Violation(
                AssertionError, "start-response-missing", "start_response was never called"
            )
        if length is not None and length != count:
            report_violation(
                self.channel, "body-len-lies",
                f"len() of what the application returned is {length}, "
                f"but it yielded {count} blocks",
            )

    def length_of(self, iterable):
        """What len() says, as servers ask it (PEP 3333, Handling the Content-Length Header)."""
        if not hasattr(type(iterable), "__len__"):
            return None
        try:
            return give_control(self.trace, len, iterable)
        except Exception:
            return None

    def check_shared(self, iterable):
        """An iterator can be iterated once, so it must not be there for the next request."""
        if callable(iterable):
            report_violation(
                self.channel, "app-shared-instance",
                "the application returned itself: all requests share one iterator",
            )
        elif is_used_up(iterable) or is_kept(iterable, state.namespace):
            report_violation(
                self.channel, "body-shared-iterator",
                f"the application returned {article(iterable)} that is kept between requests, "
                "but can be iterated only once",
            )

    def report_suspended(self, iterable, report):
        """Reports at which yield a generator of the project waits."""
        if self.trace is UNTRACED or type(iterable) is not types.GeneratorType:
            return
        frame = iterable.gi_frame
        if frame is not None and is_project_file(frame.f_code.co_filename):
            file = clean(frame.f_code.co_filename)
            report("suspended", file=file, line=frame.f_lineno)

    def start_response(self, *arguments, **keywords):
        """Its three arguments are positional (PEP 3333, The start_response() Callable)."""
        self.trace.pause()
        try:
            self.start(arguments, keywords)
        except Violation as violation:
            error = violation.report(self.channel)
        else:
            return self.write
        finally:
            # A traceback kept here would keep its frames alive (PEP 3333, start_response()).
            arguments = keywords = None  # type: ignore[assignment]
            self.trace.go_on()
        raise error

    def start(self, arguments, keywords):
        if keywords:
            raise Violation(
                TypeError, "start-response-keywords",
                f"start_response was given {', '.join(keywords)} by name; "
                "its arguments are positional",
            )
        if not 2 <= len(arguments) <= 3:
            raise Violation(
                TypeError, "start-response-arguments",
                "start_response takes status, headers and optionally exc_info; "
                f"it was given {len(arguments)} argument{'' if len(arguments) == 1 else 's'}",
                arguments[0] if arguments else MISSING,
            )
        if self.over:
            # Reported now, it would belong to the next request.
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
        frames = project_frames(caller)
        location = locate(headers, frames)
        self.channel.report(
            "start-response", status=status, headers=headers, exc_info=replaces,
            mounted=script_name_seen(frames), library=library_of(caller), **location,
        )
        if frames:
            self.check_lists(headers, frames)
            namespaces = {id(it.f_globals): it.f_globals for it in frames}.values()
            self.given = headers, list(namespaces), location

    def check_order(self, status, exc_info=None):
        """Whether start_response may be called now."""
        if exc_info:
            if self.sent:
                self.raised_again = locate(status)
                name = type(exc_info[1]).__name__
                report_violation(
                    self.channel, "exc-info-after-body",
                    f"the body had already begun, so start_response raised the {name} again",
                    status,
                )
                error = exc_info[1].with_traceback(exc_info[2])
                exc_info = None
                raise error
            if self.empty:
                report_violation(
                    self.channel, "empty-chunk-then-error",
                    "an empty block was sent before start_response replaced the response", status,
                )
        elif self.called:
            handled = sys.exc_info()[1]
            if handled is not None:
                name = type(handled).__name__
                if self.sent:
                    # Even with exc_info the response could not be replaced.
                    raise Violation(
                        AssertionError, "exc-info-after-body",
                        f"the body had already begun when a {name} was handled, "
                        "so start_response can no longer replace the status", status,
                    )
                raise Violation(
                    AssertionError, "start-response-no-exc-info",
                    "start_response was called a second time without exc_info, "
                    f"while a {name} was handled", status,
                )
            raise Violation(
                AssertionError, "start-response-twice",
                "start_response was called a second time without exc_info", status,
            )

    def check_kept(self):
        """Reports a list of headers that outlives the request. Finding out takes a while, so this
        comes when the client has its response."""
        if self.given is None:
            return
        (headers, namespaces, location), self.given = self.given, None
        if is_shared(headers, namespaces):
            self.channel.report(
                "rule-broken", rule="headers-shared-list", subject=None,
                message="the list of headers is kept between requests, and a server may change it",
                **location,
            )

    def check_lists(self, headers, frames):
        lost = header_lost_in_dict(headers, frames)
        if lost is not None:
            report_violation(
                self.channel, "headers-through-dict",
                f"{lost} was in the list several times, but only one was passed on", headers, lost,
            )

    def write(self, data):
        try:
            check_block(data, "write() was given")
            if self.over:
                raise Violation(
                    AssertionError, "write-after-end",
                    "write() was called after the response had ended",
                )
        except Violation as violation:
            error = violation.report(self.channel)
        else:
            if self.iterating and not self.written:
                self.written = True
                report_violation(
                    self.channel, "write-in-iterable",
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
        return self.channel.report_block(source, data, only)

    def close(self, iterable):
        try:
            method = getattr(iterable, "close", MISSING)
        except BaseException as error:
            self.failed("close", error)
            return
        if method is MISSING:
            return
        if not callable(method):
            report_violation(
                self.channel, "close-not-callable",
                f"the close attribute of what the application returned is {article(method)} "
                f"({short_repr(method)}), which cannot be called",
            )
            return
        self.channel.arm()
        self.channel.report("close-called")
        try:
            give_control(self.trace, method)
        except BaseException as error:
            self.failed("close", error)


def name_of(iterable):
    """The name of a generator's function."""
    is_generator = type(iterable) is types.GeneratorType
    return clean(iterable.__name__)[:MAX_REPR] if is_generator else None


def is_used_up(iterable):
    """Whether a generator has ended before: the application keeps it."""
    return type(iterable) is types.GeneratorType and iterable.gi_frame is None
