"""From `pip install` of the wheel to the first frame of lesson 1."""

import re
import subprocess

import peers
import rows

LINE = re.compile(r"([0-9.]+) MB, ([0-9.]+) s")
BUDGET = 10


def part(_quick: bool) -> rows.Part:
    """What `.ci/wheel` prints, which packs the wheel and tries it."""
    command = [str(peers.ROOT / ".ci" / "wheel")]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = LINE.search(printed)
    if not found:
        raise ValueError(f".ci/wheel printed no figures: {printed}")
    size, seconds = found[1], float(found[2])
    row = rows.Row(
        f"`pip install` of the wheel ({size} MB), and the first frame",
        f"{seconds:.1f} s",
        budget=f"{BUDGET} s",
        kept=seconds <= BUDGET,
    )
    about = "in a fresh virtual environment, from a file, with an empty home and nothing else on the path"
    return rows.Part("From the wheel to the first lesson", about, (row,))
