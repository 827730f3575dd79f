# send: GET /
# send: GET /nowhere

def home(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'home\n']


def missing(environ, start_response):
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'nothing is here\n']


def application(environ, start_response):
    view = {'/': home}.get(environ['PATH_INFO'])
    if view is None:
        view = missing
    return view(environ, start_response)
