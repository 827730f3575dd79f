# send: POST /
# body: name=Ada

import io


def log_body(app):
    def wrapped(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size)
        environ['wsgi.input'] = io.BytesIO(body)
        log = environ['wsgi.errors']
        log.write(body)  # <- errors-bytes
        return app(environ, start_response)
    return wrapped


@log_body
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'thank you\n']
