# send: GET /?Ada%20Lovelace
import urllib


def application(environ, start_response):
    text = urllib.unquote(environ.get('QUERY_STRING', ''))  # <- python-2-code
    link = '/?' + urllib.quote(text.upper())
    start_response('303 See Other', [('Location', link), ('Content-Length', '0')])
    return []
