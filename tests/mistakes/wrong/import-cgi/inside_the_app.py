# send: GET /?drink=tea

def read_form(environ):
    import cgi  # <- import-cgi
    return cgi.FieldStorage(fp=environ['wsgi.input'], environ=environ, keep_blank_values=True)


def application(environ, start_response):
    form = read_form(environ)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d fields\n' % len(form.keys())
