def application(environ, start_response):
    words = iter(environ.get('HTTP_X_WORDS', '').split())
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    word = next(words, None)
    while word is not None:
        yield word.encode('latin-1') + b'\n'
        word = next(words, None)
    yield b'the end\n'
