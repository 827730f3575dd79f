"""Bodies in the making: each block arrives before the next one is made, and a client that leaves
ends the iterable.

The application connects back to a gate that is opened here, and makes a block only when it is let
through.
"""

import contextlib
import select
import socket
import struct
import time

import conversation
import wire

BLOCKS = [b"block %d\n" % number for number in range(1, 5)]


def block_by_block(server):
    """What is wrong with the way a stream arrives, or nothing."""
    with gate() as (port, through), wire.Connection(server) as client:
        client.send(asked(b"/stream?gate=%d" % port))
        application = through()
        answer = wire.Answer()
        try:
            client.until(b"\r\n\r\n")
            chunks = client.chunks(answer)
            for number, block in enumerate(BLOCKS, 1):
                got = next(chunks, None)
                if got != block:
                    return [f"chunk {number} is {got!r} instead of {block!r}"]
                if number < len(BLOCKS):
                    application.sendall(b".")
            rest = list(chunks)
        except wire.Broken as error:
            return [f"a block did not arrive before the next one was made: {error}"]
        return [] if answer.complete and not rest else [f"the stream ends with {rest!r}"]


def client_leaves(server):
    """Whether the iterable is closed when the client has gone."""
    with gate() as (port, through), wire.Connection(server) as client:
        client.send(asked(b"/stream/endless?gate=%d" % port))
        application = through()
        client.until(b"more\n\r\n")
        # Gone at once, with a reset.
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.socket.close()
        give_up = time.monotonic() + 5
        # A gateway may learn of it only by sending, so blocks are let through until it has.
        while time.monotonic() < give_up:
            try:
                application.sendall(b".")
                if select.select([application], [], [], 0.01)[0] and not application.recv(1):
                    return []
            except (BrokenPipeError, ConnectionResetError):
                return []
        return ["the iterable was not closed within 5 s after the client had gone"]


def asked(target):
    return b"".join(conversation.get("", target).written({}, keep_alive=False))


@contextlib.contextmanager
def gate():
    """A port for the application to connect to, and how to get its connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener, contextlib.ExitStack() as opened:
        listener.settimeout(wire.PATIENCE)

        def through():
            return opened.enter_context(listener.accept()[0])

        yield listener.getsockname()[1], through
