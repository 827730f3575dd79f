# told: The path is not in the dictionary
"""Lesson 1: a small site."""

PAGES = {
    '/': 'Welcome to my site.\n',
    '/about': 'An application, a server, and bytes.\n',
}


def application(environ, start_response):
    body = PAGES[environ['PATH_INFO']].encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]
