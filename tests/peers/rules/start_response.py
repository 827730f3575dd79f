"""What start_response takes, and what it refuses at the call: PEP 3333, "The start_response()
Callable"."""

from client import ask, request
from rules import Subject, expect, same

subject = Subject(__name__, "start_response", "calls")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, The start_response() Callable"
HOP_BY_HOP = (
    "Connection",
    "Keep-Alive",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
)


def call(server, name):
    return ask(server, request("GET /", f"X-Ask: {name}"))


def refuses(server, *calls):
    """An exception at the call, so that the app is told and can still answer."""
    for do in calls:
        answer = ask(server, request("GET /", f"X-Do: {do}"))
        refused = answer.code == 299 and answer.text().startswith("refused: ")
        expect(refused, f"{do} gave {answer}")


@rule("It is called with two arguments, by position.", SECTION)
def takes_two_arguments(server):
    answer = ask(server, request("GET /", "X-Do: s('200 OK', [('Content-Type', 'text/plain')])"))
    same((answer.code, answer.text()), (200, "taken"), "the answer")


@rule("It takes None as a third argument, by position.", SECTION)
def takes_a_third_argument(server):
    same(call(server, "three_arguments").text(), "taken", "the answer")


@rule("It returns the callable write.", SECTION)
def returns_write(server):
    same(call(server, "returned_write").text(), "True", "whether it is callable")


@rule("A second call without exc_info raises.", SECTION)
def raises_when_called_twice(server):
    answer = call(server, "twice")
    expect(answer.code == 200 and answer.text().startswith("refused"), answer)


@decision("A second call raises after a first one that failed, too.")
def raises_when_called_after_a_failed_call(server):
    answer = call(server, "twice_after_a_failed_call")
    expect(answer.text().startswith("refused"), answer)


@rule("With exc_info, before anything was sent, it replaces the status.", SECTION)
def exc_info_replaces_the_status(server):
    answer = call(server, "replaced")
    same((answer.code, answer.reason, answer.text()), (503, b"Later", "replaced"), "the answer")


@rule("With exc_info, before anything was sent, it replaces all headers.", SECTION)
def exc_info_replaces_the_headers(server):
    answer = call(server, "replaced")
    same((answer.header("X-First"), answer.header("X-Second")), (None, "2"), "X-First, X-Second")


@rule("An empty block has not sent anything: exc_info still replaces the status.", SECTION)
def exc_info_replaces_after_an_empty_block(server):
    answer = call(server, "replaced_in_a_generator")
    same((answer.code, answer.text()), (503, "replaced"), "the answer")
    same(answer.header("X-First"), None, "X-First")


@rule("With exc_info, after the first bytes, it raises that very exception again.", SECTION)
def exc_info_is_raised_after_output(server):
    with_status = call(server, "too_late")
    same((with_status.code, with_status.text()[:6]), (200, "before"), "what was sent before")
    same(call(server, "raised").text(), "[True]", "whether it was the exception")


@rule("The first call of all may have exc_info.", SECTION)
def exc_info_may_come_first(server):
    answer = call(server, "first_with_exc_info")
    same((answer.code, answer.reason, answer.text()), (500, b"Oops", "page"), "the answer")


@rule(
    "It may be called as late as in the first next() of the iterable.",
    "PEP 3333, Specification Details",
)
def may_come_at_the_first_next(server):
    for name in ("at_the_first_next", "at_iter"):
        answer = call(server, name)
        same((answer.reason, answer.text()), (b"Late", "late"), name)


@rule(
    "An app that never calls it gets an error, not an answer of the server's own making.",
    "PEP 3333, Specification Details",
)
def must_be_called(server):
    answer = call(server, "never")
    expect(answer.code == 500, answer)


@rule(
    "An app that never calls it and returns nothing gets an error, too.",
    "PEP 3333, Specification Details",
)
def must_be_called_before_an_empty_body(server):
    answer = call(server, "never_and_empty")
    expect(answer.code == 500, answer)


@rule(
    "An app that calls it after the first block gets an error.", "PEP 3333, Specification Details"
)
def must_come_before_the_first_block(server):
    answer = call(server, "after_the_first_block")
    expect(answer.code == 500, answer)


@rule("It refuses hop-by-hop headers: they are the server's.", "PEP 3333, Other HTTP Features")
def refuses_hop_by_hop_headers(server):
    refuses(server, *(f"s('200 OK', [('{name}', 'x')])" for name in HOP_BY_HOP))
    refuses(server, "s('200 OK', [('connection', 'close')])")


@rule("It refuses CR and LF in a value.", SECTION)
def refuses_line_ends_in_values(server):
    values = (r"b\r\nSet-Cookie: evil=1", r"b\nX: evil", r"b\rc", r"b\r\n", r"b\r\n c")
    refuses(server, *(f"s('200 OK', [('A', '{value}')])" for value in values))


@rule("It refuses the other control characters in a value.", SECTION)
def refuses_control_characters_in_values(server):
    values = (r"b\x00", r"b\x1b[2J", r"\x07", r"b\x7f")
    refuses(server, *(f"s('200 OK', [('A', '{value}')])" for value in values))


@rule("It refuses control characters in the status.", SECTION)
def refuses_control_characters_in_the_status(server):
    statuses = (r"200 OK\r\nX: evil", r"200 OK\n", r"200 O\rK", r"200 O\x00K")
    refuses(server, *(f"s('{status}', [])" for status in statuses))


@rule("It refuses names that HTTP does not know.", SECTION)
def refuses_malformed_names(server):
    names = ("A:", "A b", "", r"A\r\nX", r"A\x00", r"\xe9", "A(b)")
    refuses(server, *(f"s('200 OK', [('{name}', 'b')])" for name in names))


@rule("It refuses text that latin-1 cannot say.", "PEP 3333, Unicode Issues")
def refuses_text_outside_latin_1(server):
    refuses(server, r"s('200 \u674e', [])", r"s('200 OK', [('A', '\u674e')])")
    refuses(server, r"s('200 OK', [('\u674e', 'b')])", r"s('200 OK', [('A', '\ud800')])")


@rule("It refuses a status that is no str.", "PEP 3333, A Note On String Types")
def refuses_a_status_that_is_no_str(server):
    refuses(server, "s(200, [])", "s(b'200 OK', [])", "s(None, [])")


@rule("It refuses names and values that are no str.", "PEP 3333, A Note On String Types")
def refuses_headers_that_are_no_str(server):
    headers = "(b'A', 'b')", "('A', b'b')", "('Content-Length', 5)", "('A', None)"
    refuses(server, *(f"s('200 OK', [{header}])" for header in headers))


@rule("It refuses a status that does not begin with a code of three digits and a space.", SECTION)
def refuses_a_malformed_status(server):
    refuses(
        server,
        *(
            f"s('{status}', [])"
            for status in ("20 OK", "2000 OK", "abc OK", "200OK", "", " 200 OK")
        ),
    )


@decision("It refuses a status without a reason.", "PEP 3333 gives the form '999 Message here'")
def refuses_a_status_without_a_reason(server):
    refuses(server, "s('200', [])", "s('200 ', [])")


@decision("It refuses codes outside of 100 to 599.", "RFC 9110, 15, calls them invalid")
def refuses_codes_that_do_not_exist(server):
    refuses(server, "s('099 Low', [])", "s('600 High', [])", "s('999 High', [])")


@decision("It refuses headers that are not a list of tuples of two.", "PEP 3333 asks it of the app")
def refuses_headers_that_are_no_list_of_tuples(server):
    headers = (
        "None",
        "()",
        "{'A': 'b'}",
        "iter([])",
        "[['A', 'b']]",
        "[('A',)]",
        "[('A', 'b', 'c')]",
        "['A: b']",
    )
    refuses(server, *(f"s('200 OK', {value})" for value in headers))


@decision("It refuses a Content-Length that is no number, and two different ones.")
def refuses_a_malformed_content_length(server):
    values = "('Content-Length', '-1')", "('Content-Length', '0x5')", "('Content-Length', '')"
    refuses(server, *(f"s('200 OK', [{value}])" for value in values))
    refuses(server, "s('200 OK', [('Content-Length', '1'), ('Content-Length', '2')])")


@decision("It refuses keywords.", "PEP 3333: the names of its parameters are not fixed")
def refuses_keywords(server):
    refuses(server, "s(status='200 OK', headers=[])", "s(status='200 OK', response_headers=[])")
