# with and finally stand where the body is made.
import io


def lines():
    with io.BytesIO(b'one\ntwo\n') as file:
        try:
            for line in file:
                yield line.upper()
        finally:
            file.seek(0)


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return lines()
