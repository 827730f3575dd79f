# An ETag is sent before the body it is made of.
import hashlib


def tagged(app):
    def application(environ, start_response):
        seen = []

        def start(status, headers, exc_info=None):
            seen[:] = [status, list(headers)]
            return lambda data: None

        blocks = app(environ, start)
        try:
            body = b''.join(blocks)
        finally:
            if hasattr(blocks, 'close'):
                blocks.close()
        status, headers = seen
        headers.append(('ETag', '"%s"' % hashlib.sha256(body).hexdigest()[:16]))
        start_response(status, headers)
        return [body]
    return application


@tagged
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'one\n', b'two\n']
