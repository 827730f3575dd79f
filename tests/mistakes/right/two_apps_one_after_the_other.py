# A cascade: another application is asked when the first one has no page.
# send: GET /a
# send: GET /b

def first(environ, start_response):
    found = environ['PATH_INFO'] == '/a'
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'page of the first\n']


def second(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'page of the second\n']


class Cascade:
    def __init__(self, *apps):
        self.apps = apps

    def __call__(self, environ, start_response):
        for app in self.apps[:-1]:
            answer = []
            body = app(environ, lambda *args: answer.append(args))
            if not answer[0][0].startswith('404'):
                start_response(*answer[0])
                return body
            if hasattr(body, 'close'):
                body.close()
        return self.apps[-1](environ, start_response)


application = Cascade(first, second)
