import sys
from contextlib import suppress


def app(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'names:\n')
    try:
        write(['Ada'][1].encode('ascii'))
    except IndexError:
        plain = [('Content-Type', 'text/plain')]
        with suppress(Exception):
            start_response('500 Oops', plain, sys.exc_info())  # <- exc-info-swallowed
    return [b'the end\n']
