class Shop:
    def __init__(self):
        self.config = {'currency': 'EUR'}

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [self.config['currency'].encode('ascii') + b'\n']


def logged(inner):
    def call(environ, start_response):
        environ['wsgi.errors'].write('asked\n')
        return inner(environ, start_response)
    return call


app = Shop()
app = logged(app)  # <- app-wrapped-too-early
app.config['currency'] = 'CHF'
