"""How the client finds the end of the body: PEP 3333, "Handling the Content-Length Header", and
RFC 9112, section 6."""

from client import Connection, ask, request
from rules import Subject, expect, same, told

subject = Subject(__name__, "The end of the body", "bodies")
rule = subject.rule
decision = subject.decision

LENGTH = "PEP 3333, Handling the Content-Length Header"


def get(server, name, **options):
    return ask(server, request("GET /", f"X-Ask: {name}", **options))


@rule("A stated Content-Length is sent as it is, with as many bytes.", LENGTH)
def stated_length_is_sent(server):
    answer = get(server, "exact")
    expect(answer.whole, answer)
    same((answer.header("Content-Length"), answer.body), ("5", b"Hello"), "length and body")


@rule("More than the stated length is not sent.", LENGTH)
def more_than_the_length_is_cut(server):
    with Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: too_much"))
        sent = connection.rest()
    expect(sent.endswith(b"\r\n\r\nHello"), f"{sent[-60:]!r} was sent")


@rule("Once the stated length is sent, no further block is asked for.", LENGTH)
def more_than_the_length_is_not_asked_for(server):
    get(server, "too_much")
    same(told(server, "asked")[2:], [], "the list of blocks asked for beyond it")


@rule("Less than the stated length ends the connection, so that the client can tell.", LENGTH)
def less_than_the_length_closes(server):
    for name in ("too_little", "nothing_of_its_length"):
        # The client does not ask for the close.
        answer = get(server, name, close=False)
        if answer.code == 200:
            same(answer.header("Content-Length"), "99", "Content-Length")
            expect(not answer.whole, answer)
        else:
            same(answer.code, 500, "the status")


@rule(
    "Without a stated length the client of HTTP/1.1 can tell the end, or the connection ends.",
    "RFC 9112, 6.3",
)
def end_without_a_length_can_be_told(server):
    for name in ("list_of_two", "generator"):
        with Connection(server) as connection:
            connection.send(request("GET /", f"X-Ask: {name}", close=False))
            answer = connection.answer()
            expect(answer.whole, answer)
            same(answer.body, b"Hello", "the body")


@rule("A client of HTTP/1.0 gets no chunks.", "RFC 9112, 7")
def http_1_0_gets_no_chunks(server):
    answer = ask(server, b"GET / HTTP/1.0\r\nX-Ask: generator\r\n\r\n")
    same((answer.all("Transfer-Encoding"), answer.body), ([], b"Hello"), "coding and body")


@rule("HEAD calls the app, with HEAD as the method.", "RFC 9110, 9.3.2")
def head_calls_the_app(server):
    told(server, "methods")
    with Connection(server) as connection:
        connection.send(request("HEAD /", "X-Ask: notes_its_method"))
        same(connection.answer("HEAD").code, 200, "the status")
    same(told(server, "methods"), ["HEAD"], "the list of methods the app saw")


@rule("The answer to HEAD has no body.", "RFC 9110, 9.3.2")
def head_has_no_body(server):
    for name in ("list_of_one", "list_of_two", "generator", "exact"):
        with Connection(server) as connection:
            connection.send(request("HEAD /", f"X-Ask: {name}"))
            sent = connection.rest()
        expect(sent.endswith(b"\r\n\r\n") and sent.count(b"\r\n\r\n") == 1, f"{name} sent {sent!r}")


@rule("The answer to HEAD has the app's Content-Length.", "RFC 9110, 8.6")
def head_keeps_the_length(server):
    answer = ask(server, request("HEAD /", "X-Ask: exact"), "HEAD")
    same(answer.header("Content-Length"), "5", "Content-Length")


@decision(
    "The answer to HEAD has the Content-Length of GET where that is known.",
    "RFC 9110, 9.3.2, lets it be left out",
)
def head_has_the_length_of_get(server):
    answer = ask(server, request("HEAD /", "X-Ask: list_of_one"), "HEAD")
    same(answer.header("Content-Length"), "5", "Content-Length")


def bare(server, name):
    """The bytes of an answer that may have no body."""
    with Connection(server) as connection:
        connection.send(request("GET /", f"X-Ask: {name}"))
        return connection.rest()


@rule(
    "204 has no body, no Content-Length and no Transfer-Encoding.", "RFC 9110, 8.6; RFC 9112, 6.1"
)
def no_content_has_no_body(server):
    sent = bare(server, "no_content")
    expect(sent.endswith(b"\r\n\r\n") and sent.count(b"\r\n\r\n") == 1, f"{sent!r} was sent")
    for name in (b"content-length:", b"transfer-encoding:"):
        expect(name not in sent.lower(), f"{sent!r} was sent")


@rule("204 has no body even when the app gives one.", "RFC 9110, 15.3.5")
def no_content_loses_a_body(server):
    sent = bare(server, "no_content_with_a_body")
    expect(b" 500 " in sent[:15] or sent.endswith(b"\r\n\r\n"), f"{sent!r} was sent")


@decision(
    "204 loses the Content-Length that the app gave.", "RFC 9110, 8.6, forbids it to the app, too"
)
def no_content_loses_a_length(server):
    sent = bare(server, "no_content_with_a_body")
    expect(b"content-length:" not in sent.lower(), f"{sent!r} was sent")


@rule("304 has no body, even when the app gives one.", "RFC 9110, 15.4.5")
def not_modified_has_no_body(server):
    for name in ("not_modified", "not_modified_with_a_body"):
        sent = bare(server, name)
        expect(sent.endswith(b"\r\n\r\n") and sent.count(b"\r\n\r\n") == 1, f"{sent!r} was sent")


@decision(
    "After a status of 1xx the connection ends, so that no client waits for the answer that never comes."
)
def interim_statuses_end_the_connection(server):
    with Connection(server) as connection:
        connection.send(request("GET /", "X-Ask: early_hints_and_nothing_else", close=False))
        sent = connection.rest()
    expect(b" 103 " in sent[:15] or b" 500 " in sent[:15], f"{sent!r} was sent")


@decision("A list of one block has its length as Content-Length.", "PEP 3333 suggests it")
def one_block_has_its_length(server):
    answer = get(server, "list_of_one")
    same(answer.header("Content-Length"), "5", "Content-Length")


@decision("An empty body has Content-Length 0.")
def an_empty_body_has_length_0(server):
    same(get(server, "empty_list").header("Content-Length"), "0", "Content-Length")


@decision(
    "A body of unknown length goes out in chunks, and the connection stays.",
    "RFC 9112, 9.3, recommends it",
)
def unknown_lengths_are_chunked(server):
    with Connection(server) as connection:
        for _ in range(2):
            connection.send(request("GET /", "X-Ask: generator", close=False))
            answer = connection.answer()
            same((answer.framing, answer.body), ("chunked", b"Hello"), "framing and body")
