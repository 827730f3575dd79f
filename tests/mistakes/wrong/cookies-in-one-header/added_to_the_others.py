# Middleware that puts its cookie behind the one that is there.
def with_trace(app):
    def call(environ, start_response):
        def start(status, headers, exc_info=None):
            headers = [
                (name, value + ', trace=5b; Path=/')  # <- cookies-in-one-header
                if name == 'Set-Cookie' else (name, value)
                for name, value in headers]
            return start_response(status, headers, exc_info)
        return app(environ, start)
    return call


@with_trace
def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Set-Cookie', 'user=lea; Path=/; Max-Age=600'),
    ])
    return [b'hello Lea\n']
