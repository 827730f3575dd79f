# The page is finished when the function returns, and needs the context no more.
import contextvars

colour = contextvars.ContextVar('colour')


def page():
    return [b'<p>', colour.get().encode('ascii'), b'</p>']


def application(environ, start_response):
    token = colour.set('green')
    try:
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        return page()
    finally:
        colour.reset(token)
