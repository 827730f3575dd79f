# send: GET /
# send: GET /

import contextlib
import logging

log = logging.getLogger('garden')
log.setLevel(logging.INFO)
log.propagate = False


@contextlib.contextmanager
def logged_to(stream):
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class Answer:
    def __init__(self, environ):
        self.errors = environ['wsgi.errors']

    def __iter__(self):
        self.errors.write('the first block\n')
        yield b'Roses\n'
        print('the last block', file=self.errors)

    def close(self):
        self.errors.write('closed\n')


def application(environ, start_response):
    with logged_to(environ['wsgi.errors']):
        log.info('asked for %s', environ['PATH_INFO'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Answer(environ)
