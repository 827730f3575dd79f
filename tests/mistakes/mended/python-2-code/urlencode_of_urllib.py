import urllib.parse as urllib


def application(environ, start_response):
    query = urllib.urlencode({'page': 2})
    start_response('303 See Other', [('Location', '/list?' + query)])
    return []
