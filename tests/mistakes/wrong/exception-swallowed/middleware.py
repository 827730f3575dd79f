import logging

log = logging.getLogger('errors')


def quiet(app):
    def call(environ, start_response):
        try:
            return app(environ, start_response)
        except Exception:  # <- exception-swallowed
            log.debug('something went wrong', exc_info=True)
    return call


@quiet
def application(environ, start_response):
    total = sum([12, 30, None])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d\n' % total]
