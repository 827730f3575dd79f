"""Returns every kind of body, and fails in every way. X-Ask names the function."""

import io
import os
import sys
import time


def application(environ, start_response):
    return globals()[environ["HTTP_X_ASK"]](environ, start_response)


def plain(*headers):
    """Headers in a list of their own: a server may change it."""
    return [*headers, ("Content-Type", "text/plain")]


def say(start_response, value):
    start_response("200 OK", plain())
    return [ascii(value).encode("ascii")]


def wait(environ):
    """Waits while the file of the header X-Gate is there: the app makes it, the probe removes it."""
    gate = environ["HTTP_X_GATE"]
    try:
        open(gate, "w").close()
    except FileNotFoundError:
        # The probe has given up, and taken the folder away.
        return
    # Shorter than any server's own patience with an app.
    deadline = time.monotonic() + 8
    while os.path.exists(gate) and time.monotonic() < deadline:
        time.sleep(0.005)


# Iterables.


def list_of_one(environ, start_response):
    start_response("200 OK", plain())
    return [b"Hello"]


def list_of_two(environ, start_response):
    start_response("200 OK", plain())
    return [b"Hel", b"lo"]


def tuple_of_two(environ, start_response):
    start_response("200 OK", plain())
    return b"Hel", b"lo"


def generator(environ, start_response):
    start_response("200 OK", plain())
    yield b"Hel"
    yield b""
    yield b"lo"


class OnlyIter:
    """__iter__, and neither __next__ nor __len__."""

    def __iter__(self):
        return iter([b"Hel", b"lo"])


def only_iter(environ, start_response):
    start_response("200 OK", plain())
    return OnlyIter()


class OnlyGetItem:
    """The oldest protocol of iteration."""

    def __getitem__(self, index):
        return [b"Hel", b"lo"][index]


def only_getitem(environ, start_response):
    start_response("200 OK", plain())
    return OnlyGetItem()


class ClassAsApplication:
    """An application that is a class: calling it makes the iterable (PEP 3333)."""

    def __init__(self, environ, start_response):
        self.start_response = start_response

    def __iter__(self):
        self.start_response("200 OK", plain())
        yield b"Hello"


def class_as_application(environ, start_response):
    return ClassAsApplication(environ, start_response)


def many_blocks(environ, start_response):
    start_response("200 OK", plain())
    for number in range(1000):
        yield b"%d\n" % number


def all_bytes(environ, start_response):
    start_response("200 OK", plain())
    return [bytes(range(256)) * 4096, b"end"]


def empty_list(environ, start_response):
    start_response("200 OK", plain())
    return []


def empty_blocks(environ, start_response):
    start_response("200 OK", plain())
    return [b"", b""]


def empty_iterator(environ, start_response):
    start_response("200 OK", plain())
    return iter(())


def yields_and_waits(environ, start_response):
    start_response("200 OK", plain())
    yield b"first"
    wait(environ)
    yield b"second"


def states_its_length_and_waits(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "11")))
    yield b"first"
    wait(environ)
    yield b"second"


def waits_before_the_first_block(environ, start_response):
    start_response("200 OK", plain())
    yield b""
    wait(environ)
    yield b"first"


# Lengths.

ASKED = []


def asked(environ, start_response):
    return say(start_response, ASKED)


def exact(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "5")))
    return iter([b"Hel", b"lo"])


def too_much(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "5")))
    ASKED.clear()
    for block in (b"Hel", b"lo, world", b"!", b"?"):
        ASKED.append(block)
        yield block


def too_little(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "99")))
    return [b"Hello"]


def nothing_of_its_length(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "99")))
    return []


def no_content(environ, start_response):
    start_response("204 No Content", [("X-A", "1")])
    return []


def early_hints_and_nothing_else(environ, start_response):
    start_response("103 Early Hints", [("Link", "</a.css>; rel=preload")])
    return []


def no_content_with_a_body(environ, start_response):
    start_response("204 No Content", plain(("Content-Length", "5")))
    return [b"Hello"]


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"a"')])
    return []


def not_modified_with_a_body(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"a"')])
    return [b"Hello"]


METHODS = []


def notes_its_method(environ, start_response):
    METHODS.append(environ["REQUEST_METHOD"])
    start_response("200 OK", plain(("X-Seen", environ["REQUEST_METHOD"])))
    return [b"Hello"]


def notes_its_method_and_length(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "5")))
    return [b"Hello"]


def methods(environ, start_response):
    seen = list(METHODS)
    METHODS.clear()
    return say(start_response, seen)


# close().

CLOSED = []


class Body:
    """Blocks that count how often they are closed. An exception among them is raised."""

    def __init__(self, *blocks):
        self.blocks = blocks

    def __iter__(self):
        for block in self.blocks:
            if isinstance(block, BaseException):
                raise block
            yield block

    def close(self):
        CLOSED.append("closed")


def closed(environ, start_response):
    seen = list(CLOSED)
    CLOSED.clear()
    return say(start_response, seen)


def closes(environ, start_response):
    start_response("200 OK", plain())
    return Body(b"Hello", b", world")


def closes_empty(environ, start_response):
    start_response("200 OK", plain())
    return Body()


def closes_failed_before(environ, start_response):
    start_response("200 OK", plain())
    return Body(ValueError("before"))


def closes_failed_during(environ, start_response):
    start_response("200 OK", plain())
    return Body(b"Hello", ValueError("during"))


def closes_text(environ, start_response):
    start_response("200 OK", plain())
    return Body(b"Hello", "text")


def closes_unstarted(environ, start_response):
    return Body(b"Hello")


def closes_cut(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "2")))
    return Body(b"Hello", b"world")


def closes_no_content(environ, start_response):
    start_response("204 No Content", [])
    return Body()


def closes_endless(environ, start_response):
    start_response("200 OK", plain())

    class Endless(Body):
        def __iter__(self):
            while True:
                yield b"x" * 65536

    return Endless()


class Outer(Body):
    """Its iterator has a close() of its own, which is none of the server's business."""

    def __iter__(self):
        return Inner()


class Inner:
    def __init__(self):
        self.blocks = [b"Hello"]

    def __iter__(self):
        return self

    def __next__(self):
        if not self.blocks:
            raise StopIteration
        return self.blocks.pop()

    def close(self):
        CLOSED.append("inner")


def closes_outer(environ, start_response):
    start_response("200 OK", plain())
    return Outer()


def closes_badly(environ, start_response):
    class Bad(Body):
        def close(self):
            super().close()
            raise ValueError("in close")

    start_response("200 OK", plain(("Content-Length", "5")))
    return Bad(b"Hello")


def closes_after_waiting(environ, start_response):
    class Waiting(Body):
        def close(self):
            wait(environ)
            super().close()

    start_response("200 OK", plain(("Content-Length", "5")))
    return Waiting(b"Hello")


# Failures.


def fails_in_the_call(environ, start_response):
    raise ValueError("secret-in-the-call")


def fails_after_start_response(environ, start_response):
    start_response("200 OK", plain(("X-App", "1")))
    raise ValueError("secret-after-start-response")


def fails_before_the_first_block(environ, start_response):
    start_response("200 OK", plain(("X-App", "1")))
    yield b""
    raise ValueError("secret-before-the-first-block")


def fails_at_the_first_next(environ, start_response):
    start_response("200 OK", plain(("X-App", "1")))
    if environ:
        raise ValueError("secret-at-the-first-next")
    yield b"unreachable"


def fails_during(environ, start_response):
    start_response("200 OK", plain())
    yield b"Hello"
    raise ValueError("during")


def fails_during_a_stated_length(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "10")))
    yield b"Hello"
    raise ValueError("during")


def returns_none(environ, start_response):
    start_response("200 OK", plain())


def returns_text(environ, start_response):
    start_response("200 OK", plain())
    return "text"


def yields_text(environ, start_response):
    start_response("200 OK", plain())
    return ["text"]


def exits(environ, start_response):
    sys.exit(3)


def exits_after_start_response(environ, start_response):
    start_response("200 OK", plain())
    sys.exit("bye")


# wsgi.file_wrapper.

DATA = b"0123456789" * 2000


class FileLike:
    """Read and close, and nothing else of a file."""

    def __init__(self, data):
        self.file = io.BytesIO(data)

    def read(self, size):
        return self.file.read(size)

    def close(self):
        CLOSED.append("file")


def real_file(environ):
    file = open(environ["HTTP_X_FILE"], "rb")
    file.seek(5)
    return file


def offers_a_wrapper(environ, start_response):
    return say(start_response, "wsgi.file_wrapper" in environ)


def wraps_a_file(environ, start_response):
    start_response("200 OK", plain())
    return environ["wsgi.file_wrapper"](real_file(environ), 4096)


def wraps_a_file_with_a_length(environ, start_response):
    start_response("200 OK", plain(("Content-Length", "7")))
    return environ["wsgi.file_wrapper"](real_file(environ))


def wraps_something_like_a_file(environ, start_response):
    file = FileLike(DATA)
    file.read(5)
    start_response("200 OK", plain())
    return environ["wsgi.file_wrapper"](file, 4096)


def iterates_over_a_wrapper(environ, start_response):
    blocks = environ["wsgi.file_wrapper"](FileLike(b"0123456789"), 4)
    body = b"|".join(blocks)
    blocks.close()
    start_response("200 OK", plain())
    return [body]
