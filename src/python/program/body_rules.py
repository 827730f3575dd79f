"""What an application may return and send: an iterable of bytes."""

import io
import types

from .streams import FileWrapper
from .text import article, clean
from .values import short_repr
from .violations import Violation


def check_iterable(iterable):
    """Checks that the application returned an iterable of bytes, and no closed file."""
    kind = type(iterable)
    if kind is list or kind is tuple:
        # The usual case.
        return
    what = short_repr(iterable)
    if isinstance(iterable, str):
        raise Violation(
            TypeError, "body-is-str",
            f"the application returned a str, {what}; it must return an iterable of bytes",
        )
    if isinstance(iterable, (bytes, bytearray, memoryview)):
        raise Violation(
            TypeError, "body-is-bare-bytes",
            f"the application returned {'bytes' if kind is bytes else article(iterable)}, {what}: "
            "iterating it yields numbers; "
            "it must return an iterable of bytes",
        )
    if isinstance(iterable, dict):
        raise Violation(
            TypeError, "body-is-dict",
            f"the application returned a dict, {what}: iterating it yields its keys; "
            "it must return an iterable of bytes",
        )
    if iterable is None:
        raise Violation(
            TypeError, "body-is-none",
            "the application returned None; it must return an iterable of bytes",
        )
    if kind is types.CoroutineType or kind is types.AsyncGeneratorType:
        if kind is types.CoroutineType:
            # Otherwise Python warns that it was never awaited.
            iterable.close()
        thing = "a coroutine" if kind is types.CoroutineType else "an asynchronous generator"
        raise Violation(
            TypeError, "async-app",
            f"the application is an async function: calling it returned {thing}, "
            "which the server cannot iterate",
        )
    if not (hasattr(kind, "__iter__") or hasattr(kind, "__getitem__")):
        hint = ""
        if kind is types.FunctionType:
            hint = f"; did you mean {clean(iterable.__name__)}()?"
        raise Violation(
            TypeError, "body-not-iterable",
            f"the application returned {article(iterable)}, {what}, "
            f"which cannot be iterated{hint}",
        )
    check_file(iterable)


def check_file(iterable):
    file = iterable.filelike if type(iterable) is FileWrapper else iterable
    if not isinstance(file, io.IOBase):
        return
    if file.closed:
        raise Violation(
            ValueError, "body-closed-file",
            "the application returned a file that is already closed",
        )
    if isinstance(file, io.TextIOBase):
        raise Violation(
            TypeError, "body-text-file",
            "the application returned a file opened in text mode: reading it returns str, and a "
            "body must be bytes",
        )


def check_block(block, source):
    """Checks that a block of the body is bytes."""
    if isinstance(block, bytes):
        return
    rule = "body-item-is-str" if isinstance(block, str) else "body-item-not-bytes"
    raise Violation(
        TypeError, rule,
        f"{source} {article(block)}, {short_repr(block)}; every block of the body must be bytes",
        culprit=block,
    )
