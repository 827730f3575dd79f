# send: GET /teapot
# send: GET /own
# send: GET /

from http import HTTPStatus


def app(environ, start_response):
    gone = HTTPStatus.GONE
    status = {
        '/teapot': "418 I'm a teapot (short and stout)",
        '/own': '299 Fine: as you like it',
    }.get(environ['PATH_INFO'], f'{gone.value} {gone.phrase}')
    start_response(status, [('Content-Type', 'text/plain')])
    return [status.encode('ascii')]
