# send: POST /
# header: Content-Type: text/plain
# body: count me

class Counted:
    def __init__(self, stream):
        self.stream = stream
        self.number = 0

    def read(self, size=-1):
        data = self.stream.read(size)
        self.number += len(data)
        return data


def count(app):
    def call(environ, start_response):
        environ['wsgi.input'] = Counted(environ['wsgi.input'])
        return app(environ, start_response)
    return call


@count
def application(environ, start_response):
    stream = environ['wsgi.input']
    stream.read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d\n' % stream.number]
