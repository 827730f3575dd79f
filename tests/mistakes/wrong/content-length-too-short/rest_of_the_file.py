# The length is that of the part; what is sent is all that comes after its beginning.
# send: GET /
# header: Range: bytes=4-7

import io
import re
from wsgiref.util import FileWrapper

SONG = b'do re mi fa so la ti do\n'


def application(environ, start_response):
    song = io.BytesIO(SONG)
    first, last = 0, len(SONG) - 1
    status = '200 OK'
    kind = ('Content-Type', 'application/octet-stream')
    headers = [kind, ('Accept-Ranges', 'bytes')]
    wanted = re.fullmatch(r'bytes=(\d+)-(\d+)', environ.get('HTTP_RANGE', ''))
    if wanted:
        first, last = map(int, wanted.groups())
        song.seek(first)
        status = '206 Partial Content'
        headers.append(('Content-Range', f'bytes {first}-{last}/{len(SONG)}'))
    length = str(last - first + 1)
    headers.append(('Content-Length', length))  # <- content-length-too-short
    start_response(status, headers)
    return FileWrapper(song, 8)
