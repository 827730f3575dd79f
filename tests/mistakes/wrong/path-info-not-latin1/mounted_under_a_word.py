# send: GET /%C5%BElut%C3%A1/1

def colour(environ, start_response):
    here = environ['SCRIPT_NAME'] + environ['PATH_INFO']
    text = here.encode('latin-1').decode('utf-8', 'replace')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]


def application(environ, start_response):
    parts = environ['PATH_INFO'].encode('latin-1').decode('utf-8', 'replace').split('/')
    inner = dict(environ, SCRIPT_NAME='/' + parts[1], PATH_INFO='/' + '/'.join(parts[2:]))  # <- path-info-not-latin1
    return colour(inner, start_response)
