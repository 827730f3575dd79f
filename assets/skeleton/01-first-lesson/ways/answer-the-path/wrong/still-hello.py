# told: The answer is still Hello.
def application(environ, start_response):
    path = environ['PATH_INFO']
    print(path)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello!\n']
