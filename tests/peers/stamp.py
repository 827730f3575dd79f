"""What is fetched from PyPI once, and anew when the list of it or the Python is another."""

import sys


def once(stamp, requirements, make):
    """Calls `make`, unless the file `stamp` says that it was done with this Python and this list.

    `make` may empty the folder in which the stamp lies.
    """
    wanted = f"# {sys.version}\n{requirements.read_text(encoding='utf-8')}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    make()
    # Written when all else is done, so that what was interrupted is begun anew.
    stamp.write_text(wanted, encoding="utf-8")
