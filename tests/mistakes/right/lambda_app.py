application = lambda environ, start_response: (
    start_response('200 OK', [('Content-Type', 'text/plain')])
    and [b'short\n']
)
