"""What an application may give to start_response."""

from .text import article
from .values import short_repr
from .violations import Violation

MAX_HEADERS_SIZE = 1024 * 1024
HOP_BY_HOP = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "trailers", "transfer-encoding", "upgrade",
))
# The statuses and the names that were found right, which are not checked again.
VALID_STATUSES: "set[str]" = set()
VALID_NAMES: "set[str]" = set()
# How many of each are remembered, and how long they may be.
MAX_VALID, MAX_VALID_LENGTH = 100, 100
TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def was_valid(text, valid):
    """Whether a status, or a header's name, was found right before."""
    return type(text) is str and text in valid


def remember(text, valid):
    if type(text) is str and len(text) <= MAX_VALID_LENGTH and len(valid) < MAX_VALID:
        valid.add(text)


def check_status(status):
    if was_valid(status, VALID_STATUSES):
        return
    if not isinstance(status, str):
        raise Violation(
            TypeError, "status-not-str",
            f"status must be a str such as '200 OK', not {article(status)} ({short_repr(status)})",
            status,
        )
    check_size(len(status))
    why = invalid_reason(status)
    if why is None:
        code, space, reason = status.partition(" ")
        if not (len(code) == 3 and code.isascii() and code.isdigit() and 100 <= int(code) <= 599):
            why = "must begin with a code from 100 to 599"
        elif not space or not reason or reason != reason.strip():
            why = "must be a code, one space and a reason, as '200 OK'"
    if why is not None:
        raise Violation(ValueError, "status-malformed", f"status {why}: {status!r}", status)
    remember(status, VALID_STATUSES)


def check_headers(headers):
    if not isinstance(headers, list):
        raise Violation(
            TypeError, "headers-not-list",
            f"headers must be a list of (name, value) tuples, not {article(headers)} "
            f"({short_repr(headers)})",
            headers,
        )
    lengths, size = set(), 0
    for item in headers:
        size += check_header(item, lengths)
        check_size(size)
    if len(lengths) > 1:
        raise Violation(
            ValueError, "content-length-malformed", "two different values of Content-Length",
            headers, "Content-Length",
        )


def check_size(size):
    if size > MAX_HEADERS_SIZE:
        raise ValueError(f"status and headers are longer than {MAX_HEADERS_SIZE} bytes")


def check_header(item, lengths):
    """Checks one header of the list; gives its size. Adds a Content-Length to `lengths`."""
    if not isinstance(item, tuple) or len(item) != 2:
        raise Violation(
            TypeError, "header-not-tuple",
            f"each header must be a (name, value) tuple, not {short_repr(item)}",
            item, first_of(item),
        )
    name, value = item
    if not isinstance(name, str):
        raise Violation(
            TypeError, "header-not-str",
            f"a header's name must be a str, not {article(name)} ({short_repr(name)})", item,
        )
    if not isinstance(value, str):
        raise Violation(
            TypeError, "header-not-str",
            f"the value of {name} must be a str, not {article(value)} ({short_repr(value)})",
            item, name,
        )
    # Checking each character of a value without a limit could outlast the deadline.
    check_size(len(name) + len(value))
    if not was_valid(name, VALID_NAMES):
        check_name(name, item)
    why = invalid_reason(value)
    if why is not None:
        rule = "header-not-latin1" if why is NOT_LATIN_1 else "header-injection"
        raise Violation(ValueError, rule, f"the value of {name} {why}: {value!r}", item, name)
    if name.lower() == "content-length":
        if not (value.isascii() and value.isdigit()):
            raise Violation(
                ValueError, "content-length-malformed",
                f"Content-Length must be digits: {value!r}", item, name,
            )
        lengths.add(int(value))
    return len(name) + len(value)


def check_name(name, item):
    if not name or not TOKEN.issuperset(name):
        raise Violation(
            ValueError, "header-name-malformed",
            f"{name!r} is not a valid header name", item, name,
        )
    if name.lower() in HOP_BY_HOP:
        raise Violation(
            ValueError, "header-hop-by-hop",
            f"{name} is the server's to set, not the application's", item, name,
        )
    remember(name, VALID_NAMES)


def first_of(item):
    """The name in a header that is not a tuple, or the text that stands in its place."""
    if isinstance(item, str):
        return item
    named = isinstance(item, (list, tuple)) and item and isinstance(item[0], str)
    return item[0] if named else None


CONTROL = "must not contain control characters"
NOT_LATIN_1 = "must contain only latin-1 characters"


def invalid_reason(text):
    """Why a text cannot be in the head of a response."""
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        code = ord(character)
        if code < 32 or code == 127:
            return CONTROL
        if code > 255:
            return NOT_LATIN_1
    return None
