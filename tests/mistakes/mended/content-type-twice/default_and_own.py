HEADERS = [('Content-Type', 'text/html; charset=utf-8'), ('X-Site', 'garden')]


def answer(start_response, body, *headers):
    own = {name for name, _ in headers}
    start_response('200 OK', [it for it in HEADERS if it[0] not in own] + list(headers))
    return [body]


def application(environ, start_response):
    kind = ('Content-Type', 'application/json')
    return answer(start_response, b'{"roses": 7}', kind)
