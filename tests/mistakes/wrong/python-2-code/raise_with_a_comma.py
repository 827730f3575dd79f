# send: GET /?x
def check(text):
    if text:
        raise ValueError, 'no query, please'  # <- python-2-code


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'fine']
