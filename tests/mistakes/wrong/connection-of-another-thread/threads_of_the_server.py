# python: system
# threads: 2
# send: GET /

import sqlite3

SHOP = sqlite3.connect(':memory:', isolation_level=None)  # <- connection-of-another-thread
SHOP.execute("CREATE TABLE stock AS SELECT 'lamp' AS name, 7 AS number")


def page(rows):
    for name, number in rows:
        yield f'{name}: {number}\n'.encode('utf-8')


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    with SHOP:
        rows = SHOP.execute('SELECT name, number FROM stock')
    return page(rows)
