import sys


def application(environ, start_response):
    try:
        raise LookupError('no such page')
    except LookupError:
        start_response('404 Not Found', [('Content-Type', 'text/plain')], sys.exc_info())
    return [b'no such page\n']
