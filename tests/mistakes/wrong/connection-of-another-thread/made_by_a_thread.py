# python: system
# send: GET /

import sqlite3
import threading

kept = {}


def prepare():
    kept['db'] = sqlite3.connect(':memory:')  # <- connection-of-another-thread
    kept['db'].execute('CREATE TABLE visits (path TEXT)')


loader = threading.Thread(target=prepare)
loader.start()
loader.join()


def application(environ, start_response):
    kept['db'].execute('INSERT INTO visits VALUES (?)', (environ['PATH_INFO'],))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Noted.\n']
