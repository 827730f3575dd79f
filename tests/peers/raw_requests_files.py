"""The raw requests with which gunicorn tests its parser, from its source distribution on PyPI.

Each request is a file of bytes, and a Python file beside it says what gunicorn makes of it.
"""

import ast
import dataclasses
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

import stamp

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
FOLDER = HERE.parent.parent / "target" / "gunicorn"

# As gunicorn's files write what cannot be seen; the ends of their own lines mean nothing.
ESCAPE = re.compile(rb"\\(r|n|t|0|x[0-9A-Fa-f]{2})")
ESCAPED = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0"}

# A request line at the start of a line.
REQUEST_LINE = re.compile(rb"(?:\A|(?<=\r\n))[^\r\n]+ HTTP/1\.[01]\r\n")
HOST_LINE = re.compile(rb"(?i)\r\nHost[ \t]*:")
HOST = b"Host: raw.test\r\n"


@dataclasses.dataclass(frozen=True)
class Case:
    """The bytes that are sent, and what gunicorn takes them for."""

    # The name of the file, such as valid/001.
    name: str
    data: bytes
    # What is parsed, request by request; empty for what is refused.
    requests: tuple
    # Whether a Host was put in.
    has_our_host: bool


def cases():
    """All of them, in the order of their names. The first call fetches them."""
    stamp.once(FOLDER / "fetched.txt", REQUIREMENTS, _fetch)
    root, = FOLDER.glob("gunicorn-*/tests/requests")
    return [_case(path, root) for path in sorted(root.glob("*valid/*.http"))]


def _fetch():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    pin, = re.findall(r"(?m)^gunicorn==.*$", REQUIREMENTS.read_text(encoding="utf-8"))
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--no-deps", "--no-binary", "gunicorn", "--dest", FOLDER, pin], check=True
    )
    archive, = FOLDER.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        wanted = [it for it in files.getmembers() if it.isfile() and "/tests/requests/" in it.name]
        files.extractall(FOLDER, wanted)


def _case(path, root):
    written = path.read_bytes().replace(b"\r", b"").replace(b"\n", b"")
    data = ESCAPE.sub(_unescaped, written)
    # Gunicorn's parser asks for no Host. Without this a server that does would refuse everything
    # for one and the same reason.
    lacks_host = not HOST_LINE.search(data) and REQUEST_LINE.search(data) is not None
    name = path.relative_to(root).with_suffix("").as_posix()
    requests = _requests(path.with_suffix(".py")) if name.startswith("valid/") else ()
    if lacks_host:
        # What looks like one more request may be a body.
        data = REQUEST_LINE.sub(lambda line: line[0] + HOST, data, len(requests))
    return Case(name, data, requests, lacks_host)


def _unescaped(match):
    return ESCAPED.get(match[1]) or bytes([int(match[1][1:], 16)])


def _requests(path):
    """What a file says about its requests. It is read, and not run."""
    values = {}
    for statement in ast.parse(path.read_bytes()).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            values[statement.targets[0].id] = _value(statement.value, values)
    found = values["request"]
    return tuple(found) if isinstance(found, list) else (found,)


def _value(node, values):
    """The value of an expression as these files have them: literals, names, sums, and `uri(…)`."""
    if isinstance(node, ast.Call):
        return _value(node.args[0], values) if node.args else None
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.Dict):
        keys = [_value(key, values) for key in node.keys]
        return dict(zip(keys, [_value(value, values) for value in node.values]))
    if isinstance(node, (ast.List, ast.Tuple)):
        found = [_value(element, values) for element in node.elts]
        return found if isinstance(node, ast.List) else tuple(found)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, values), _value(node.right, values)
        return left * right if isinstance(node.op, ast.Mult) else left + right
    return ast.literal_eval(node)
