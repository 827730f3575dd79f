HEADERS = [('Content-Type', 'text/html; charset=utf-8'), ('X-Site', 'garden')]


def answer(start_response, body, *headers):
    start_response('200 OK', HEADERS + list(headers))  # <- content-type-twice
    return [body]


def application(environ, start_response):
    kind = ('Content-Type', 'application/json')
    return answer(start_response, b'{"roses": 7}', kind)
