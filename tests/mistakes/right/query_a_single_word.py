# No pairs at all: the whole query is one word, as in /?edit.
# send: GET /?edit
# send: GET /

def application(environ, start_response):
    editing = environ.get('QUERY_STRING', '') == 'edit'
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'editing\n' if editing else b'reading\n']
