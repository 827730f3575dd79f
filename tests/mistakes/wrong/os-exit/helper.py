# send: GET /
# send: GET /stop

from os import _exit


def stop():
    _exit(3)  # <- os-exit


def app(environ, start_response):
    if environ['PATH_INFO'] == '/stop':
        stop()
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'still here\n']
