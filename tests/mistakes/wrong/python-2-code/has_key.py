def application(environ, start_response):
    if environ.has_key('HTTP_COOKIE'):  # <- python-2-code
        text = b'again'
    else:
        text = b'new'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text]
