"""Gives control to the application and takes it back."""


def give_control(trace, function, *arguments):
    """Calls something of the application's."""
    trace.go_on()
    try:
        return function(*arguments)
    finally:
        trace.pause()


def advance(trace, function, *arguments):
    """Asks the iterable for something. A client that has left may end this."""
    return give_control(trace, function, *arguments)


def advance_builtin(_trace, function, *arguments):
    """Asks a list or a tuple: none of the application's code runs."""
    return function(*arguments)


# The frames above these in the stack are the program's own.
CALLER, ITERATION = give_control.__code__, advance.__code__
