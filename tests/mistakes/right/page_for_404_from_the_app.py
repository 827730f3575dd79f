# The second call asks for another page, with an environ of its own.
# send: GET /nothing
# send: GET /

import io


def site(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    pages = {'/': b'front\n', '/404': b'Sorry, that is not here.\n'}
    found = environ['PATH_INFO'] in pages
    start_response('200 OK' if found else '404 Not Found', kind)
    return [pages.get(environ['PATH_INFO'], b'?\n')]


class ErrorPages:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        answer = []

        def start(status, headers, exc_info=None):
            answer[:] = [status, headers]
            return lambda data: None

        body = self.app(environ, start)
        status, headers = answer
        if status.startswith('404'):
            if hasattr(body, 'close'):
                body.close()
            other = dict(environ, REQUEST_METHOD='GET', PATH_INFO='/404', CONTENT_LENGTH='')
            other['wsgi.input'] = io.BytesIO()
            body = self.app(other, start)
        start_response(status, headers)
        return body


application = ErrorPages(site)
