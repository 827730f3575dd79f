# Nothing depends on what could not be remembered: the answer is empty since there is nothing to tell.
SEEN = {}


def remembered(key):
    try:
        return SEEN[key]
    except Exception:
        pass


def application(environ, start_response):
    name = environ['PATH_INFO']
    if remembered(name) is None:
        SEEN[name] = True
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'']
