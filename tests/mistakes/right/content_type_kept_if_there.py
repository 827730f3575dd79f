class Default:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            if not any(name.lower() == 'content-type' for name, _ in headers):
                headers = headers + [('Content-Type', 'text/plain; charset=utf-8')]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def app_with_a_type(environ, start_response):
    start_response('200 OK', [('CONTENT-TYPE', 'text/csv; charset=utf-8')])
    return [b'a,b\n']


application = Default(app_with_a_type)
