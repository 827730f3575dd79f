import sys


def fail(start_response):
    html = [('Content-Type', 'text/html; charset=utf-8')]
    start_response('500 Internal Server Error', html, sys.exc_info())  # <- exc-info-after-body


def application(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    write(b'<!DOCTYPE html><title>Names</title>')
    try:
        write(b'<p>' + ['Ada', 'Grace'][2].encode('ascii'))
    except IndexError:
        fail(start_response)
    return []
