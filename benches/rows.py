"""A line of the table, and how the table is printed and written."""

import dataclasses
from collections.abc import Iterable, Mapping

from samples import Samples

HEADINGS = ("figure", "ours", "peers beside (ours / theirs)", "budget", "kept?")


@dataclasses.dataclass(frozen=True)
class Row:
    """A figure; `kept` is None where there is no budget, or where it was not measured."""

    figure: str
    ours: str
    peers: tuple[str, ...] = ()
    budget: str = ""
    kept: bool | None = None
    # How many times the figure of the peer that the budget names.
    ratio: float | None = None

    def cells(self) -> tuple[str, tuple[str, ...], str, str, str]:
        kept = {None: "", True: "yes", False: "NO"}[self.kept]
        kept += f" (×{self.ratio:.2f})" if self.ratio is not None else ""
        return self.figure, self.peers or ("",), self.ours, self.budget, kept


@dataclasses.dataclass(frozen=True)
class Part:
    """The figures of one subject."""

    title: str
    about: str
    rows: tuple[Row, ...]


def milliseconds(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 10 else f"{value:.1f} ms" if value < 100 else f"{value:.0f} ms"


def beside(ours: Samples, peers: Mapping[str, Samples], long: bool = False) -> tuple[str, ...]:
    """Each peer's figure, and how many times its time ours takes."""
    return tuple(
        f"{name} {told(its) if long else milliseconds(its.p50)} (×{ours.ratio(its):.2f})"
        for name, its in peers.items()
    )


def told(samples: Samples) -> str:
    """p50 and p99 of one request, and requests per second."""
    p50, p99 = samples.p50 * 1000, samples.p99 * 1000
    return f"{p50:.2f} / {p99:.2f} ms, {samples.rate:,.0f}/s"


def printed(part: Part) -> str:
    """The part for a terminal: each peer on a line of its own."""
    lines = [HEADINGS] + [line for row in part.rows for line in _lines(row)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    text = [f"\n{part.title}: {part.about}", ""]
    for number, line in enumerate(lines):
        text.append("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
        if number == 0:
            text.append("  ".join("-" * width for width in widths))
    return "\n".join(text)


def _lines(row: Row) -> Iterable[tuple[str, ...]]:
    figure, peers, ours, budget, kept = row.cells()
    yield figure, ours, peers[0], budget, kept
    for peer in peers[1:]:
        yield "", "", peer, "", ""


def written(part: Part) -> str:
    """The part as Markdown."""
    text = [f"## {part.title}\n", f"{part.about[0].upper()}{part.about[1:]}.\n"]
    text += ["| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
    for row in part.rows:
        figure, peers, ours, budget, kept = row.cells()
        kept = f"**{kept.replace('NO', 'no')}**" if row.kept is False else kept
        cells = (figure, ours, "<br>".join(peers), budget, kept)
        text.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(text) + "\n"
