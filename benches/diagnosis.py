"""From a finished exchange to its diagnoses, against lines of source."""

import re
import shutil
import subprocess

import peers
import rows

LINE = re.compile(
    r"([0-9]+) lines: first ([0-9.]+)(µs|ms|s) \(x([0-9.]+) of parsing\), next ([0-9.]+)(µs|ms|s) \(x([0-9.]+)\)"
)
UNITS = {"µs": 1e-6, "ms": 1e-3, "s": 1.0}


def part(_quick: bool) -> rows.Part:
    """What `cargo bench --bench diagnosis` prints."""
    found = []
    for lines, first, unit, ratio, following, its_unit, its_ratio in LINE.findall(_printed()):
        seconds = float(following) * UNITS[its_unit]
        found.append(
            rows.Row(
                f"an exchange of a project of {int(lines):,} lines",
                f"{rows.milliseconds(seconds)}; the first one after a save "
                f"{rows.milliseconds(float(first) * UNITS[unit])}",
                (f"parsing the project once (×{its_ratio}; the first one ×{ratio})",),
            )
        )
    about = (
        "how long an exchange is looked into, of which up to 2,000 lines ran, all over the project; 5 ms are meant "
        "for one of 3,000 lines, 20 ms for one that has a framework copied into it"
    )
    return rows.Part("Diagnosis", about, tuple(found))


def _printed() -> str:
    if shutil.which("cargo") is None:
        return ""
    command = ["cargo", "bench", "--locked", "--quiet", "--bench", "diagnosis"]
    return subprocess.run(
        command, cwd=peers.ROOT, stdout=subprocess.PIPE, check=True, text=True
    ).stdout
