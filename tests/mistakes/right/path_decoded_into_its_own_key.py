# send: GET /%D0%BC%D0%B8%D1%80

def decoded(app):
    def call(environ, start_response):
        environ['text.path'] = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace')
        return app(environ, start_response)
    return call


@decoded
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['text.path'].encode('utf-8'), b'\n']
