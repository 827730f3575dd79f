"""What goes out of the status and headers that the app gave: PEP 3333, "The start_response()
Callable"."""

import re

from client import Connection, ask, request
from rules import Subject, expect, same

subject = Subject(__name__, "Status and headers on the wire", "calls")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, The start_response() Callable"
DATE = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT"


def do(server, call):
    answer = ask(server, request("GET /", f"X-Do: {call}"))
    expect(answer.text() == "taken", answer)
    return answer


@rule("The app's own reason phrase is sent as it is.", SECTION)
def reason_is_the_apps(server):
    answer = do(server, "s('299 My Own Reason', [])")
    same((answer.code, answer.reason), (299, b"My Own Reason"), "the status")


@rule(
    "Characters up to 255 in the reason are sent as the bytes with these numbers.",
    "PEP 3333, Unicode Issues",
)
def reason_is_latin_1(server):
    same(do(server, r"s('200 \xe9\xff', [])").reason, b"\xe9\xff", "the reason")


@rule("Every header of the app is sent, with its value unchanged.", SECTION)
def headers_are_sent(server):
    answer = do(server, "s('200 OK', [('X-A', 'a b; c=\"d, e\"'), ('X-B', '')])")
    same((answer.header("X-A"), answer.header("X-B")), ('a b; c="d, e"', ""), "X-A and X-B")


@rule("A header given twice is sent twice, in order.", SECTION)
def repeated_headers_stay_apart(server):
    answer = do(server, "s('200 OK', [('Set-Cookie', 'b=2'), ('X', ''), ('Set-Cookie', 'a=1')])")
    same(answer.all("Set-Cookie"), [b"b=2", b"a=1"], "Set-Cookie")


@rule(
    "Characters up to 255 in a value are sent as the bytes with these numbers.",
    "PEP 3333, Unicode Issues",
)
def values_are_latin_1(server):
    same(do(server, r"s('200 OK', [('X-A', '\xc3\xa9\xff')])").all("X-A"), [b"\xc3\xa9\xff"], "X-A")


@rule("What tries to forge a header or a body forges nothing.", SECTION)
def nothing_can_be_forged(server):
    for call in (
        r"s('200 OK', [('A', 'b\r\nX-Evil: 1')])",
        r"s('200 OK', [('A', 'b\nX-Evil: 1')])",
        r"s('200 OK', [('A\r\nX-Evil', '1')])",
        r"s('200 OK\r\nX-Evil: 1', [])",
        r"s('200 OK', [('A', 'b\r\n\r\n<evil>')])",
    ):
        with Connection(server) as connection:
            connection.send(request("GET /", f"X-Do: {call}"))
            sent = connection.rest()
        # The app's own report of the refusal may quote what it tried.
        head = sent.partition(b"\r\n\r\n")[0]
        expect(not re.search(rb"(?im)^x-evil:|^<evil>", head), f"{call} sent {sent!r}")
        body = sent.partition(b"\r\n\r\n")[2]
        expect(not body.startswith(b"<evil>"), f"{call} sent {sent!r}")


@rule(
    "A Date is added where the app gave none.",
    "PEP 3333, The start_response() Callable; RFC 9110, 6.6.1",
)
def date_is_added(server):
    date = do(server, "s('200 OK', [])").header("Date")
    expect(date and re.fullmatch(DATE, date), f"Date was {date!r}")


@rule("A Server header is added where the app gave none.", SECTION)
def server_is_added(server):
    got = do(server, "s('200 OK', [])").header("Server")
    expect(got, f"Server was {got!r}")


@rule("The app's own Date is the only one.", SECTION)
def date_of_the_app_stays(server):
    date = "Sun, 06 Nov 1994 08:49:37 GMT"
    same(do(server, f"s('200 OK', [('date', '{date}')])").all("Date"), [date.encode()], "Date")


@rule("The app's own Server header is the only one.", SECTION)
def server_of_the_app_stays(server):
    same(do(server, "s('200 OK', [('server', 'mine')])").all("Server"), [b"mine"], "Server")


@decision(
    "A list that the app uses again holds what it held before.",
    "PEP 3333 lets the server change it",
)
def shared_lists_do_no_harm(server):
    for length in (3, 7):
        answer = ask(server, request(f"GET /?{length}", "X-Ask: shares_its_list"))
        expect(answer.whole, answer)
        same(answer.text(), "x" * length, "the body")


@decision(
    "What the app does to its list after the call changes nothing.",
    "PEP 3333 forbids it to the app",
)
def later_changes_are_not_sent(server):
    answer = ask(server, request("GET /", "X-Ask: changes_its_list"))
    same((answer.header("X-A"), answer.header("X-B")), ("1", None), "X-A and X-B")


@decision("The app's headers come first, in its order and with its capitals.", "HTTP takes any")
def headers_go_out_as_they_are(server):
    answer = do(
        server,
        "s('200 OK', [('x-UPPER', '1'), ('set-COOKIE', 'a=1'), ('A', ''), ('x-upper', '2')])",
    )
    names = [name for name, _ in answer.headers]
    same(names[:4], [b"x-UPPER", b"set-COOKIE", b"A", b"x-upper"], "the first four names")
