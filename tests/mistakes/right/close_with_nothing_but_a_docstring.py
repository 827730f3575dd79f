# send: GET /
# send: GET /other

class Page:
    def __iter__(self):
        return iter([b'one page\n'])

    def close(self):
        """There is nothing to give back."""


class Silent:
    def __iter__(self):
        return iter([b'another page\n'])

    def close(self): self.done = True


def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return Page() if environ['PATH_INFO'] == '/' else Silent()


def application(environ, start_response):
    body = page(environ, start_response)
    try:
        for block in body:
            yield block.upper()
    finally:
        body.close()
