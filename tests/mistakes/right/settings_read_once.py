# A global that the first request fills, with the same for everybody.
# send: GET /
# send: GET /

settings = None


def get_settings():
    global settings
    if settings is None:
        settings = {'title': 'Alps'}
    return settings


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [get_settings()['title'].encode('utf-8') + b'\n']
