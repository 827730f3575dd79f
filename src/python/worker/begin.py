"""Runs one WSGI application for the gateway.

The same program runs in the embedded interpreter and in a system Python. It takes commands as
frames on its standard input and reports everything the application does as frames on its standard
output; a frame is a line of JSON, followed by as many raw bytes as its "bytes" says. It knows
nothing of HTTP: environ comes from the gateway, and status, headers and blocks go back to it.

The files of this folder are its parts, put together into one file in the order `process.rs` says:
no name of theirs can then be in the way of a module of the application's. Imports are few, because
every start pays for them.
"""

import io
import os
import signal
import sys
import types
from _operator import is_
from _thread import RLock, get_ident
from itertools import repeat
from time import perf_counter_ns

# What the application may replace, or take out of its module, stays as it is for this file.
SHARED = vars(__import__("builtins"))
__builtins__ = dict(SHARED)
from os import _exit as leave, read as get, write as put

# What the process ends with where the application broke what it shares with it.
EXIT_BROKEN, EXIT_NO_PIPE = 122, 123
COMMANDS_FD, FRAMES_FD, OUTPUT_FD = 0, 1, 2
KEPT_REPR = 2000
PIECE = 64 * 1024
# Of a command at once: most are far shorter, and the room for it has to be made each time.
COMMAND = 4 * 1024
MISSING = object()
