# send: GET /login

class Login:
    def __call__(self, environ, start_response):
        cookies = ['session=8f2c; Path=/; HttpOnly', 'csrf=77aa; Path=/']
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Set-Cookie', ', '.join(cookies)),  # <- cookies-in-one-header
        ])
        return [b'logged in\n']


app = Login()
