"""What a client gets from a wrong app, in a word, and whether a server's output names the mistake."""

import re
import time

import servers
from client import STATUS_LINE, Broken, Connection

# How long a client waits for the whole answer. What takes longer hangs.
PATIENCE = 2
# No app here has more to say; what sends on without an end must not fill the memory.
LIMIT = 5_000_000

NOT_LOADED, NO_ANSWER, HANGS = "not loaded", "no answer", "hangs"
NO_HTTP, CUT, TOO_LONG = "no HTTP", "cut", "too long"
# From bad to good; the statuses follow.
BAD = (NOT_LOADED, NO_ANSWER, HANGS, NO_HTTP, CUT, TOO_LONG)

# Codes whose answers have no body, so that it is no wonder when there is none.
BODILESS = (204, 205)

FRAME = re.compile(r'  File "(?P<file>.+)", line \d+')
# What is said of an app without a traceback: the warnings of both checkers, what gunicorn says of
# an app that it does not find and of a body that it drops, and what waitress says of lengths.
COMPLAINT = re.compile(
    r"\b(WSGIWarning|HTTPWarning): "
    r"|^Failed to find (attribute|application object)|^Application object must be callable"
    r"|WSGI app sent body bytes on a no-body response"
    r"|^application-written content |^application returned too few bytes ",
    re.MULTILINE,
)


def badness(word):
    """What to sort words by, the worst first."""
    if word in BAD:
        return BAD.index(word), 0
    blank = word.startswith("blank")
    code = int(word.split()[-1])
    # An empty page that claims to be right is worse than one that says what is wrong with it.
    return len(BAD) + (code < 500) + (code < 500 and not blank), -code


def asked(server, send, patience=PATIENCE):
    """Sends a request and says in a word what came."""
    return answered(server, send, patience)[0]


def answered(server, send, patience=PATIENCE):
    """Sends a request: what came in a word, and its bytes."""
    try:
        connection = Connection(server)
    except Broken:
        return NO_ANSWER, b""
    with connection:
        try:
            connection.send(send.data())
        except Broken:
            return HANGS, b""
        _receive(connection, patience, send.leaves)
        data = connection.buffer
        return _word(connection, send), data


def _receive(connection, patience, leaves):
    """Takes what comes, to the end of the connection if it ends in time."""
    deadline = time.monotonic() + patience
    while not connection.over and len(connection.buffer) < LIMIT:
        if leaves and connection.buffer.partition(b"\r\n\r\n")[2]:
            break
        left = deadline - time.monotonic()
        if left <= 0 or not connection.receive(left):
            break


def _word(connection, send):
    unfinished = not connection.over
    # Nothing more is waited for, so that what is read below is what is there.
    connection.over = True
    if not connection.buffer:
        return HANGS if unfinished else NO_ANSWER
    if b"\r\n\r\n" not in connection.buffer:
        return HANGS if unfinished else _without_head(connection)
    try:
        answer = connection.answer(send.method)
    except Broken:
        return NO_HTTP
    if send.leaves:
        # It had no wish to see the end.
        return str(answer.code)
    if unfinished and (not answer.whole or answer.framing == "close"):
        return HANGS
    if not answer.whole and answer.body:
        return CUT
    if connection.buffer:
        return TOO_LONG
    # A browser shows the same empty page when the end is missing, too.
    blank = 200 <= answer.code < 300 and not answer.body and send.method != "HEAD"
    return f"blank {answer.code}" if blank and answer.code not in BODILESS else str(answer.code)


def _without_head(connection):
    first = connection.buffer.partition(b"\r\n")[0]
    return CUT if STATUS_LINE.fullmatch(first) else NO_HTTP


def names(printed, packages):
    """Whether the packages of a server or a checker complain in what was printed.

    Their complaints are the warnings they write, and the errors they raise themselves. A traceback that
    only passes through them is the interpreter's complaint: it would be there with any server.
    """
    theirs = re.compile(rf"[/\\]({'|'.join(packages)})[/\\]")
    return bool(COMPLAINT.search(printed)) or any(
        theirs.search(file) and source.startswith(("raise ", "assert "))
        for file, source in _ends(printed)
    )


def _ends(printed):
    """Of each traceback, the last frame's file and line of source, empty where it is not known."""
    file, source = None, ""
    for line in printed.splitlines():
        frame = FRAME.match(line)
        if frame:
            file, source = frame["file"], ""
        elif file and not line.startswith(" "):
            yield file, source
            file = None
        elif file and not source:
            source = line.strip()


def shows(printed):
    """Whether a line of the app is shown, in a traceback or with a warning."""
    # The folder tells its file from others of that name.
    file = rf"[/\\]{servers.SCRATCH}[^/\\]+[/\\]{servers.MODULE}\.py"
    return bool(re.search(file + r'(", line \d+|:\d+: )', printed))
