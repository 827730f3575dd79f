# send: GET /
# send: POST /
# body: drink=tea&drink=coffee

from urllib.parse import parse_qs


def read_form(environ):
    try:
        size = int(environ['CONTENT_LENGTH'])
    except (KeyError, ValueError):
        size = 0
    return parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))


def app(environ, start_response):
    drinks = read_form(environ).get('drink', [])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['you ordered: {}\n'.format(', '.join(drinks)).encode('utf-8')]
