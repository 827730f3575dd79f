from functools import partial


class Realm:
    def __init__(self, app, environ_key=None, realm='all'):
        self.app = app
        self.key = environ_key
        self.realm = realm

    def __call__(self, environ, start_response):
        environ['club.realm'] = self.realm
        return self.app(environ, start_response)


def inside(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'inside ' + environ['club.realm'].encode('utf-8')]


application = partial(Realm, realm='club')  # <- middleware-class-not-instance
