def tagged(app, version):
    def call(environ, start_response):
        def begin(status, fields, exc_info=None):
            fields.add('X-Version', version)  # <- headers-as-dict
            return start_response(status, fields, exc_info)
        return app(environ, begin)
    return call


def about(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield b'a small shop\n'


app = tagged(about, '7')
