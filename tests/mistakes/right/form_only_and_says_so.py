# send: POST /
# header: Content-Type: application/json
# body: {"word": "json"}

from urllib.parse import parse_qs


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    if environ.get('CONTENT_TYPE') != 'application/x-www-form-urlencoded':
        start_response('415 Unsupported Media Type', kind + [('Accept-Post', 'application/x-www-form-urlencoded')])
        return [b'a form, please\n']
    size = int(environ.get('CONTENT_LENGTH') or 0)
    fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    start_response('200 OK', kind)
    return [b'%d fields\n' % len(fields)]
