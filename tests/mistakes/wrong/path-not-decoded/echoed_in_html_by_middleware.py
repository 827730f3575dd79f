# send: GET /menu/caf%C3%A9

import html


def with_title(app):
    def wrapped(environ, start_response):
        title = environ.get('PATH_INFO', '').rpartition('/')[2]  # <- path-not-decoded
        environ['page.title'] = html.escape(title)
        return app(environ, start_response)
    return wrapped


@with_title
def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield b'<!DOCTYPE html>'
    yield ('<title>%s</title>' % environ['page.title']).encode('utf-8')
