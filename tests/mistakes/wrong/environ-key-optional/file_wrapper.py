# wsgi.file_wrapper is there under this server; Werkzeug's development server has none.
# send: GET /
class Song:
    def __init__(self, path):
        self.path = path

    def __call__(self, environ, start_response):
        file = open(self.path, 'rb')
        start_response('200 OK', [('Content-Type', 'text/x-python; charset=utf-8')])
        send = environ['wsgi.file_wrapper']  # <- environ-key-optional
        return send(file, 4096)


application = Song(__file__)
