FINISHED = []


def wait_until(finished):
    while not finished: pass  # <- app-hangs


def application(environ, start_response):
    wait_until(FINISHED)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'finished\n']
