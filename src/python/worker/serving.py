# Takes commands, one after another, and on several lanes at once where that is asked for.


FINISHED = b'{"finished":{}}\n'


def provided(body, lane):
    """What this file adds to the gateway's environ."""
    return {
        "wsgi.version": (1, 0),
        "wsgi.input": Input(body, lane),
        "wsgi.errors": Errors(lane),
        "wsgi.file_wrapper": FileWrapper,
    }


def call(environ, trace, application, lane):
    Frame(application, lane).run(environ, FOLLOW(lane) if trace else UNTRACED)
    if forked:
        # The next call is the parent's too.
        leave(0)
    # The last lines may have run after all that was reported.
    lane.held = lane.take()
    lane.trace.end()
    lane.trace = UNTRACED
    lane.ended += 1
    for stream in outputs:
        try:
            stream.flush()
        except ValueError:
            # The application closed it.
            pass
    for raw in raws:
        raw.finish(lane)
    files.report(lane)
    # Where the application broke what the next call needs, that is told with this one.
    if len(SHARED) < len(__builtins__):
        raise NameError("the builtins are gone")
    lane.send(lane.take() + MARK.encode() + FINISHED)


def stand(application, lane, put=put, leave=leave, output=OUTPUT_FD, code=EXIT_BROKEN):
    """Serves to the end. The application shares the process, and may break whatever serving needs,
    this module's variables too."""
    try:
        serve(application, lane)
    except BaseException as error:
        try:
            name = type.__getattribute__(type(error), "__name__")
            put(output, f"{name}: {message(error)}\n".encode("utf-8", "backslashreplace"))
        finally:
            leave(code)


def serve(application, lane):
    """Calls the application as often as the gateway asks; before it is loaded, loads it."""
    expected = None
    while True:
        command = lane.command()
        if command is None:
            # Threads the application left running must not keep the process alive.
            leave(EXIT_NO_PIPE)
        command, data = command
        if command["do"] == "call":
            environ = command["environ"] if "environ" in command else expected
            expected = None
            environ.update(provided(data, lane))
            # Whatever the application lets go of is gone.
            data = None
            call(environ, command["trace"], application, lane)
        elif command["do"] == "expect":
            expected = command["environ"]
        elif command["do"] == "warm":
            warm(command["modules"])
        elif command["do"] == "load":
            application = load(command, data)
            if application is None:
                continue
            if command["threads"] > 1:
                share(application, command)
            # They look the same in every call.
            own = [
                [key, repr(value), type(value).__name__]
                for key, value in provided(b"", first).items()
            ]
            first.report(
                "loaded", callable=describe(application), provided=own, imports=imports(),
            )
            if command["threads"] > 1:
                first.clock.watch()
        # Nothing of a call is kept while the next one is waited for.
        command = data = environ = None


def share(application, command):
    """Opens as many lanes as the gateway wants, each with a thread and a connection of its own."""
    import socket
    from threading import Thread
    first.clock = clock = Watch()

    def run(connection):
        lane = Lane(connection.fileno(), connection.fileno(), clock)
        lanes[lane.thread] = lane
        stand(application, lane)

    for _ in range(command["threads"]):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(command["lanes"])
        Thread(target=run, args=(connection,), daemon=True).start()


def forget_the_pipe():
    global forked
    forked = True
