class Counter:
    def __init__(self):
        self.words = {'tea': 3}

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'%d' % self.words['tea']]


application = Counter()
