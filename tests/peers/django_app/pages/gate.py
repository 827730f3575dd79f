"""Bodies that are made while they are sent.

With the port of a gate, the client lets each block be made only after it has seen the one before:
what arrives then was neither collected nor held back, and nobody has to wait for a time.
"""

import contextlib
import socket


def blocks(port):
    with opened(port) as gate:
        yield b""
        for number in range(1, 5):
            if gate and number > 1:
                gate.recv(1)
            yield f"block {number}\n".encode()


def endless(port):
    """Ends only by close(): then the gate's connection ends too."""
    with opened(port) as gate:
        while True:
            yield b"more\n"
            gate.recv(1)


def broken():
    yield b"so far so good\n"
    raise ArithmeticError("the body fails after its first block")


@contextlib.contextmanager
def opened(port):
    """The connection to the client's gate, or None without one."""
    if not port:
        yield None
        return
    with socket.create_connection(("127.0.0.1", int(port)), timeout=8) as gate:
        yield gate
