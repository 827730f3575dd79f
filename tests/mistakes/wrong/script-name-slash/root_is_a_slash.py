# send: GET /news

def at_root(app):
    def call(environ, start_response):
        inner = dict(environ, SCRIPT_NAME='/')  # <- script-name-slash
        return app(inner, start_response)
    return call


@at_root
def application(environ, start_response):
    address = environ['SCRIPT_NAME'] + environ['PATH_INFO']
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield b'You are at ' + address.encode('latin-1') + b'\n'
