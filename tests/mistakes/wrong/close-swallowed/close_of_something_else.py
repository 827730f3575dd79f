# The log is closed, and the body is not.
import io


class Snapshot:
    def __init__(self, text, errors):
        self.parts = [text]
        self.errors = errors

    def __iter__(self):
        return iter(self.parts)

    def close(self):
        self.errors.write('the snapshot is gone\n')


def with_log(app):
    def call(environ, start_response):
        log = io.StringIO()
        body = app(environ, start_response)
        try:
            for part in body:  # <- close-swallowed
                log.write('%d bytes\n' % len(part))
                yield part
        finally:
            environ['wsgi.errors'].write(log.getvalue())
            log.close()
    return call


@with_log
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return Snapshot(b'as it was at noon\n', environ['wsgi.errors'])
