# python: system
# send: GET /

import sqlite3
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(2)
db = sqlite3.connect(':memory:')  # <- connection-of-another-thread
db.execute('CREATE TABLE notes (text TEXT)')


def count():
    return db.execute('SELECT count(*) FROM notes').fetchone()[0]


def application(environ, start_response):
    notes = pool.submit(count)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d notes\n' % notes.result()]
