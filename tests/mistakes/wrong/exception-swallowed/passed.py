# send: GET /lamp

LAMPS = {'/kitchen': True}


class House:
    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        page = []
        try:
            page.append(self.lamp(environ['PATH_INFO']))
        except:  # <- exception-swallowed
            pass
        return page

    def lamp(self, room):
        return b'on\n' if LAMPS[room] else b'off\n'


app = House()
