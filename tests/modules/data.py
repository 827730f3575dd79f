"""Modules for numbers, dates, collections, and what is kept of them."""

from trial import tries


@tries("array", ("array('i', [1, 2, 3])", b"\x01\x02"))
def _():
    from array import array
    values = array("i", [1, 2])
    values.append(3)
    return repr(values), array("b", [1, 2]).tobytes()


@tries("bisect", [1, 2, 3])
def _():
    import bisect
    values = [1, 3]
    bisect.insort(values, 2)
    return values


@tries("calendar", ("February", (3, 29)))
def _():
    import calendar
    return calendar.month_name[2], tuple(map(int, calendar.monthrange(2024, 2)))


@tries("cmath", 1j)
def _():
    import cmath
    return cmath.sqrt(-1)


@tries("collections", ([("a", 2)], "Point(x=1, y=2)", [2, 3], {"a": []}))
def _():
    import collections
    Point = collections.namedtuple("Point", "x y")
    lists = collections.defaultdict(list)
    lists["a"]
    return (
        collections.Counter("aab").most_common(1), repr(Point(1, 2)),
        list(collections.deque([1, 2, 3], 2)), dict(lists),
    )


@tries("collections.abc", (True, False))
def _():
    from collections.abc import Iterable, Mapping
    return isinstance([], Iterable), isinstance([], Mapping)


@tries("copy", ([[1]], True))
def _():
    import copy
    one = [[1]]
    other = copy.deepcopy(one)
    one[0].append(2)
    return other, copy.copy(one)[0] is one[0]


@tries("copyreg", "3")
def _():
    import copyreg
    import pickle

    class Number:
        pass

    copyreg.pickle(Number, lambda number: (str, (number.value,)))
    number = Number()
    number.value = 3
    return pickle.loads(pickle.dumps(number))


@tries("dataclasses", ("Visitor(name='Ada', age=36)", {"name": "Ada", "age": 36}, True))
def _():
    from dataclasses import asdict, dataclass, replace

    @dataclass(order=True)
    class Visitor:
        name: str
        age: int = 36

    ada = Visitor("Ada")
    return repr(ada).rpartition(".")[2], asdict(ada), replace(ada, age=40) > ada


@tries("datetime", ("2024-02-29T12:00:00+00:00", 60, "29 Feb 2024", 2024))
def _():
    from datetime import datetime, timedelta, timezone
    noon = datetime(2024, 2, 29, 12, tzinfo=timezone.utc)
    later = noon + timedelta(days=60)
    parsed = datetime.fromisoformat("2024-02-29T12:00:00+00:00")
    return parsed.isoformat(), (later - noon).days, noon.strftime("%d %b %Y"), datetime.strptime("2024", "%Y").year


@tries("decimal", ("0.3", "0.33333"))
def _():
    from decimal import Decimal, localcontext
    with localcontext() as context:
        context.prec = 5
        return str(Decimal("0.1") + Decimal("0.2")), str(Decimal(1) / 3)


@tries("enum", ("<Colour.RED: 1>", ["RED", "BLUE"], "3"))
def _():
    import enum

    class Colour(enum.Enum):
        RED = 1
        BLUE = enum.auto()

    class Right(enum.IntFlag):
        READ = 1
        WRITE = 2

    return repr(Colour(1)), [colour.name for colour in Colour], str(int(Right.READ | Right.WRITE))


@tries("fractions", "5/6")
def _():
    from fractions import Fraction
    return str(Fraction(1, 2) + Fraction(1, 3))


@tries("functools", (6, 5, 1))
def _():
    import functools

    @functools.lru_cache
    def twice(value):
        return 2 * value

    twice(1), twice(1)
    return functools.reduce(int.__mul__, [1, 2, 3]), functools.partial(int.__add__, 2)(3), twice.cache_info().hits


@tries("graphlib", ["a", "b", "c"])
def _():
    from graphlib import TopologicalSorter
    return list(TopologicalSorter({"c": {"b"}, "b": {"a"}}).static_order())


@tries("heapq", ([1, 2], [1, 2, 3]))
def _():
    import heapq
    return heapq.nsmallest(2, [3, 1, 2]), list(heapq.merge([1, 3], [2]))


@tries("itertools", ([(1, "a"), (1, "b")], [[1, 1], [2]], [1, 3]))
def _():
    import itertools
    groups = [list(group) for _, group in itertools.groupby([1, 1, 2])]
    return list(itertools.product([1], "ab")), groups, list(itertools.accumulate([1, 2]))


@tries("math", (3, 2.0, 10, True))
def _():
    import math
    return math.gcd(9, 12), math.sqrt(4), math.comb(5, 2), math.isclose(math.fsum([0.1] * 10), 1)


@tries("numbers", True)
def _():
    import numbers
    return isinstance(1, numbers.Integral)


@tries("operator", (3, [1, 2]))
def _():
    import operator
    return operator.add(1, 2), sorted([2, 1], key=operator.neg)[::-1]


@tries("random", (0.13436424411240122, [3, 4, 5, 1, 2], 4))
def _():
    import random
    values = [1, 2, 3, 4, 5]
    random.Random(1).shuffle(values)
    return random.Random(1).random(), values, random.Random(3).randint(1, 15)


@tries("statistics", (2.5, 1.29, 2))
def _():
    import statistics
    values = [1, 2, 3, 4]
    return statistics.mean(values), round(statistics.stdev(values), 2), statistics.median_low(values)


@tries("time", ("1970-01-01", True, 0.0))
def _():
    import time
    epoch = time.mktime(time.localtime(0))
    return time.strftime("%Y-%m-%d", time.gmtime(0)), time.monotonic() <= time.monotonic(), epoch


@tries("types", (1, "namespace(a=1)", "mappingproxy"))
def _():
    import types
    space = types.SimpleNamespace(a=1)
    return space.a, repr(space), type(types.MappingProxyType({})).__name__


@tries("typing", ("Ada", {"name": str}, True))
def _():
    import typing

    class Visitor(typing.NamedTuple):
        name: str

    return Visitor("Ada").name, typing.get_type_hints(Visitor), typing.get_origin(typing.Optional[int]) is typing.Union


@tries("uuid", ("886313e1-3b8a-5372-9b90-0c9aee199e5d", 4))
def _():
    import uuid
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org")), uuid.uuid4().version


@tries("weakref", (True, None))
def _():
    import gc
    import weakref

    class Held:
        pass

    held = Held()
    reference = weakref.ref(held)
    alive = reference() is held
    del held
    gc.collect()
    return alive, reference()


@tries("zoneinfo", (True, "ZoneInfoNotFoundError"))
def _():
    import zoneinfo
    try:
        zoneinfo.ZoneInfo("Nowhere/Else")
    except zoneinfo.ZoneInfoNotFoundError as error:
        return "Asia/Tokyo" in zoneinfo.available_timezones(), type(error).__name__


@tries("zoneinfo", ("2024-07-01T14:00:00+02:00", "CET"))
def _():
    from datetime import datetime, timezone
    from zoneinfo import ZoneInfo
    noon = datetime(2024, 7, 1, 12, tzinfo=timezone.utc)
    berlin = ZoneInfo("Europe/Berlin")
    return noon.astimezone(berlin).isoformat(), datetime(2024, 1, 1, tzinfo=berlin).tzname()


@tries("pickle", {"a": [1, (2, 3)], "b": b"x"})
def _():
    import pickle
    return pickle.loads(pickle.dumps({"a": [1, (2, 3)], "b": b"x"}))


@tries("pickletools", True)
def _():
    import io
    import pickle
    import pickletools
    out = io.StringIO()
    pickletools.dis(pickle.dumps([1]), out)
    return "STOP" in out.getvalue()


@tries("marshal", [1, "a", None])
def _():
    import marshal
    return marshal.loads(marshal.dumps([1, "a", None]))


@tries("shelve", [1, 2])
def _():
    import os
    import shelve
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kept")
        with shelve.open(path) as shelf:
            shelf["a"] = [1, 2]
        with shelve.open(path) as shelf:
            return shelf["a"]


@tries("dbm", b"1")
def _():
    import dbm
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kept")
        with dbm.open(path, "c") as database:
            database["a"] = "1"
        with dbm.open(path) as database:
            return database["a"]


@tries("dbm.dumb", b"1")
def _():
    import dbm.dumb
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        with dbm.dumb.open(os.path.join(folder, "kept"), "c") as database:
            database["a"] = "1"
            return database["a"]


@tries("sqlite3", [("Ada", 36)])
def _():
    import sqlite3
    connection = sqlite3.connect(":memory:")
    connection.execute("create table visitors (name, age)")
    connection.execute("insert into visitors values (?, ?)", ("Ada", 36))
    return connection.execute("select * from visitors").fetchall()


@tries("hashlib", ("900150983cd24fb0d6963f7d28e17f72", "ba7816bf", "ddaf35a1", 32, "120fb6cf"))
def _():
    import hashlib
    return (
        hashlib.md5(b"abc").hexdigest(), hashlib.sha256(b"abc").hexdigest()[:8],
        hashlib.sha512(b"abc").hexdigest()[:8], len(hashlib.blake2s(b"abc").digest()),
        hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1).hex()[:8],
    )


@tries("hashlib", ("48b0d2a8", "d20651c9"))
def _():
    import hashlib
    secret = hashlib.scrypt(b"p", salt=b"s", n=2, r=1, p=1).hex()[:8]
    return secret, hashlib.blake2b(b"a", key=b"k", digest_size=4).hexdigest()


@tries("hmac", ("9c196e32", True))
def _():
    import hmac
    return hmac.new(b"key", b"abc", "sha256").hexdigest()[:8], hmac.compare_digest(b"a", b"a")


@tries("secrets", (32, True))
def _():
    import secrets
    return len(secrets.token_hex(16)), secrets.randbelow(10) < 10


@tries("bz2", b"abc" * 9)
def _():
    import bz2
    return bz2.decompress(bz2.compress(b"abc" * 9))


@tries("gzip", b"abc" * 9)
def _():
    import gzip
    return gzip.decompress(gzip.compress(b"abc" * 9))


@tries("lzma", b"abc" * 9)
def _():
    import lzma
    return lzma.decompress(lzma.compress(b"abc" * 9))


@tries("zlib", (b"abc" * 9, 38600999, b"abcabc"))
def _():
    import zlib
    maker = zlib.compressobj(wbits=31)
    packed = maker.compress(b"abc") + maker.compress(b"abc") + maker.flush()
    return zlib.decompress(zlib.compress(b"abc" * 9)), zlib.adler32(b"abc"), zlib.decompress(packed, 31)


@tries("tarfile", (["a.txt"], b"abc"))
def _():
    import io
    import tarfile
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        member = tarfile.TarInfo("a.txt")
        member.size = 3
        tar.addfile(member, io.BytesIO(b"abc"))
    file.seek(0)
    with tarfile.open(fileobj=file) as tar:
        return tar.getnames(), tar.extractfile("a.txt").read()


@tries("zipfile", (["a.txt"], b"abc"))
def _():
    import io
    import zipfile
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "abc")
    with zipfile.ZipFile(file) as archive:
        return archive.namelist(), archive.read("a.txt")


@tries("zipapp", True)
def _():
    import os
    import tempfile
    import zipapp
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source")
        os.mkdir(source)
        with open(os.path.join(source, "__main__.py"), "w") as file:
            file.write("print(1)\n")
        zipapp.create_archive(source, os.path.join(folder, "made.pyz"))
        return os.path.exists(os.path.join(folder, "made.pyz"))


@tries("zipimport", 42)
def _():
    import os
    import tempfile
    import zipfile
    import zipimport
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.zip")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("kept.py", "answer = 42\n")
        return zipimport.zipimporter(path).load_module("kept").answer


@tries("wave", (1, 8000, 4))
def _():
    import io
    import wave
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0" * 8)
    file.seek(0)
    with wave.open(file) as sound:
        return sound.getnchannels(), sound.getframerate(), sound.getnframes()
