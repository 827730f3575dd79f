"""The iterable that the app returns, and when its blocks leave: PEP 3333, "Buffering and
Streaming"."""

from client import Connection, ask, request
from rules import Subject, expect, gate, same

subject = Subject(__name__, "The iterable", "bodies")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, Specification Details"
STREAMING = "PEP 3333, Buffering and Streaming"


def sends(server, name, body=b"Hello"):
    answer = ask(server, request("GET /", f"X-Ask: {name}"))
    expect(answer.code == 200 and answer.whole, answer)
    same(answer.body, body, f"the body of {name}")


@rule("A list and a tuple of blocks are a body.", SECTION)
def may_be_a_list(server):
    for name in ("list_of_one", "list_of_two", "tuple_of_two"):
        sends(server, name)


@rule("A generator is a body.", SECTION)
def may_be_a_generator(server):
    sends(server, "generator")


@rule("Whatever iter() takes is a body.", SECTION)
def may_be_anything_iterable(server):
    sends(server, "only_iter")
    sends(server, "only_getitem")


@rule(
    "What a class makes when called as the app is a body.",
    "PEP 3333, The Application/Framework Side",
)
def may_come_of_a_class(server):
    sends(server, "class_as_application")


@rule("All blocks arrive, in order, also a thousand of them.", STREAMING)
def blocks_keep_their_order(server):
    sends(server, "many_blocks", b"".join(b"%d\n" % number for number in range(1000)))


@rule("A megabyte of all bytes arrives as it is.", "PEP 3333, A Note On String Types")
def blocks_may_hold_any_bytes(server):
    sends(server, "all_bytes", bytes(range(256)) * 4096 + b"end")


@rule("An empty iterable is a whole answer with an empty body.", SECTION)
def may_be_empty(server):
    sends(server, "empty_list", b"")
    sends(server, "empty_iterator", b"")


@rule("An iterable of empty blocks is a whole answer with an empty body.", SECTION)
def may_hold_empty_blocks_only(server):
    sends(server, "empty_blocks", b"")


def first_block_leaves(server, name):
    with gate() as door, Connection(server) as connection:
        connection.send(request("GET /", f"X-Ask: {name}", door.header))
        connection.until(b"first")
        door.open()
        connection.until(b"second")


@rule("A block is sent before the next one is asked for.", STREAMING)
def blocks_are_sent_at_once(server):
    first_block_leaves(server, "yields_and_waits")


@rule("So it is when Content-Length is stated.", STREAMING)
def blocks_of_a_stated_length_are_sent_at_once(server):
    first_block_leaves(server, "states_its_length_and_waits")


@rule(
    "Status and headers wait for the first block that is not empty.",
    "PEP 3333, The start_response() Callable",
)
def nothing_is_sent_before_the_first_block(server):
    with gate() as door, Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: waits_before_the_first_block", door.header))
        door.reached()
        early = not connection.is_silent(0.3)
        expect(not early, f"{connection.buffer!r} was sent before the block")
        door.open()
        same(connection.answer().text(), "first", "the body")
