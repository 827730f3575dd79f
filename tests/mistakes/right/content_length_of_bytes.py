# send: GET /
# send: HEAD /

def application(environ, start_response):
    body = 'Schöne Grüße – さようなら\n'.encode('utf-8')
    start_response('200 OK', [
        ('content-type', 'text/plain; charset=utf-8'),
        ('content-length', str(len(body))),
    ])
    return [body]
