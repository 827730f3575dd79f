# What an application may give to start_response.

HEADERS_SIZE = 1024 * 1024
HOP_BY_HOP = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "trailers", "transfer-encoding", "upgrade",
))
TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def article(value):
    name = type(value).__name__
    return f"an {name}" if name[:1] in "aeiou" else f"a {name}"


def check_status(status):
    if not isinstance(status, str):
        raise TypeError(
            f"status must be a str such as '200 OK', not {article(status)} ({status!r})"
        )
    check_text("status", status)
    code, space, reason = status.partition(" ")
    if not (len(code) == 3 and code.isascii() and code.isdigit() and 100 <= int(code) <= 599):
        raise ValueError(f"status must begin with a code from 100 to 599: {status!r}")
    if not space or not reason or reason != reason.strip():
        raise ValueError(f"status must be a code, one space and a reason, as '200 OK': {status!r}")


def check_headers(headers):
    if not isinstance(headers, list):
        raise TypeError(f"headers must be a list of (name, value) tuples, not {article(headers)}")
    lengths, size = set(), 0
    for item in headers:
        if not isinstance(item, tuple) or len(item) != 2:
            raise TypeError(f"each header must be a (name, value) tuple, not {item!r}")
        name, value = item
        if not isinstance(name, str):
            raise TypeError(f"a header's name must be a str, not {article(name)} ({name!r})")
        if not isinstance(value, str):
            raise TypeError(f"the value of {name} must be a str, not {article(value)} ({value!r})")
        if not name or not TOKEN.issuperset(name):
            raise ValueError(f"{name!r} cannot be the name of a header")
        if name.lower() in HOP_BY_HOP:
            raise ValueError(f"{name} is the server's to set, not the application's")
        check_text(f"the value of {name}", value)
        size += len(name) + len(value)
        if size > HEADERS_SIZE:
            raise ValueError(f"the headers are longer than {HEADERS_SIZE} bytes")
        if name.lower() == "content-length":
            if not (value.isascii() and value.isdigit()):
                raise ValueError(f"Content-Length must be digits: {value!r}")
            lengths.add(int(value))
    if len(lengths) > 1:
        raise ValueError("two different values of Content-Length")


def check_text(what, text):
    for character in text:
        code = ord(character)
        if code < 32 or code == 127:
            raise ValueError(f"{what} may not hold control characters: {text!r}")
        if code > 255:
            raise ValueError(f"{what} may hold latin-1 characters only: {text!r}")
