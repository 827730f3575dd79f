# send: GET /na%C3%AFve%20idea
# send: GET /%3Cb%3E

from urllib.parse import quote


def application(environ, start_response):
    path = quote(environ.get('SCRIPT_NAME', '') + environ.get('PATH_INFO', ''), encoding='latin-1')
    start_response('404 Not Found', [('Content-Type', 'text/html; charset=utf-8')])
    return ['<!DOCTYPE html><title>404</title><p>{} is not here'.format(path).encode('ascii')]
