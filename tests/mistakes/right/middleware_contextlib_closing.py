from contextlib import closing


def source(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return open(__file__, 'rb')


def application(environ, start_response):
    with closing(source(environ, start_response)) as body:
        for line in body:
            yield line.replace(b'body', b'BODY')
