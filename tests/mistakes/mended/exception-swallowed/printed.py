# send: GET /?year=x
# send: GET /?year=1291

from urllib.parse import parse_qs


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    text = [('Content-Type', 'text/plain; charset=utf-8')]
    try:
        year = int(fields['year'][0])
        start_response('200 OK', text)
        return [b'%d years ago\n' % (2026 - year)]
    except (KeyError, ValueError):
        start_response('400 Bad Request', text)
        return [b'Which year? A number, please.\n']
