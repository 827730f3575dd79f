"""Reports what the application does that the standard forbids, when it happens, with the line that
did it.

Nothing here calls any code of the application's, and nothing is wrapped: what is watched is handed
over or asked for anyway.
"""

import sys

from .base import MISSING
from .control import CALLER
from .project import is_project_file
from .references import was_given
from .text import MAX_REPR, clean

# How many calls of the project are reported.
MAX_CALLS = 6


def report_violation(channel, rule, message, culprit=MISSING, subject=None):
    """Reports that a rule was broken: by the code that made `culprit`, or else by the code that
    runs. `subject` is what it is about, such as the name of a header."""
    channel.report(
        "rule-broken", rule=rule, message=clean(message)[:MAX_REPR],
        subject=None if subject is None else clean(subject)[:MAX_REPR], **locate(culprit),
    )


class Violation(Exception):
    """A rule was broken in a way that cannot be passed over; becomes the exception `kind`."""

    def __init__(self, kind, rule, message, culprit=MISSING, subject=None):
        self.kind, self.rule, self.message = kind, rule, message
        self.culprit, self.subject = culprit, subject

    def report(self, channel):
        """Reports the violation; gives the exception to raise."""
        report_violation(channel, self.rule, self.message, self.culprit, self.subject)
        error = self.kind(self.message)
        # What follows from it is not a mistake of its own.
        error.wsgi_rule = self.rule
        return error


def project_frames(frame):
    """The calls of the project's own functions that go on, the innermost first."""
    frames = []
    while frame is not None and frame.f_code is not CALLER and len(frames) < MAX_CALLS:
        if is_project_file(frame.f_code.co_filename):
            frames.append(frame)
        frame = frame.f_back
    return frames


def library_of(frame):
    """The module of a call, where it is none of the project's own."""
    if is_project_file(frame.f_code.co_filename):
        return None
    name = frame.f_globals.get("__name__")
    return clean(name) if type(name) is str else None


def locate(culprit=MISSING, frames=None):
    """Where a violation comes from: the innermost of the project's own calls to which `culprit` was
    not handed as an argument, and all of them, the innermost first."""
    if frames is None:
        frames = project_frames(sys._getframe(1))
    if not frames:
        return {}
    maker = frames[0]
    if culprit is not MISSING:
        for maker in frames:
            # If all of them got it, the outermost made it.
            if maker is frames[-1] or not was_given(maker, culprit):
                break
    calls = [{"file": file_of(frame), "line": frame.f_lineno} for frame in frames]
    return {**calls[frames.index(maker)], "calls": calls}


def file_of(frame):
    """The file of a call, as text that can be reported."""
    path = frame.f_code.co_filename
    return path if path.isascii() else clean(path)
