# What is kept on the instance belongs to no request.
# send: GET /
# send: GET /

class Site:
    def __init__(self):
        self.page = None

    def __call__(self, environ, start_response):
        if self.page is None:
            self.page = self.render()
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        return [self.page]

    def render(self):
        return b'<!DOCTYPE html><title>Home</title>' + b'<hr>' * 3


app = Site()
