# send: GET /
# leaves

class Film:
    def __init__(self, scenes):
        self.scenes = scenes

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'application/octet-stream')])
        for scene in range(self.scenes):
            try:
                yield bytes(65536)
            except Exception as error:
                environ['wsgi.errors'].write('scene %d: %r\n' % (scene, error))


application = Film(300)
