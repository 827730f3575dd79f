# The number of rounds bounds the time of this test.
import io


def lines(file, rounds):
    for line in iter(file.readline, b''):
        rounds -= 1
        if not rounds:
            return
        yield line


def application(environ, start_response):
    song = io.BytesIO(b'first verse\nsecond verse\n')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return lines(song, 20000)
