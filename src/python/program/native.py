"""The functions that the embedded interpreter implements in Rust and adds to the bundled program.

They are declared here for linters, type checkers and editors; this module is not bundled. Other
interpreters do not have them: whatever uses one asks `EMBEDDED` first.
"""

from typing import Any


def native_encode(value: object) -> str:
    """A value as JSON."""
    raise NotImplementedError


def native_decode(json: bytes) -> "dict[str, Any]":
    """A JSON object as a dictionary."""
    raise NotImplementedError


def native_watch(trace: object) -> None:
    """Follows the lines of this thread for a `NativeTrace`, or no more for None."""
    raise NotImplementedError


def native_called(frame: object, event: str, argument: object) -> Any:
    """The trace function that `native_watch` prepares."""
    raise NotImplementedError


def native_lines() -> "str | None":
    """The fields "now" and "lines" of the lines that have run and were not taken yet."""
    raise NotImplementedError


def native_brief(value: object) -> str:
    """`short_repr` in Rust."""
    raise NotImplementedError


def native_variables(frame: object) -> "dict[str, Any]":
    """The local variables of a call. Looking at them changes nothing."""
    raise NotImplementedError


def native_holds(values: object, value: object) -> bool:
    """Whether one of these values, in a list or a tuple, is this very object."""
    raise NotImplementedError


def native_alike(one: object, other: object) -> bool:
    """Whether two lists have the same objects in the same order."""
    raise NotImplementedError


def native_bytes(array: bytearray) -> bytes:
    """The bytes of an array, which is empty afterwards: no copy of them."""
    raise NotImplementedError


def native_stand_in(name: str) -> "str | None":
    """The source that stands in for a module of the standard library."""
    raise NotImplementedError


def native_explain(kind: str, message: str, project: str) -> "list[str] | None":
    """What to add to the message of an exception because of the interpreter it was raised in, and
    the kind and the name of what that lacks, where it lacks anything."""
    raise NotImplementedError


def native_syntax_fault(source: str) -> "tuple[str, str, int, int, int, int] | None":
    """The class and message of a syntax error, and the lines and columns it begins and ends at."""
    raise NotImplementedError
