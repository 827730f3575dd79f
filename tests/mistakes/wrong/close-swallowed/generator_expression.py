def pages(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    try:
        yield b'one\n'
        yield b'two\n'
    finally:
        environ['wsgi.errors'].write('the database is free again\n')


def application(environ, start_response):
    return (page.title() for page in pages(environ, start_response))  # <- close-swallowed
