def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return map(str.encode, ['tea\n', 'coffee\n', 'water\n'])
