def without(name, app):
    def call(environ, start_response):
        def start(status, headers, exc_info=None):
            kept = [(key, value) for key, value in headers if key != name]
            return start_response(status, kept, exc_info)
        return app(environ, start)
    return call


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), ('X-Debug', 'yes')])
    return [b'hello\n']


application = without('X-Debug', hello)
