# send: GET /
# send: GET /
# header: If-None-Match: "v3"

def known(environ):
    try:
        return environ['HTTP_IF_NONE_MATCH']
    except KeyError:
        return None


def application(environ, start_response):
    if known(environ) == '"v3"':
        start_response('304 Not Modified', [('ETag', '"v3"')])
        return []
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), ('ETag', '"v3"')])
    return [b'the third version\n']
