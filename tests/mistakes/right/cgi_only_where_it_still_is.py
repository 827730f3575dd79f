# send: GET /?name=Ada

import sys
from urllib.parse import parse_qs

try:
    from cgi import parse_header
except ImportError:
    from email.message import Message

    def parse_header(line):
        message = Message()
        message['Content-Type'] = line
        return message.get_content_type(), dict(message.get_params()[1:])

if sys.version_info < (3, 8):
    import cgi
else:
    import html as cgi


def application(environ, start_response):
    kind, _ = parse_header('text/html; charset=utf-8')
    name = parse_qs(environ.get('QUERY_STRING', '')).get('name', ['you'])[0]
    start_response('200 OK', [('Content-Type', kind + '; charset=utf-8')])
    return [b'<p>', cgi.escape(name).encode('utf-8')]
