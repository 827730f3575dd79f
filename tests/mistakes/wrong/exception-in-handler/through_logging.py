# send: GET /
import logging
import sys

log = logging.getLogger('site')
log.addHandler(logging.StreamHandler(sys.stderr))


def greeting(names):
    return 'Hello, ' + names.upper() + '\n'  # <- exception-in-handler


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    try:
        text = greeting(['Ada', 'Bob'])
    except Exception:
        log.exception('GET %s failed', environ['PATH_INFO'])
        start_response('500 Internal Server Error', kind)
        return [b'Sorry.\n']
    start_response('200 OK', kind)
    return [text.encode('utf-8')]
