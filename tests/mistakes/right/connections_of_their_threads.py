# python: system
# threads: 2
# send: GET /
# send: GET /

import contextlib
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(1)
own = threading.local()
shared = sqlite3.connect(':memory:', check_same_thread=False)
lock = threading.Lock()


def in_the_pool():
    with contextlib.closing(sqlite3.connect(':memory:')) as db:
        return db.execute('SELECT 1').fetchone()[0]


def in_this_thread():
    if not hasattr(own, 'db'):
        own.db = sqlite3.connect(':memory:')
    return own.db.execute('SELECT 2').fetchone()[0]


def in_any():
    with lock:
        return shared.execute('SELECT 3').fetchone()[0]


def application(environ, start_response):
    numbers = [pool.submit(in_the_pool).result(), in_this_thread(), in_any()]
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d %d %d\n' % tuple(numbers)]
