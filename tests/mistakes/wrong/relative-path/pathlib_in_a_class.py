import os
import pathlib
import tempfile


class Pages:
    folder = pathlib.Path('.')

    def __call__(self, environ, start_response):
        page = self.read('app.py')
        start_response('200 OK', [('Content-Type', 'text/x-python; charset=utf-8')])
        return [page[:13]]

    def read(self, name):
        return (self.folder / name).read_bytes()  # <- relative-path


application = Pages()
os.chdir(tempfile.mkdtemp())
