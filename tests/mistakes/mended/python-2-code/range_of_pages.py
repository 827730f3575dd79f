class Pages:
    rows, size = 45, 10

    def links(self):
        for page in range((self.rows + self.size - 1) // self.size):
            yield f'<a href="?page={page}">{page + 1}</a>\n'

    def __call__(self, environ, start_response):
        body = ''.join(self.links()).encode('utf-8')
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        return [body]


application = Pages()
