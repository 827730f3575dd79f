"""Answers that go on, each under its path."""

import os
import queue
import time

CLOSED = []


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello"]


def stream(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    while True:
        yield b"data: x\n\n"
        time.sleep(0.2)


def beats(environ, start_response):
    """Waits for nine seconds between two blocks, which is shorter than the server waits for an app."""
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    try:
        while True:
            yield b": beat\n\n"
            if environ["QUERY_STRING"] == "queue":
                try:
                    queue.Queue().get(timeout=9)
                except queue.Empty:
                    pass
            else:
                time.sleep(9)
    finally:
        CLOSED.append("closed")


def closed(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{os.getpid()} {CLOSED}".encode()]


def some(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for number in range(10):
        yield b"%d " % number
        time.sleep(0.2)


def large(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for number in range(80):
        yield bytes(1 << 20)
