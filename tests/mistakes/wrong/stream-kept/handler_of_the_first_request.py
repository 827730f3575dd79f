# send: GET /tea
# send: GET /cake

import logging

log = logging.getLogger('kitchen')
log.setLevel(logging.INFO)


def set_up(environ):
    if log.handlers:
        return
    handler = logging.StreamHandler(environ['wsgi.errors'])  # <- stream-kept
    handler.setFormatter(logging.Formatter('kitchen: %(message)s'))
    log.addHandler(handler)


def application(environ, start_response):
    set_up(environ)
    log.info('an order for %s', environ['PATH_INFO'].strip('/'))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'In a minute.\n']
