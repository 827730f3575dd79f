# run() and main() of something that is no server.
class Setup:
    def __init__(self):
        self.words = []

    def run(self):
        self.words.append('ready')


setup = Setup()
setup.run()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [' '.join(setup.words).encode('ascii')]
