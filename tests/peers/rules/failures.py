"""Apps that fail, and what the client gets of it: PEP 3333, "Error Handling"."""

from client import ask, request
from rules import Subject, expect, same

subject = Subject(__name__, "Failures", "bodies")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, Error Handling"


def get(server, name):
    return ask(server, request("GET /", f"X-Ask: {name}"))


def answers(server):
    """The next request is answered."""
    same(get(server, "list_of_one").text(), "Hello", "the next answer")


def is_500(server, *names):
    for name in names:
        answer = get(server, name)
        expect(answer.code == 500 and answer.whole, f"{name} gave {answer}")
        same(answer.all("X-App"), [], "the app's headers")
        answers(server)


@rule("An exception of the app's call is a whole answer with 500.", SECTION)
def in_the_call(server):
    is_500(server, "fails_in_the_call")


@rule("An exception after start_response, with nothing sent, is a whole answer with 500.", SECTION)
def after_start_response(server):
    is_500(server, "fails_after_start_response")


@rule("An exception before the first block that is not empty is a whole answer with 500.", SECTION)
def before_the_first_block(server):
    is_500(server, "fails_at_the_first_next", "fails_before_the_first_block")


@rule(
    "An exception in the middle of a body of unknown length shows: the body never ends.",
    "RFC 9112, 8",
)
def during_a_body(server):
    answer = get(server, "fails_during")
    expect(answer.code == 200 and not answer.whole, answer)
    answers(server)


@rule("An exception in the middle of a stated length shows: bytes are missing.", "RFC 9112, 8")
def during_a_stated_length(server):
    answer = get(server, "fails_during_a_stated_length")
    expect(answer.code == 200 and not answer.whole, answer)
    same(answer.body, b"Hello", "what was sent")
    answers(server)


@rule("An app that returns None gets an error.", "PEP 3333, Specification Details")
def of_an_app_that_returns_none(server):
    is_500(server, "returns_none")


@decision("Text in place of bytes is an error, not an empty page.", "PEP 3333 asks it of the app")
def of_an_app_that_gives_text(server):
    is_500(server, "returns_text", "yields_text")


@decision("An app that calls sys.exit() ends its request with 500, and the server lives.")
def of_an_app_that_exits(server):
    is_500(server, "exits", "exits_after_start_response")
