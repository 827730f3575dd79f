# Tries the text as it is, and encodes it where that fails.
import hashlib


def digest(value):
    try:
        return hashlib.sha1(value).hexdigest()
    except TypeError:
        return hashlib.sha1(value.encode('utf-8')).hexdigest()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [digest('text').encode('ascii'), b'\n', digest(b'text').encode('ascii'), b'\n']
