class Denied(Exception):
    pass


class Guard:
    def __init__(self, app, token):
        self.app = app
        self.token = token

    def __call__(self, environ, start_response):
        if environ.get('HTTP_X_TOKEN') != self.token:
            raise Denied('who are you?')  # <- raised-before-start
        return self.app(environ, start_response)


def secret(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'the secret\n']


application = Guard(secret, 'open sesame')
