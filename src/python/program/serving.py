"""Executes commands, one after another, and on several channels at once where that is wanted."""

from .base import (
    APPLICATION_BUILTINS, EXIT_BROKEN, EXIT_NO_PIPE, OUTPUT_FD, PROGRAM_BUILTINS, os_exit, os_write,
)
from .call import Call
from .channel import Channel
from .deadline import PolledDeadline
from .exceptions import message_of
from .loading import describe_callable, load
from .prewarm import import_modules, modules_to_prewarm
from .protocol import FINISHED
from .state import state
from .streams import Errors, FileWrapper, Input
from .trace import UNTRACED, Tracer


def server_environ(body, channel):
    """What the program adds to the environ of the gateway."""
    return {
        "wsgi.version": (1, 0),
        "wsgi.input": Input(body, channel),
        "wsgi.errors": Errors(channel),
        "wsgi.file_wrapper": FileWrapper,
    }


def call_application(environ, trace, application, channel):
    Call(application, channel).run(environ, Tracer(channel) if trace else UNTRACED)
    if state.forked:
        # The parent serves the next call.
        os_exit(0)
    # Lines may have run since the last report.
    channel.held = channel.take()
    channel.trace.end()
    channel.trace = UNTRACED
    channel.ended += 1
    for stream in state.outputs:
        try:
            stream.flush()
        except ValueError:
            # The application has closed it.
            pass
    for raw in state.raw_outputs:
        raw.finish(channel)
    state.files.report(channel)
    # If the application broke what the next call needs, that belongs to this call.
    if len(APPLICATION_BUILTINS) < len(PROGRAM_BUILTINS):
        raise NameError("the builtins are gone")
    channel.send(channel.take() + state.mark.encode() + FINISHED)


def serve_or_exit(
    application, channel, write=os_write, exit_process=os_exit, output=OUTPUT_FD, code=EXIT_BROKEN
):
    """Serves until the process exits. The application shares the process, and may break whatever
    serving needs, the variables of this module too: what reports that is in the defaults."""
    try:
        serve(application, channel)
    except BaseException as error:
        try:
            name = type.__getattribute__(type(error), "__name__")
            write(output, f"{name}: {message_of(error)}\n".encode("utf-8", "backslashreplace"))
        finally:
            exit_process(code)


def serve(application, channel):
    """Calls the application as often as the gateway asks; first loads it."""
    # What the gateway sent ahead for the next call.
    expected: dict = {}
    while True:
        received = channel.command()
        if received is None:
            # Threads that the application left running must not keep the process alive.
            os_exit(EXIT_NO_PIPE)
        command, data = received
        if command["do"] == "call":
            environ = command["environ"] if "environ" in command else expected
            expected = {}
            environ.update(server_environ(data, channel))
            # Nothing but the application keeps the body alive.
            received = data = None
            call_application(environ, command["trace"], application, channel)
        elif command["do"] == "expect":
            expected = command["environ"]
        elif command["do"] == "warm":
            import_modules(command["modules"])
        elif command["do"] == "load":
            application = load(command, data)
            if application is None:
                continue
            if command["threads"] > 1:
                open_channels(application, command)
            first = state.first_channel
            # These look the same in every call.
            provided = [
                [key, repr(value), type(value).__name__]
                for key, value in server_environ(b"", first).items()
            ]
            first.report(
                "loaded", callable=describe_callable(application), provided=provided,
                imports=modules_to_prewarm(),
            )
            if command["threads"] > 1:
                first.deadline.watch()
        # Nothing of a call is kept alive while the next one is waited for.
        received = command = data = environ = None


def open_channels(application, command):
    """Opens as many channels as the gateway wants, each with its own thread and connection."""
    import socket
    from threading import Thread
    state.first_channel.deadline = deadline = PolledDeadline()

    def run(connection):
        channel = Channel(connection.fileno(), connection.fileno(), deadline)
        state.channels[channel.thread] = channel
        serve_or_exit(application, channel)

    for _ in range(command["threads"]):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(command["socket"])
        Thread(target=run, args=(connection,), daemon=True).start()
