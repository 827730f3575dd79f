# workers: 2
# send: GET /
# send: GET /

visitors = 0


def application(environ, start_response):
    global visitors
    if environ['PATH_INFO'] == '/':
        visitors += 1  # <- state-per-process
    body = f'You are visitor number {visitors}.\n'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body.encode('utf-8')]
