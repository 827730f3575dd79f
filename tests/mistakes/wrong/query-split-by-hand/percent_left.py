# send: GET /search?q=salt%26pepper

def with_words(app):
    def wrapped(environ, start_response):
        words = environ['QUERY_STRING'].partition('q=')[2]  # <- query-split-by-hand
        environ['search.words'] = words
        return app(environ, start_response)
    return wrapped


@with_words
def application(environ, start_response):
    text = 'You look for ' + environ['search.words']
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]
