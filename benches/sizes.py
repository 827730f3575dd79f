"""How large the program is, and how long it takes to build."""

import dataclasses
import os
import shutil
import subprocess
import time

import peers
import rows
import servers

WITHOUT = ("--no-default-features",)
MB = 1_000_000


@dataclasses.dataclass(frozen=True)
class Built:
    """A program, and how long its build took."""

    size: int
    seconds: float


def part(_quick: bool) -> rows.Part:
    """Without builds: what there is already."""
    inside = "with" if servers.has_embedded() else "without"
    found = [rows.Row(f"the program {inside} Python in it", megabytes(os.path.getsize(peers.tutor())))]
    return rows.Part("Sizes", "as built for release", (*found, *crates()))


def builds(_quick: bool) -> rows.Part:
    """Builds it both ways from nothing, one after the other; the crates are there already."""
    subprocess.run(["cargo", "fetch", "--locked", "--quiet"], cwd=peers.ROOT, check=True)
    inside, outside = built(()), built(WITHOUT)
    size = f"without {megabytes(outside.size)} (×{inside.size / outside.size:.2f})"
    time_ = f"without {minutes(outside)} (×{inside.seconds / outside.seconds:.2f})"
    found = [
        rows.Row("the program with Python in it", megabytes(inside.size), (size,)),
        rows.Row("its build from nothing", minutes(inside), (time_,)),
    ]
    return rows.Part("Sizes", "as built for release", (*found, *crates()))


def built(options: tuple[str, ...]) -> Built:
    """Builds the program in a folder of its own, which is removed."""
    folder = peers.ROOT / "target" / "bench-build"
    command = ["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", str(folder)]
    shutil.rmtree(folder, ignore_errors=True)
    try:
        begun = time.perf_counter()
        subprocess.run([*command, *options], cwd=peers.ROOT, check=True)
        seconds = time.perf_counter() - begun
        return Built(os.path.getsize(folder / "release" / "wsgi-tutor"), seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def crates() -> list[rows.Row]:
    """How many other crates it is made of; nothing where cargo cannot tell."""
    inside, outside = tree(()), tree(WITHOUT)
    if not inside or not outside:
        return []
    beside = (f"without {outside} (×{inside / outside:.2f})",)
    return [rows.Row("crates it is made of, with Python in it", str(inside), beside)]


def tree(options: tuple[str, ...]) -> int:
    if not shutil.which("cargo"):
        return 0
    command = ["cargo", "tree", "--locked", "--edges", "normal,build", "--prefix", "none"]
    listed = subprocess.run([*command, *options], cwd=peers.ROOT, stdout=subprocess.PIPE, text=True)
    # A crate that was listed before is marked; one of the lines is the program itself.
    found = {line.removesuffix(" (*)") for line in listed.stdout.splitlines() if line}
    return len(found) - 1 if listed.returncode == 0 else 0


def megabytes(size: int) -> str:
    return f"{size / MB:.1f} MB"


def minutes(its: Built) -> str:
    return f"{its.seconds / 60:.1f} min"
