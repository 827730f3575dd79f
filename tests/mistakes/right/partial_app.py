from functools import partial


def greet(greeting, environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [greeting, b', world\n']


application = partial(greet, b'Good evening')
