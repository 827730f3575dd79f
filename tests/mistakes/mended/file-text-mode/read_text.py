# send: GET /track

import pathlib
import tempfile

TRACK = pathlib.Path(tempfile.mkdtemp(), 'track.mp3')
TRACK.write_bytes(b'ID3\x04\x00\xff\xfb\x90\x44' * 8)


def sound():
    return TRACK.read_bytes()


def application(environ, start_response):
    track = sound()
    start_response('200 OK', [('Content-Type', 'audio/mpeg'), ('Content-Length', str(len(track)))])
    return [track]
