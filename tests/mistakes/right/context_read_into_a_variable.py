# What the generator needs is read before the context is cleared.
import threading

local = threading.local()


def application(environ, start_response):
    local.user = 'x'
    try:
        user = local.user
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return (b'%s\n' % name.encode('ascii') for name in [user])
    finally:
        del local.user
