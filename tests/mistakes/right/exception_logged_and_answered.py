# Whoever catches everything and logs it hides nothing.
# send: GET /
import traceback

TEXT = ('Content-Type', 'text/plain; charset=utf-8')


def application(environ, start_response):
    try:
        page = b'%d\n' % int(environ.get('QUERY_STRING', '') or '7')
    except ValueError:
        start_response('400 Bad Request', [TEXT])
        return [b'Please send a number\n']
    except Exception:
        traceback.print_exc(file=environ['wsgi.errors'])
        start_response('500 Internal Server Error', [TEXT])
        return [b'Sorry\n']
    start_response('200 OK', [TEXT])
    return [page]
