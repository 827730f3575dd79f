# The page is printed, but not on the terminal.

import io


def application(environ, start_response):
    page = io.StringIO()
    print('<!DOCTYPE html>', '<title>Squares</title>', sep='\n', file=page)
    for number in range(5):
        print('<p>', number * number, file=page)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.getvalue().encode('utf-8')]
