import io
from functools import cache

STORED = b'<style>\n* { margin: 0 }\n</style>\n<p>{visitors} visitors</p>\n'


@cache
def template():
    with io.TextIOWrapper(io.BytesIO(STORED), 'utf-8') as file:
        return file.read()


def application(environ, start_response):
    page = template().format(visitors=12)  # <- braces-in-template
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
