import logging

log = logging.getLogger('errors')


def quiet(app):
    def call(environ, start_response):
        try:
            return app(environ, start_response)
        except Exception:
            log.debug('something went wrong', exc_info=True)
            start_response('500 Internal Server Error', [('Content-Type', 'text/plain; charset=utf-8')])
            return [b'Something went wrong here.\n']
    return call


@quiet
def application(environ, start_response):
    total = sum(it or 0 for it in [12, 30, None])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d\n' % total]
