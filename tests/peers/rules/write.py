"""The callable that start_response returns: PEP 3333, "The write() Callable"."""

from client import Connection, ask, request
from rules import Subject, expect, gate, same

subject = Subject(__name__, "write", "calls")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, The write() Callable"


def call(server, name):
    return ask(server, request("GET /", f"X-Ask: {name}"))


@rule("What was written comes before the blocks of the iterable, all in order.", SECTION)
def comes_before_the_iterable(server):
    answer = call(server, "writes")
    expect(answer.whole, answer)
    same(answer.text(), "one two three four", "the body")


@rule("What was written is a whole answer when the iterable is empty.", SECTION)
def needs_no_iterable(server):
    answer = call(server, "writes_and_returns_nothing")
    expect(answer.whole, answer)
    same(answer.text(), "one two", "the body")


@rule("What is written in the middle of the iteration stands there.", SECTION)
def works_in_the_iteration(server):
    same(call(server, "writes_in_the_iterable").text(), "one two three", "the body")


@rule(
    "What was written is sent before write() is called again.", "PEP 3333, Buffering and Streaming"
)
def is_sent_at_once(server):
    with gate() as door, Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: writes_and_waits", door.header))
        connection.until(b"first")
        door.open()
        connection.until(b"second")


@rule(
    "Writing nothing sends nothing: exc_info still replaces the status.",
    "PEP 3333, The start_response() Callable",
)
def of_nothing_sends_nothing(server):
    answer = call(server, "writes_nothing_and_replaces")
    same((answer.code, answer.text()), (503, "replaced"), "the answer")


@rule(
    "Writing beyond Content-Length raises, and is not sent.",
    "PEP 3333, Handling the Content-Length Header",
)
def beyond_content_length_raises(server):
    with Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: writes_too_much"))
        sent = connection.rest()
    expect(sent.endswith(b"\r\n\r\nHello"), f"{sent!r} was sent")
    same(call(server, "written").text(), "['the first']", "the list of writes that returned")


@decision("Writing text raises, and is an error.", "PEP 3333 asks it of the app")
def of_text_raises(server):
    answer = call(server, "writes_text")
    expect(answer.code == 500, answer)
