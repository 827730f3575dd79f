# send: GET /api/2
def application(environ, start_response):
    number = environ['PATH_INFO'].rpartition('/')[2]
    if not number.isdigit():
        start_response('404 Not Found', [('Content-Type', 'application/json')])
        return [b'null']
    body = '{"number": {}, "double": {}}'.format(int(number), 2 * int(number))  # <- braces-in-template
    start_response('200 OK', [('Content-Type', 'application/json')])
    return [body.encode('utf-8')]
