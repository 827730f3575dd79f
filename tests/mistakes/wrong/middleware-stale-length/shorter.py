def tidy(app):
    def wrapped(environ, start_response):
        body = app(environ, start_response)
        try:
            for line in body:
                yield line.strip() + b'\n'  # <- middleware-stale-length
        finally:
            close = getattr(body, 'close', None)
            if close:
                close()
    return wrapped


def page(environ, start_response):
    lines = [b'    hello    \n', b'    world    \n']
    start_response('200 OK', [
        ('Content-Type', 'text/plain'),
        ('Content-Length', str(sum(len(line) for line in lines))),
    ])
    return lines


application = tidy(page)
