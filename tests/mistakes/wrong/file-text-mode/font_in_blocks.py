# The exception comes with the first block.
import pathlib
import tempfile

FONT = pathlib.Path(tempfile.mkdtemp()) / 'font.woff2'
FONT.write_bytes(b'wOF2' + bytes(range(128, 256)) * 4)


def blocks(size):
    with FONT.open('r', encoding='utf-8') as font:  # <- file-text-mode
        while True:
            block = font.read(size)
            if not block:
                return
            yield block


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'font/woff2')])
    return blocks(256)
