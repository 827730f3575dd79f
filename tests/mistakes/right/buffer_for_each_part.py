# A buffer that is emptied into the body, and written to anew.
import io


def application(environ, start_response):
    part = io.BytesIO()
    part.write(b'nothing of this is sent')
    part.truncate(0)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return part
