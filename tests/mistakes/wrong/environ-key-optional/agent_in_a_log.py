# send: GET /

def with_log(app):
    def call(environ, start_response):
        line = '{REQUEST_METHOD} {PATH_INFO} {HTTP_USER_AGENT}\n'.format(**environ)  # <- environ-key-optional
        environ['wsgi.errors'].write(line)
        return app(environ, start_response)
    return call


@with_log
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'logged\n']
