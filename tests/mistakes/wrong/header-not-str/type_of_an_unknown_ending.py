# The type is None where the ending says nothing; the other Content-Type of the function is right.
# send: GET /notes.unknown
import mimetypes

FILES = {'/notes.unknown': b'milk, tea\n'}


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path not in FILES:
        start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'Not here\n']
    kind, _ = mimetypes.guess_type(path)
    start_response('200 OK', [('Content-Type', kind)])  # <- header-not-str
    return [FILES[path]]
