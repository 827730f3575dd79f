# send: GET /

def with_log(app):
    def call(environ, start_response):
        agent = environ.get('HTTP_USER_AGENT', '-')
        line = '{REQUEST_METHOD} {PATH_INFO} {agent}\n'.format(agent=agent, **environ)
        environ['wsgi.errors'].write(line)
        return app(environ, start_response)
    return call


@with_log
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'logged\n']
