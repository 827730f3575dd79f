# send: GET /%C3%BCber-uns
# send: GET /

ROUTES = {
    b'/': b'home\n',
    '/über-uns'.encode('utf-8'): b'about us\n',
}


def app(environ, start_response):
    page = ROUTES.get(environ['PATH_INFO'].encode('latin-1'))
    status = '404 Not Found' if page is None else '200 OK'
    start_response(status, [('Content-Type', 'text/plain')])
    return [page or b'no such page\n']
