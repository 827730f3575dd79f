"""The frames that go to the gateway and the commands that come from it."""

import io

from .base import EMBEDDED
from .native import native_bytes, native_decode, native_encode
from .state import state

BLOCK = b'{"block":{"source":"%s","only":%s,"last":%s,"bytes":%d}}\n'
FINISHED = b'{"finished":{}}\n'


def python_encoder():
    """The encoder itself: what `json` has around it takes longer than it does."""
    from json import JSONEncoder, encoder
    make_encoder = getattr(encoder, "c_make_encoder", None)
    if make_encoder is None:
        return JSONEncoder(check_circular=False).encode
    chunks = make_encoder(
        None, JSONEncoder().default, encoder.encode_basestring_ascii, None, ":", ",",
        False, False, True,
    )

    def encode(fields):
        return "".join(chunks(fields, 0))

    return encode


def python_decoder():
    """The scanner itself, for the same reason."""
    from json import JSONDecoder
    scan = getattr(JSONDecoder(), "scan_once")  # noqa: B009

    def decode(line):
        value, _ = scan(line.decode("utf-8"), 0)
        return value

    return decode


# RustPython 0.5's own json takes longer than a whole small application.
encode_json = native_encode if EMBEDDED else python_encoder()
decode_json = native_decode if EMBEDDED else python_decoder()


def event_frame(event, fields):
    return raw_event_frame(event, encode_json(fields))


def raw_event_frame(event, fields):
    """The frame of an event whose fields are JSON already."""
    return f'{state.mark}{{"{event}":{fields}}}\n'.encode()


def gather_in_python(pieces, count):
    """Joins pieces of `count` bytes: in memory once, in a buffer that need not grow."""
    buffer = io.BytesIO()
    buffer.seek(count - 1)
    buffer.write(b"\0")
    buffer.seek(0)
    for piece in pieces:
        buffer.write(piece)
    return buffer.getvalue()


def gather_natively(pieces, count):
    """The same without the copy that RustPython's BytesIO gives."""
    buffer, at = bytearray(count), 0
    for piece in pieces:
        buffer[at:at + len(piece)] = piece
        at += len(piece)
    return native_bytes(buffer)


gather = gather_natively if EMBEDDED else gather_in_python
