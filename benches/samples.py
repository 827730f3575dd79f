"""Times taken in rounds, in which the servers take turns: a noisy moment hurts all of them alike."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence


class Samples:
    """What was measured of one server: some times in each round, in seconds."""

    def __init__(self) -> None:
        self.rounds: list[list[float]] = []
        # How long all of that took together, with what lies between two times.
        self.spent = 0.0

    @property
    def all(self) -> list[float]:
        return sorted(time for round in self.rounds for time in round)

    @property
    def p50(self) -> float:
        return statistics.median(self.medians)

    @property
    def p99(self) -> float:
        times = self.all
        return times[min(len(times) - 1, len(times) * 99 // 100)]

    @property
    def rate(self) -> float:
        """Requests per second of one client that asks without a pause."""
        return len(self.all) / self.spent

    @property
    def medians(self) -> list[float]:
        return [statistics.median(round) for round in self.rounds]

    def ratio(self, other: "Samples") -> float:
        """How many times the other's time this one takes: the median of the rounds."""
        return statistics.median(a / b for a, b in zip(self.medians, other.medians, strict=True))


def in_turns(
    measures: Mapping[str, Callable[[], float]], rounds: int, batch: int = 1, seconds: float = 60.0
) -> dict[str, Samples]:
    """Calls each function `batch` times, or for some seconds, before it is the next one's turn, and
    goes some rounds around all of them."""
    found = {name: Samples() for name in measures}
    names: Sequence[str] = list(measures)
    for _ in range(rounds):
        for name in names:
            measure = measures[name]
            begun = time.perf_counter()
            times = []
            while len(times) < batch and (not times or time.perf_counter() < begun + seconds):
                times.append(measure())
            found[name].rounds.append(times)
            found[name].spent += time.perf_counter() - begun
        # Nobody is always behind the same one.
        names = [*names[1:], names[0]]
    return found
