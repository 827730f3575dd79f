"""wsgi.errors: PEP 3333, "Input and Error Streams"."""

from client import request, ask
from rules import Subject, expect, value

subject = Subject(__name__, "wsgi.errors", "streams")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, Input and Error Streams"


def takes(server, expression):
    said = value(ask(server, request("GET /", f"X-Do: {expression}")))
    expect("Error" not in str(said), f"{expression} raised {said}")


@rule("write() takes text, with any character.", SECTION)
def write(server):
    takes(server, "e.write('plain\\n')")
    takes(server, r"e.write('Zo\xeb \u674e \U0001f600\n')")


@rule("writelines() takes any iterable of text.", SECTION)
def writelines(server):
    takes(server, r"e.writelines(['a', '\u674e\n'])")
    takes(server, r"e.writelines(c for c in 'b\n')")


@rule("flush() can be called at any time.", SECTION)
def flush(server):
    takes(server, r"[e.flush(), e.write('a\n'), e.flush()]")


@rule("print() can be told to write to it.", SECTION)
def is_a_file_for_print(server):
    takes(server, "print('from print', file=e)")


@decision("write() takes half a pair of surrogates, which no encoding knows, too.")
def write_takes_lone_surrogates(server):
    takes(server, r"e.write('\ud800\n')")


@decision("write() refuses bytes.")
def write_refuses_bytes(server):
    said = value(ask(server, request("GET /", "X-Do: e.write(b'bytes')")))
    expect("Error" in str(said), f"it returned {said!r}")
