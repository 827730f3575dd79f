def log(environ, *keys):
    lines = [('%s=%s\n' % (key, environ[key])).encode('utf-8') for key in keys]
    environ['wsgi.errors'].writelines(lines)  # <- errors-bytes


class Site:
    def __call__(self, environ, start_response):
        log(environ, 'REQUEST_METHOD', 'SERVER_NAME')
        start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'hello\n'


app = Site()
