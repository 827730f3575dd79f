# send: GET /
# send: GET /
# header: Accept-Encoding: gzip

import zlib


def deflated(app):
    def wrapped(environ, start_response):
        if 'gzip' not in environ.get('HTTP_ACCEPT_ENCODING', ''):
            return app(environ, start_response)

        def start(status, headers, exc_info=None):
            kept = [pair for pair in headers if pair[0].lower() != 'content-length']
            return start_response(status, kept + [('Content-Encoding', 'gzip')], exc_info)

        return compress(app(environ, start))
    return wrapped


def compress(body):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    try:
        for block in body:
            yield packer.compress(block)
        yield packer.flush()
    finally:
        if hasattr(body, 'close'):
            body.close()


@deflated
def application(environ, start_response):
    page = b'hello ' * 1000
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(len(page)))])
    return [page]
