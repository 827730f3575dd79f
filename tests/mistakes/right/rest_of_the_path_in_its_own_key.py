# What has no slash is kept under another name.
# send: GET /photos/lake

def photos(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['photos.name'].encode('latin-1'), b'\n']


def application(environ, start_response):
    environ['photos.name'] = environ['PATH_INFO'].rpartition('/')[2]
    return photos(environ, start_response)
