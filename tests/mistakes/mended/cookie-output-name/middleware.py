from http.cookies import SimpleCookie


def with_visit(app):
    def call(environ, start_response):
        visit = SimpleCookie()
        visit['visit'] = 'first'

        def start(status, headers, exc_info=None):
            for morsel in visit.values():
                headers.append(('Set-Cookie', morsel.OutputString()))
            return start_response(status, headers, exc_info)

        return app(environ, start)
    return call


@with_visit
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'good day\n']
