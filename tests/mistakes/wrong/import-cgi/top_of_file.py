# send: GET /?name=Ada

import cgi  # <- import-cgi
import html


def application(environ, start_response):
    form = cgi.FieldStorage(environ=environ, fp=environ['wsgi.input'])
    name = form.getfirst('name', 'you')
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<!DOCTYPE html><title>Hello</title>', html.escape(name).encode('utf-8')]
