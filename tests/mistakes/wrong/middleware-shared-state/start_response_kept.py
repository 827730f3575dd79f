# send: GET /
# send: GET /missing

class Site:
    def __call__(self, environ, start_response):
        self.start = start_response  # <- middleware-shared-state
        if environ['PATH_INFO'] == '/':
            return self.answer('200 OK', b'home\n')
        return self.answer('404 Not Found', b'no such page\n')

    def answer(self, status, page):
        self.start(status, [('Content-Type', 'text/plain')])
        return [page]


app = Site()
