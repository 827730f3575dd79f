import urllib2  # <- python-2-code


def application(environ, start_response):
    news = urllib2.urlopen('http://127.0.0.1:9/').read()
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [news]
