# send: GET /?drink=tea&milk

def read(query):
    fields = {}
    for part in query.split('&'):
        name, value = part.split('=')  # <- query-split-by-hand
        fields[name] = value
    return fields


def application(environ, start_response):
    fields = read(environ['QUERY_STRING'])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'with milk\n' if 'milk' in fields else b'black\n'
