STOCK = {'tea': '12', 'coffee': 'none'}


def app(environ, start_response):
    left = int(STOCK['coffee'])  # <- raised-before-start
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'%d cups left\n' % left
