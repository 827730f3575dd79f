# send: GET /
# header: X-Forwarded-Host: example.net
from html import escape


def application(environ, start_response):
    host = environ.get('HTTP_X_FORWARDED_HOST') or environ['HTTP_HOST']  # <- header-spoof
    page = f'<a href="https://{escape(host)}/reset?key=1">Choose another password</a>'
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
