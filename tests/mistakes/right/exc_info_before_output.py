# send: GET /?n=7
# send: GET /?n=seven

import sys
from urllib.parse import parse_qs


def application(environ, start_response):
    try:
        start_response('200 OK', [('Content-Type', 'text/plain')])
        query = parse_qs(environ.get('QUERY_STRING', ''))
        number = int(query.get('n', ['0'])[0])
        return [b'%d\n' % (2 * number)]
    except ValueError:
        start_response('400 Bad Request', [('Content-Type', 'text/plain')], sys.exc_info())
        return [b'n must be a number\n']
