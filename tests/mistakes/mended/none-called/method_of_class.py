# send: PATCH /
# send: GET /

class Counter:
    number = 3

    def __call__(self, environ, start_response):
        name = 'do_' + environ['REQUEST_METHOD'].lower()
        answer = getattr(self, name, self.refuse)
        return answer(start_response)

    def do_get(self, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'%d\n' % self.number]

    do_head = do_get

    def refuse(self, start_response):
        start_response('405 Method Not Allowed', [
            ('Content-Type', 'text/plain; charset=utf-8'), ('Allow', 'GET, HEAD')])
        return [b'only to be read\n']


application = Counter()
