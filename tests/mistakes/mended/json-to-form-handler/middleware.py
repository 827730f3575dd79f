# send: POST /
# header: Content-Type: application/json
# body: ["a", "b"]

import json
from urllib.parse import parse_qs


def with_form(app):
    def call(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        if environ.get('CONTENT_TYPE') == 'application/json':
            environ['site.form'] = dict.fromkeys(json.loads(text))
        else:
            environ['site.form'] = parse_qs(text, keep_blank_values=True)
        return app(environ, start_response)
    return call


@with_form
def application(environ, start_response):
    names = ', '.join(sorted(environ['site.form']))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield names.encode('utf-8') + b'\n'
