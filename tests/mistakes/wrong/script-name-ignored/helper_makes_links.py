# send: GET /blog/

def link(name):
    return '<li><a href="/%s">%s</a>' % (name, name.title())  # <- script-name-ignored


def blog(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield b'<!DOCTYPE html><title>Blog</title><ul>'
    for name in ('first', 'second'):
        yield link(name).encode('ascii')


def below(prefix, inner):
    def mounted(environ, start_response):
        path = environ['PATH_INFO']
        if not path.startswith(prefix + '/'):
            start_response('404 Not Found', [('Content-Type', 'text/plain')])
            return [b'nothing here\n']
        name = environ.get('SCRIPT_NAME', '') + prefix
        return inner(dict(environ, SCRIPT_NAME=name, PATH_INFO=path[len(prefix):]), start_response)
    return mounted


app = below('/blog', blog)
