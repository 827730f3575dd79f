import logging

logging.basicConfig(level=logging.INFO)
log = logging.getLogger('site')


def app(environ, start_response):
    log.info('%s %s', environ['REQUEST_METHOD'], environ['PATH_INFO'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    try:
        yield b'%d\n' % int('seven')
    except ValueError:
        log.exception('no number')
        yield b'no number\n'
