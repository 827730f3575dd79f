# What is empty may be left out, and some servers do so; here a middleware does in their place.
# send: GET /
# send: GET /?from=Bern

def without_empty_values(app):
    def call(environ, start_response):
        for key in ('QUERY_STRING', 'SCRIPT_NAME'):
            if environ.get(key) == '':
                del environ[key]
        return app(environ, start_response)
    return call


@without_empty_values
def application(environ, start_response):
    query = environ['QUERY_STRING']  # <- environ-key-optional
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [ascii(query).encode('ascii'), b'\n']
