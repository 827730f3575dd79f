class Banner:
    """Middleware that says under which name the site runs."""

    def __init__(self, app, name='village'):
        self.app = app
        self.name = name

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('X-Site', self.name)], exc_info)

        return self.app(environ, start)


def site(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'the village\n']


application = Banner  # <- middleware-class-not-instance
