"""Our program on a terminal that this process reads: what is drawn, and when."""

import os
import select
import time

# Enough for a whole frame.
SIZE = 65536


class Over(Exception):
    """The program closed its terminal, or drew nothing for too long."""


def until(terminal: int, mark: bytes, patience: float = 20.0) -> float:
    """When these bytes have come, by time.perf_counter()."""
    drawn = b""
    give_up = time.perf_counter() + patience
    while mark not in drawn:
        drawn += _read(terminal, give_up - time.perf_counter())
    return time.perf_counter()


def still(terminal: int, pause: float) -> float:
    """Reads until nothing has come for this long; says when the last bytes came, or 0 without any."""
    last = 0.0
    while select.select([terminal], [], [], pause)[0]:
        _read(terminal, 0)
        last = time.perf_counter()
    return last


def _read(terminal: int, patience: float) -> bytes:
    if not select.select([terminal], [], [], max(patience, 0))[0]:
        raise Over("nothing is drawn")
    try:
        got = os.read(terminal, SIZE)
    except OSError:
        got = b""
    if not got:
        raise Over("the program has ended")
    return got
