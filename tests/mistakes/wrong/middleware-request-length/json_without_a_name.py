# send: POST /
# header: Content-Type: application/json
# body: [12, 7, 30]

import json
from io import BytesIO


def read(environ):
    return environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))


def with_sum(app):
    def call(environ, start_response):
        if environ.get('CONTENT_TYPE') == 'application/json':
            hours = json.loads(read(environ))
            hours.append(sum(hours))
            environ['wsgi.input'] = BytesIO(json.dumps(hours).encode('ascii'))  # <- middleware-request-length
        return app(environ, start_response)
    return call


@with_sum
def application(environ, start_response):
    *days, week = json.loads(read(environ))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d days, %d hours\n' % (len(days), week)]
