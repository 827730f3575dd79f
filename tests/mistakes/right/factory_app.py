# send: GET /
# send: GET /admin

def make_app(title, pages):
    def app(environ, start_response):
        page = pages.get(environ.get('PATH_INFO', ''))
        if page is None:
            start_response('404 Not Found', [('Content-Type', 'text/plain')])
            return [b'no such page in ', title]
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [title, b': ', page]
    return app


application = make_app(b'My site', {'/': b'home\n'})
