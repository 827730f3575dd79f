# send: GET /
from wsgiref.util import FileWrapper


class Song:
    def __init__(self, path):
        self.path = path

    def __call__(self, environ, start_response):
        file = open(self.path, 'rb')
        start_response('200 OK', [('Content-Type', 'text/x-python; charset=utf-8')])
        send = environ.get('wsgi.file_wrapper', FileWrapper)
        return send(file, 4096)


application = Song(__file__)
