"""Names that the application cannot replace, file descriptors and exit codes."""

import os
import sys

# The application may replace any builtin. It shares these; the program keeps a copy for itself.
APPLICATION_BUILTINS = vars(__import__("builtins"))
PROGRAM_BUILTINS = dict(APPLICATION_BUILTINS)
__builtins__ = PROGRAM_BUILTINS  # type: ignore[assignment]
os_exit, os_read, os_write = os._exit, os.read, os.write

# The file of the program: where it is bundled, that of every module.
PROGRAM_FILE = __file__
# Whether this is the embedded interpreter. It offers the functions of `native.py`.
EMBEDDED = sys.implementation.name == "rustpython"

# The process exits with these where the application broke what it shares with the program, where
# the tutor's end of a pipe is closed, and where a step took too long.
EXIT_BROKEN, EXIT_NO_PIPE, EXIT_TIMED_OUT = 122, 123, 124
COMMANDS_FD, FRAMES_FD, OUTPUT_FD = 0, 1, 2
# Stands for a value that is missing, where None may be one.
MISSING = object()
