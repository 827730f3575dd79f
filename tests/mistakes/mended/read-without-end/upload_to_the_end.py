# send: POST /
# header: Content-Type: text/plain
# body: first line\nsecond line\n

import hashlib


def digest_of(environ):
    """Where the server says that its input ends."""
    stream = environ['wsgi.input']
    digest = hashlib.sha256()
    if environ.get('wsgi.input_terminated'):
        while True:
            line = stream.readline()
            if not line:
                break
            digest.update(line)
    return digest.hexdigest()


def application(environ, start_response):
    body = digest_of(environ).encode('ascii')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [body]
