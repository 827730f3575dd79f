from cgi import escape, parse_qs  # <- python-2-code


def application(environ, start_response):
    names = parse_qs(environ.get('QUERY_STRING', '')).get('name', [''])
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [escape(names[0]).encode('utf-8')]
