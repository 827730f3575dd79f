# send: PATCH /
# send: GET /

class Counter:
    number = 3

    def __call__(self, environ, start_response):
        name = 'do_' + environ['REQUEST_METHOD'].lower()
        answer = getattr(self, name, None)
        return answer(start_response)  # <- none-called

    def do_get(self, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'%d\n' % self.number]

    do_head = do_get


application = Counter()
