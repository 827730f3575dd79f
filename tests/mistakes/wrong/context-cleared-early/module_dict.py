# The body is a generator expression that looks into a dict of the module.
# send: GET /

REQUEST = {}


def page():
    names = ('REQUEST_METHOD', 'PATH_INFO')
    return (REQUEST[name].encode('latin-1') + b'\n' for name in names)


def application(environ, start_response):
    REQUEST.update(environ)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    try:
        return page()
    finally:
        REQUEST.clear()  # <- context-cleared-early
