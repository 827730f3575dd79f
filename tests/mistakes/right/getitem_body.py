# The oldest protocol of iteration: no __iter__, only __getitem__.

class Lines:
    def __getitem__(self, number):
        return [b'one\n', b'two\n', b'three\n'][number]


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Lines()
