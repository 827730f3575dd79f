import urllib


def application(environ, start_response):
    query = urllib.urlencode({'page': 2})  # <- python-2-code
    start_response('303 See Other', [('Location', '/list?' + query)])
    return []
