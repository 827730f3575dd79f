# send: GET /a%20b?x=1
# send: GET /
# header: Host: example.org:8000

import io
from wsgiref.util import FileWrapper, application_uri, guess_scheme, request_uri


def application(environ, start_response):
    lines = [application_uri(environ), request_uri(environ), guess_scheme(environ)]
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return FileWrapper(io.BytesIO('\n'.join(lines).encode('ascii')))
