# send: GET /%C5%BElut%C3%A1/1

def colour(environ, start_response):
    here = environ['SCRIPT_NAME'] + environ['PATH_INFO']
    text = here.encode('latin-1').decode('utf-8', 'replace')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]


def application(environ, start_response):
    parts = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace').split('/')
    name, rest = ('/' + '/'.join(it) for it in (parts[1:2], parts[2:]))
    name = name.encode('utf-8').decode('latin-1')
    inner = dict(environ, SCRIPT_NAME=name, PATH_INFO=rest.encode('utf-8').decode('latin-1'))
    return colour(inner, start_response)
