# send: GET /blog/2026/may

class ByName:
    def __init__(self, **apps):
        self.apps = apps

    def __call__(self, environ, start_response):
        _, name, rest = environ['PATH_INFO'].split('/', 2)
        environ['SCRIPT_NAME'] += '/' + name
        environ['PATH_INFO'] = rest  # <- script-name-slash
        return self.apps[name](environ, start_response)


def blog(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    here = environ['SCRIPT_NAME'] + environ['PATH_INFO']
    return [here.encode('latin-1'), b'\n']


application = ByName(blog=blog)
