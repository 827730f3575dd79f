# send: POST /
# body: tea
import os


def app(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    order = environ['wsgi.input'].read(size)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [order]
