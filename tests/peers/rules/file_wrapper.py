"""wsgi.file_wrapper: PEP 3333, "Optional Platform-Specific File Handling". A server may do without
it; then it breaks none of the rules about it."""

import pathlib
import tempfile

from client import ask, request
from rules import Subject, expect, same, told

subject = Subject(__name__, "wsgi.file_wrapper", "bodies")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, Optional Platform-Specific File Handling"
DATA = b"0123456789" * 2000


def get(server, name):
    """The answer, or None of a server that has no wrapper."""
    if not told(server, "offers_a_wrapper"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "data")
        path.write_bytes(DATA)
        answer = ask(server, request("GET /", f"X-Ask: {name}", f"X-File: {path}"))
    expect(answer.code == 200 and answer.whole, answer)
    return answer


@decision("It is there.", "PEP 3333 leaves it open")
def is_there(server):
    same(told(server, "offers_a_wrapper"), True, "whether it is")


@rule("A file is sent from where it stands.", SECTION)
def begins_where_the_file_stands(server):
    answer = get(server, "wraps_a_file")
    expect(answer is None or answer.body == DATA[5:], answer)


@rule("Something with read() alone is sent from where it stands.", SECTION)
def takes_what_is_like_a_file(server):
    answer = get(server, "wraps_something_like_a_file")
    expect(answer is None or answer.body == DATA[5:], answer)


@rule("The file is closed once.", SECTION)
def closes_the_file(server):
    told(server, "closed")
    if get(server, "wraps_something_like_a_file"):
        same(told(server, "closed"), ["file"], "the list of calls")


@rule("No more of the file is sent than Content-Length says.", SECTION)
def keeps_to_the_length(server):
    answer = get(server, "wraps_a_file_with_a_length")
    expect(answer is None or answer.body == DATA[5:12], answer)


@rule("It is an iterable of blocks, also for the app itself.", SECTION)
def is_an_iterable(server):
    answer = get(server, "iterates_over_a_wrapper")
    expect(answer is None or answer.text() == "0123|4567|89", answer)
