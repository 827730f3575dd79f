# told: There is no page / yet.
"""Lesson 1: a small site."""

PAGES = {
    '/home': 'Welcome to my site.\n',
    '/about': 'An application, a server, and bytes.\n',
}


def application(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1')
    path = path.decode('utf-8', 'replace')
    if path in PAGES:
        status = '200 OK'
        text = PAGES[path]
    else:
        status = '404 Not Found'
        text = f'There is no {path}\n'
    body = text.encode('utf-8')
    start_response(status, [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]
