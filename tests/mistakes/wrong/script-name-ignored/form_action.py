# send: GET /forum/new

from wsgiref.util import shift_path_info

FORM = '<form method="post" action="/save"><input name="text"><button>Save</button></form>'  # <- script-name-ignored


class Forum:
    def __init__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])

    def __iter__(self):
        yield b'<!DOCTYPE html><title>Forum</title>\n'
        yield FORM.encode('ascii')


class Mount:
    def __init__(self, **apps):
        self.apps = apps

    def __call__(self, environ, start_response):
        app = self.apps.get(shift_path_info(environ))
        if app is None:
            start_response('404 Not Found', [('Content-Type', 'text/plain')])
            return [b'nothing here\n']
        return app(environ, start_response)


application = Mount(forum=Forum)
