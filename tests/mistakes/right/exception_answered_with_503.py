# What was caught becomes an answer that says so.
class Patient:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        try:
            return self.app(environ, start_response)
        except Exception as error:
            environ['wsgi.errors'].write('not yet: %s\n' % error)
            start_response('503 Service Unavailable', [
                ('Content-Type', 'text/plain; charset=utf-8'), ('Retry-After', '60')])
            return [b'The oven is cold. Come back in a minute.\n']


def bakery(environ, start_response):
    raise TimeoutError('the oven is cold')


application = Patient(bakery)
