"""Reads the apps of tests/mistakes: what stands in their comments about the requests to send."""

import dataclasses
import pathlib
import symtable

import servers

FOLDER = servers.ROOT / "tests" / "mistakes"


@dataclasses.dataclass
class Send:
    """One request, as the comments describe it."""

    line: str
    headers: list = dataclasses.field(default_factory=list)
    body: bytes = b""
    chunked: bool = False
    # The client ends the connection when it has the first bytes of the answer's body.
    leaves: bool = False

    @property
    def method(self):
        return self.line.split()[0]

    def data(self):
        """Its bytes."""
        own = {header.partition(":")[0].lower() for header in self.headers}
        headers = [header for name, header in self._usual() if name not in own] + self.headers
        head = "\r\n".join([f"{self.line} HTTP/1.1", *headers, "", ""])
        return head.encode("latin-1") + (_chunks(self.body) if self.chunked else self.body)

    def _usual(self):
        """The headers that a client sends by itself, by name in small letters."""
        yield "host", "Host: test"
        yield "connection", "Connection: close"
        if self.body:
            yield "content-type", "Content-Type: application/x-www-form-urlencoded"
        if self.chunked:
            yield "transfer-encoding", "Transfer-Encoding: chunked"
        elif self.body:
            yield "content-length", f"Content-Length: {len(self.body)}"


@dataclasses.dataclass(frozen=True, eq=False)
class Case:
    """One app."""

    # Of the mistake that is in it; None for a right app.
    slug: str
    file: pathlib.Path
    source: str
    sends: tuple
    # It makes sense with CPython only.
    needs_cpython: bool
    # What our own program is told besides: how many processes or threads run it.
    options: tuple
    # Our own program finds the mistake with `check`, which compares answers, and not while it
    # serves the app.
    by_check: bool

    def __str__(self):
        return str(self.file.relative_to(FOLDER).with_suffix(""))

    @property
    def target(self):
        """The app as the servers from PyPI want it named: module:application."""
        return f"{servers.MODULE}:{_callable(self.source)}"


def wrong(slugs=()):
    """The wrong apps: all, or those of some mistakes."""
    files = sorted(FOLDER.glob("wrong/*/*.py")) + sorted(FOLDER.glob("checked/*/*.py"))
    return [case(file, file.parent.name) for file in files if not slugs or file.parent.name in slugs]


def right():
    """The right apps."""
    return [case(file) for file in sorted(FOLDER.glob("right/*.py"))]


def case(file, slug=None):
    """One app, with what its leading comments say."""
    source = file.read_text(encoding="utf-8")
    sends, needs_cpython, options = [], False, []
    for word, rest in _comments(source):
        if word == "send":
            sends.append(Send(rest))
        elif word == "python":
            needs_cpython = rest == "system"
        elif word in ("workers", "threads"):
            options += [f"--{word}", rest]
        elif word in ("header", "body", "chunked", "leaves"):
            if not sends:
                raise ValueError(f"{file}: {word!r} without a request before it")
            _add(sends[-1], word, rest)
    by_check = file.parent.parent.name == "checked"
    return Case(slug, file, source, tuple(sends or [Send("GET /")]), needs_cpython, tuple(options), by_check)


def _comments(source):
    """The leading comments, each as its first word and what follows the colon."""
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            return
        word, _, rest = line.lstrip("# ").partition(":")
        yield word.strip(), rest.strip()


def _add(send, word, rest):
    if word == "header":
        send.headers.append(rest)
    elif word == "body":
        # Escapes stand for bytes, and what is no escape for itself in UTF-8.
        send.body = rest.encode().decode("unicode_escape").encode("latin-1")
    else:
        setattr(send, word, True)


def _chunks(body):
    chunk = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
    return chunk + b"0\r\n\r\n"


def _callable(source):
    """`application` where the module has such a name, or else `app`, without running it."""
    try:
        table = symtable.symtable(source, "app", "exec")
    except SyntaxError:
        # It cannot be loaded under any name.
        return "application"
    made = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_assigned() or symbol.is_namespace() or symbol.is_imported()
    }
    return "app" if "app" in made and "application" not in made else "application"
