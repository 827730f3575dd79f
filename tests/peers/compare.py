"""Compares two answers to one request, byte by byte, but for what must differ.

What is put aside is listed here, each with its reason, and so is every difference that is known.
"""

import dataclasses
import re

# Headers a gateway adds itself. Their place among the application's headers is the gateway's
# choice (RFC 9110, section 5.3), so they are compared apart; of these two the value is too.
FREE_VALUES = {
    b"date": "the time of the answer",
    b"server": "each gateway names itself",
}
GATEWAYS_OWN = (*FREE_VALUES, b"connection", b"transfer-encoding")

# What a framework makes anew for each answer.
RANDOM = (
    (rb'(name="csrfmiddlewaretoken" value=")\w{64}', "Django masks the token at random"),
    (rb"(csrftoken=)\w{32}", "Django makes the cookie at random"),
    (rb"(session=[\w-]+)\.[\w-]+\.[\w-]+", "Flask signs the time too"),
    (rb"(sessionid=[\w-]+):\w+:[\w-]+", "Django signs the time too"),
)


@dataclasses.dataclass
class Difference:
    """One part of an answer that is not the same."""

    framework: str
    request: str
    part: str
    gunicorn: bytes
    wsgi_tutor: bytes
    # Why it is as it should be; empty where it should not be.
    reason: str = ""

    def told(self):
        lines = [f"{self.framework}, {self.request}: {self.part}"]
        for name, data in (("gunicorn", self.gunicorn), ("wsgi-tutor", self.wsgi_tutor)):
            lines.append(f"    {name:11}{excerpt(data, first_difference(self))}")
        if self.reason:
            lines.append(f"    because {self.reason}")
        return "\n".join(lines)


def differences(framework, request, gunicorn, tutor, keep_alive=False):
    """The parts that differ between two answers."""
    ours, theirs = parts(tutor, keep_alive), parts(gunicorn, keep_alive)
    found = []
    for part in theirs:
        one, other = theirs[part], ours[part]
        if one != other:
            if part.endswith("headers"):
                one, other = lines_that_differ(one, other)
            found.append(Difference(framework, request.name, part, one, other))
    return found


def lines_that_differ(one, other):
    """Two blocks of headers without the lines they begin and end with alike."""
    one, other = one.split(b"\r\n"), other.split(b"\r\n")
    for end in (0, -1):
        while one and other and one[end] == other[end]:
            del one[end], other[end]
    return b"\r\n".join(one), b"\r\n".join(other)


def parts(answer, keep_alive):
    """An answer as comparable parts; with keep_alive without the header Connection."""
    own, others = [], []
    for name, value in answer.headers:
        lower = name.lower()
        if lower in FREE_VALUES:
            own.append(lower + b": ...")
        elif lower not in GATEWAYS_OWN:
            others.append(name + b": " + without_random(ordered(lower, value)))
        elif not (keep_alive and lower == b"connection"):
            own.append(lower + b": " + value)
    return {
        "before the response": answer.interim,
        "status line": answer.status_line,
        "headers": b"\r\n".join(others),
        "gateway's headers": b"\r\n".join(sorted(own)),
        "body": without_random(answer.body),
        "end of the body": answer.framing.encode() + (b"" if answer.complete else b", cut"),
        "after the response": answer.rest,
    }


def ordered(name, value):
    """Flask keeps the methods it allows in a set, whose order changes from process to process."""
    return b", ".join(sorted(value.split(b", "))) if name == b"allow" else value


def without_random(data):
    for pattern, _reason in RANDOM:
        data = re.sub(pattern, rb"\1...", data)
    return data


def first_difference(difference):
    pairs = zip(difference.gunicorn, difference.wsgi_tutor)
    short = min(len(difference.gunicorn), len(difference.wsgi_tutor))
    return next((at for at, (one, other) in enumerate(pairs) if one != other), short)


def excerpt(data, at):
    """The bytes around the first difference."""
    start = max(0, at - 40)
    shown = data[start:at + 160]
    before = f"... from byte {start}: " if start else ""
    after = f" ... ({len(data)} bytes)" if len(shown) < len(data) else ""
    return f"{before}{shown!r}{after}"
