# The name is that of whoever asked last: with two requests at once the bodies are mixed up.
# send: GET /for/ida
# send: GET /

CURRENT = {'guest': 'everybody'}


def lines():
    for word in ('Dinner for ', CURRENT['guest'], ' is ready.\n'):
        yield word.encode('utf-8')


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path.startswith('/for/'):
        CURRENT['guest'] = path[len('/for/'):]  # <- request-state-global
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return lines()
