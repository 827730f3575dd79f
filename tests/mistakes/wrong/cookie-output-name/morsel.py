# send: POST /basket
# body: add=12

from http.cookies import SimpleCookie


class Basket:
    def __call__(self, environ, start_response):
        headers = [('Content-Type', 'text/plain; charset=utf-8')]
        headers.append(self.remember('12'))
        start_response('200 OK', headers)
        return [b'in the basket\n']

    def remember(self, number):
        cookies = SimpleCookie()
        cookies['basket'] = number
        morsel = cookies['basket']
        morsel['max-age'] = 3600
        morsel['httponly'] = True
        return 'Set-Cookie', morsel.output()  # <- cookie-output-name


application = Basket()
