"""The files that corpus.py judges: the standard library's, and those of packages from PyPI."""

import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile

import stamp

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE / "corpus-requirements.txt"
FOLDER = HERE.parent.parent / "target" / "corpus"

STDLIB = "stdlib"


def packages():
    """The names of the packages, as they are written in the list of them."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return [line.split("==")[0] for line in lines if line and not line.startswith("#")]


def files(name):
    """The Python files of a package or of the standard library, each with what it is called."""
    if name == STDLIB:
        root = pathlib.Path(sysconfig.get_path("stdlib"))
    else:
        root = FOLDER / _plain(name)
    found = sorted(path.relative_to(root) for path in root.rglob("*.py"))
    return [(f"{name}/{path.as_posix()}", root / path) for path in found if not _is_other(path)]


def _is_other(path):
    """Whether a file is not of a package's own.

    What somebody installed lies in the folder of the standard library, and in a wheel that of another
    place may be there a second time.
    """
    installed = {"site-packages", "dist-packages"} & set(path.parts)
    # It is longer than what the program looks into.
    if path.name == "topics.py" and path.parent.name == "pydoc_data":
        return True
    return bool(installed) or path.parts[0].endswith(".data")


def fetch():
    """Gets the packages from PyPI and unpacks them, unless that was done. Nothing of them is run."""
    stamp.once(FOLDER / "fetched.txt", REQUIREMENTS, _fetch)


def _fetch():
    shutil.rmtree(FOLDER, ignore_errors=True)
    wheels = FOLDER / "wheels"
    wheels.mkdir(parents=True)
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--no-deps", "--only-binary", ":all:", "--dest", wheels, "--requirement", REQUIREMENTS,
        ],
        check=True,
    )
    for name in packages():
        wheel, = (it for it in wheels.iterdir() if _plain(it.name.split("-")[0]) == _plain(name))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(FOLDER / _plain(name))


def _plain(name):
    """A package's name as all its spellings have it."""
    return re.sub(r"[-_.]+", "-", name).lower()
