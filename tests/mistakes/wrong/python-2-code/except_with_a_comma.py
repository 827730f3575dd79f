# send: GET /?x
def number(text):
    try:
        return int(text)
    except ValueError, error:  # <- python-2-code
        return len(str(error))


def application(environ, start_response):
    found = number(environ.get('QUERY_STRING', ''))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d' % found]
