from functools import partial

line = partial(print, end='\r\n')


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield b'<!DOCTYPE html><title>Hello</title>\n'
    line('<p>Hello, world!</p>')  # <- print-in-app
