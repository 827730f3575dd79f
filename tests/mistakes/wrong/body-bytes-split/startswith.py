# send: POST /
# body: name=Ada

def is_form(data):
    return data.startswith('name=')  # <- body-bytes-split


def application(environ, start_response):
    length = int(environ.get('CONTENT_LENGTH') or 0)
    data = environ['wsgi.input'].read(length)
    answer = b'a form\n' if is_form(data) else b'something else\n'
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield answer
