"""close() of the iterable is called exactly once, whatever happens: PEP 3333, "Specification
Details"."""

import time

from client import PATIENCE, Broken, Connection, ask, request
from rules import Subject, expect, gate, same, told

subject = Subject(__name__, "close()", "bodies")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, Specification Details"


def closed_once(server, name, method="GET", wanted=("closed",)):
    told(server, "closed")
    with Connection(server) as connection:
        connection.send(request(f"{method} /", f"X-Ask: {name}"))
        try:
            connection.rest()
        except Broken:
            # How the answer looks is not asked here.
            pass
    same(told(server, "closed"), list(wanted), "the list of calls")


@rule("It is called once after a whole answer.", SECTION)
def after_the_end(server):
    closed_once(server, "closes")


@rule("It is called once after an empty body.", SECTION)
def after_an_empty_body(server):
    closed_once(server, "closes_empty")


@rule("It is called once when the iteration fails at its first block.", SECTION)
def after_a_failure_before_output(server):
    closed_once(server, "closes_failed_before")


@rule("It is called once when the iteration fails later.", SECTION)
def after_a_failure_during_output(server):
    closed_once(server, "closes_failed_during")


@rule("It is called once when a block is no bytes.", SECTION)
def after_a_block_of_text(server):
    closed_once(server, "closes_text")


@rule("It is called once when start_response was not called.", SECTION)
def without_start_response(server):
    closed_once(server, "closes_unstarted")


@rule("It is called once after HEAD.", SECTION)
def after_head(server):
    closed_once(server, "closes", "HEAD")


@rule("It is called once after 204.", SECTION)
def after_no_content(server):
    closed_once(server, "closes_no_content")


@rule("It is called once when the body is cut at its Content-Length.", SECTION)
def after_a_cut_body(server):
    closed_once(server, "closes_cut")


@rule("It is called once when the client leaves in the middle.", SECTION)
def after_the_client_left(server):
    told(server, "closed")
    with Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: closes_endless"))
        connection.until(b"xxx")
    # The server hears of it only when it sends the next blocks.
    deadline = time.monotonic() + PATIENCE
    while not (calls := told(server, "closed")):
        expect(time.monotonic() < deadline, "it was not called")
        time.sleep(0.02)
    same(calls, ["closed"], "the list of calls")


@rule("It is the iterable's own, not that of its iterator.", SECTION)
def of_the_iterable_itself(server):
    closed_once(server, "closes_outer")


@rule(
    "It is called after the last block, and the client need not wait for it.",
    "PEP 3333, Buffering and Streaming",
)
def comes_after_the_last_block(server):
    told(server, "closed")
    with gate() as door, Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: closes_after_waiting", door.header))
        answer = connection.answer()
        expect(answer.whole, answer)
        door.reached()
        door.open()
    deadline = time.monotonic() + PATIENCE
    while not (calls := told(server, "closed")):
        expect(time.monotonic() < deadline, "it was not called")
        time.sleep(0.02)
    same(calls, ["closed"], "the list of calls")


@decision("An exception in it does not spoil the answer, nor the server.")
def may_fail(server):
    told(server, "closed")
    answer = ask(server, request("GET /", "X-Ask: closes_badly"))
    expect(answer.code == 200 and answer.whole and answer.body == b"Hello", answer)
    same(told(server, "closed"), ["closed"], "the list of calls")
