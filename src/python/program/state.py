"""What the modules share and change."""

import os

# Type checkers take it as true; importing `typing` would delay every start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .channel import Channel
    from .files import Files
    from .streams import Output


class State:
    """The state of the process, of which there is one."""

    # How long the application may keep control, in seconds.
    deadline: float
    # What each frame begins with, so that nothing the application writes into the pipe is one.
    mark: str
    # The channel of the process's own pipes. The application is loaded over it.
    first_channel: "Channel"
    # The files that the application is made of.
    files: "Files"
    # What stands behind the application's sys.stdout and sys.stderr, and these streams.
    raw_outputs: "tuple[Output, ...]"
    outputs: "list[Any]"
    # The names of the modules that were loaded before the first command.
    initial_modules: "frozenset[str]"

    def __init__(self):
        # The project's folder, with a separator at its end.
        self.project = os.sep
        # Whether a file is one of the project's own, by its name; filled by `is_project_file`.
        self.known_files: dict[str, bool] = {}
        # The lines of the files that were loaded, as they were then.
        self.sources: dict[str, list[str]] = {}
        # The variables of the application's module.
        self.namespace: dict[str, Any] = {}
        # Where several threads call the application: the channel of each thread.
        self.channels: dict[int, Channel] = {}
        # Whether the application forked, and this is the child.
        self.forked = False


state = State()
