# Code that ran under Python 2 too tries the new names first.
try:
    from urllib.parse import quote
except ImportError:
    from urllib import quote

try:
    import urllib2 as requests
except ImportError:
    from urllib import request as requests

try:
    text = unicode
except NameError:
    text = str


def application(environ, start_response):
    items = getattr(environ, 'iteritems', environ.items)
    count = len(list(items()))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text('%d %s' % (count > 0, quote('a b'))).encode('utf-8')]
