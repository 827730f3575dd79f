# send: GET /
# send: GET /
PAGE = []


class Home:
    def add(self, text):
        PAGE.append(text)

    def __call__(self, environ, start_response):
        PAGE.append(b'<!DOCTYPE html><title>Home</title>')  # <- request-state-global
        self.add(b'<p>Welcome to the page.')
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        return [b''.join(PAGE)]


application = Home()
