# send: GET /?a=%3Cb%3E
# header: X-Custom: "quoted" <b>
# send: GET /caf%C3%A9

from html import escape


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield b'<!DOCTYPE html><title>environ</title><table>'
    for key in sorted(environ):
        row = '<tr><th>{}<td>{}'.format(escape(key), escape(ascii(environ[key])))
        yield row.encode('ascii')
    yield b'</table>'
