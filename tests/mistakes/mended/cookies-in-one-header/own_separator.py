from http.cookies import SimpleCookie

GAME = {'level': '7', 'lives': '2', 'points': '940'}


class Game:
    def __init__(self, environ, start_response):
        start_response('200 OK', self.headers())

    def headers(self):
        cookies = SimpleCookie(GAME)
        kind = ('Content-Type', 'text/plain; charset=utf-8')
        return [kind] + [('Set-Cookie', it.OutputString()) for it in cookies.values()]

    def __iter__(self):
        yield b'saved\n'


application = Game
