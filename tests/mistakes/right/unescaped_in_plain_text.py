# send: GET /?name=%3Cscript%3E
# send: POST /
# body: name=%3Cscript%3E

from urllib.parse import parse_qs


def application(environ, start_response):
    text = environ.get('QUERY_STRING', '')
    if environ['REQUEST_METHOD'] == 'POST':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
    name = parse_qs(text, keep_blank_values=True).get('name', ['?'])[0]
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('X-Content-Type-Options', 'nosniff'),
    ])
    return ['hello, '.encode('utf-8'), name.encode('utf-8')]
