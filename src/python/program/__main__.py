"""Starts the program: takes the pipes, prepares the interpreter and serves."""

import os
import sys

from .base import APPLICATION_BUILTINS, EMBEDDED, OUTPUT_FD, PROGRAM_FILE
from .channel import Channel, take_pipes
from .deadline import TimerDeadline
from .files import Files
from .library import Library
from .serving import serve_or_exit
from .state import state
from .streams import Output, text_output
from .terminal import patch_atexit, refuse_debugger, refuse_input


def main(deadline, mark):
    state.deadline, state.mark = float(deadline), mark
    state.files = Files()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=mark_forked)
    commands, frames = take_pipes()
    state.first_channel = Channel(commands, frames, TimerDeadline())
    prepare_imports()
    APPLICATION_BUILTINS["input"], sys.breakpointhook = refuse_input, refuse_debugger
    patch_atexit()
    state.raw_outputs = Output("stdout"), Output("stderr")
    state.outputs = [text_output(raw) for raw in state.raw_outputs]
    sys.stdout, sys.stderr = state.outputs
    state.first_channel.report(
        "ready",
        implementation=sys.implementation.name,
        version=sys.version.split()[0],
        executable=sys.executable,
    )
    state.initial_modules = frozenset(sys.modules)
    serve_or_exit(None, state.first_channel)


def mark_forked():
    state.forked = True


def prepare_imports():
    sys.dont_write_bytecode = True
    here = os.path.dirname(os.path.abspath(PROGRAM_FILE))
    if EMBEDDED:
        # What RustPython guesses may not be a folder.
        sys.path[:] = [path for path in sys.path if os.path.isdir(path)]
        # When it runs out of memory it aborts; this says at which line.
        import faulthandler
        faulthandler.enable(OUTPUT_FD, all_threads=False)
    sys.path[:] = [path for path in sys.path if path != here]
    sys.meta_path.insert(0, Library())


# Processes that multiprocessing spawns run this file too, under another name.
if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
