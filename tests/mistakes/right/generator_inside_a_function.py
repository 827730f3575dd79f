# send: GET /
# send: GET /count

def application(environ, start_response):
    def count():
        for number in range(3):
            yield b'%d\n' % number

    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    if environ['PATH_INFO'] == '/count':
        return count()
    return [b'Try /count\n']
