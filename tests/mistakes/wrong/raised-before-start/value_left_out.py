# send: GET /

BAR = '<p style="width: 50%%">%s of %s, about %d</p>'


def application(environ, start_response):
    bar = BAR % ('three', 'five')  # <- raised-before-start
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [bar.encode('utf-8')]
