"""What Linux says of processes: which there are, what they used, and what they hold."""

import contextlib
import dataclasses
import pathlib

PROC = pathlib.Path("/proc")


def tree(pid: int) -> list[int]:
    """A process and all that come from it, the parents first."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                # The name may have spaces and parentheses in it.
                after = (folder / "stat").read_text().rpartition(") ")[2]
                children.setdefault(int(after.split()[1]), []).append(int(folder.name))
    found = [pid]
    for parent in found:
        found += sorted(children.get(parent, []))
    return found


@dataclasses.dataclass(frozen=True)
class Used:
    """What a process and its children have used so far."""

    seconds: float
    # How often one of their threads gave its core away: each time it is woken again.
    switches: int

    def __sub__(self, other: "Used") -> "Used":
        return Used(self.seconds - other.seconds, self.switches - other.switches)


def used(pid: int) -> Used:
    """Of all threads. The kernel counts in nanoseconds here; utime and stime are in ticks of 10 ms."""
    nanoseconds = switches = 0
    for process in tree(pid):
        for thread in (PROC / str(process) / "task").iterdir():
            with contextlib.suppress(OSError):
                nanoseconds += int((thread / "schedstat").read_text().split()[0])
                switches += _number(thread / "status", "voluntary_ctxt_switches")
    return Used(nanoseconds / 1e9, switches)


@dataclasses.dataclass(frozen=True)
class Held:
    """Memory, in MB: now, and the most it was."""

    now: float
    most: float

    def __str__(self) -> str:
        return f"{self.now:.0f} ({self.most:.0f})"


def held(pid: int) -> Held:
    """The memory of one process that is in use."""
    status = PROC / str(pid) / "status"
    return Held(*(_number(status, name) / 1000 * 1.024 for name in ("VmRSS", "VmHWM")))


def _number(file: pathlib.Path, name: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise ValueError(f"no {name} in {file}")
