# The decorator makes an instance around the function.
class Dated:
    def __init__(self, app, year='2027'):
        self.app = app
        self.year = year

    def __call__(self, environ, start_response):
        environ['dated.year'] = self.year
        return self.app(environ, start_response)


@Dated
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['dated.year'].encode('ascii')]
