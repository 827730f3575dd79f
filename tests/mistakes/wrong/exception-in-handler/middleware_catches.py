# send: GET /rate
import traceback


class ErrorPage:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        try:
            return self.app(environ, start_response)
        except Exception as error:
            report = ''.join(traceback.format_exception(type(error), error, error.__traceback__))
            environ['wsgi.errors'].write(report)
            start_response('503 Service Unavailable', [('Content-Type', 'text/plain; charset=utf-8')])
            return [b'Please come back later.\n']


RATES = [0.93, 1.07]


def rate(environ, start_response):
    text = str(RATES[2])  # <- exception-in-handler
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('ascii')]


application = ErrorPage(rate)
