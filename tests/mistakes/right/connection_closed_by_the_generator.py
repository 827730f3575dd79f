# python: system
# The connection is closed when the body is done.
import sqlite3


def rows():
    connection = sqlite3.connect(':memory:')
    try:
        for row in connection.execute('select 1 union select 2'):
            yield b'%d\n' % row
    finally:
        connection.close()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return rows()
