# send: GET /
# send: GET /
# header: If-None-Match: "3e8"

PAGE = b'<!DOCTYPE html><title>Home</title><p>It has not changed for years.'


def application(environ, start_response):
    etag = '"%x"' % 1000
    if environ.get('HTTP_IF_NONE_MATCH') == etag:
        start_response('304 Not Modified', [('ETag', etag)])
        return []
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Length', str(len(PAGE))),
        ('ETag', etag),
    ])
    return [PAGE]
