import io
import os


def application(environ, start_response):
    page = io.BytesIO()
    page.write(b'a long page\n' * 20)
    size = page.seek(0, os.SEEK_END)
    page.seek(0)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), ('Content-Length', str(size))])
    return page
