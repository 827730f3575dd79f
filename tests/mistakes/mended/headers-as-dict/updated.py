SAFE = {'Referrer-Policy': 'same-origin', 'X-Frame-Options': 'DENY'}


def protected(inner):
    def outer(environ, start_response):
        def start(status, headers, *rest):
            headers.extend(SAFE.items())
            return start_response(status, headers, *rest)
        return inner(environ, start)
    return outer


@protected
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'a page in no frame\n']
