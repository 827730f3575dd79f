# A generator: the exception comes with the first block.
import hashlib

PAGE = '<h1>Timetable</h1>'


def application(environ, start_response):
    tag = '"%s"' % hashlib.sha256(PAGE).hexdigest()[:12]  # <- str-where-bytes
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8'), ('ETag', tag)])
    yield PAGE.encode('utf-8')
