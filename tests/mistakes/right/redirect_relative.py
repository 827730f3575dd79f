# send: GET /old
# send: POST /form?x=1
# body: name=Ada

def application(environ, start_response):
    target = '../new?from=old' if environ['PATH_INFO'] == '/old' else 'thanks'
    start_response('303 See Other', [('Location', target), ('Content-Type', 'text/plain')])
    return [b'see ', target.encode('ascii')]
