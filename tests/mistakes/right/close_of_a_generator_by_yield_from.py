# The outer generator's close() goes on to the inner one by itself.
def chapters(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    try:
        yield b'chapter one\n'
        yield b'chapter two\n'
    finally:
        environ['wsgi.errors'].write('the book is closed\n')


def application(environ, start_response):
    yield from chapters(environ, start_response)
