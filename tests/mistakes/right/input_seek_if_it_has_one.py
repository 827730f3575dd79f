# send: POST /
# header: Content-Type: text/plain
# body: three words here

import io


def application(environ, start_response):
    stream = environ['wsgi.input']
    body = stream.read(int(environ.get('CONTENT_LENGTH') or 0))
    try:
        stream.seek(0)
    except (AttributeError, OSError):
        environ['wsgi.input'] = io.BytesIO(body)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d words\n' % len(body.split())]
