try:
    import wsgi_tutor_has_no_such_module as fast
except ImportError:
    fast = None


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'fast\n' if fast else b'as it is\n']
