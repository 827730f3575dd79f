# send: GET /lamp

LAMPS = {'/kitchen': True}


class House:
    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [self.lamp(environ['PATH_INFO'])]

    def lamp(self, room):
        return b'on\n' if LAMPS.get(room) else b'off\n'


app = House()
