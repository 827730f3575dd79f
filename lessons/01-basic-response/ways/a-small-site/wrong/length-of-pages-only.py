# told: The 404 has no Content-Length.
"""Lesson 1: a small site."""

PAGES = {
    '/': 'Welcome to my site.\n',
    '/about': 'An application, a server, and bytes.\n',
}


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path not in PAGES:
        start_response('404 Not Found', [
            ('Content-Type', 'text/plain; charset=utf-8'),
        ])
        return [b'There is no ', path.encode('latin-1'), b'\n']
    body = PAGES[path].encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]
