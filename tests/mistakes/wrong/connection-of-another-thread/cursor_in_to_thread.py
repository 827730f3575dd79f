# python: system
# send: GET /?word=fish

import asyncio
from sqlite3 import connect as open_database
from urllib.parse import parse_qs


class Words:
    def __init__(self):
        self.cursor = open_database(':memory:').cursor()  # <- connection-of-another-thread
        self.cursor.execute("CREATE TABLE words AS SELECT 'fish' AS word, 'pesce' AS italian")

    def look_up(self, word):
        found = self.cursor.execute('SELECT italian FROM words WHERE word = ?', (word,))
        return found.fetchone()

    def __call__(self, environ, start_response):
        word = parse_qs(environ['QUERY_STRING'])['word'][0]
        row = asyncio.run(asyncio.to_thread(self.look_up, word))
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [row[0].encode('utf-8')]


app = Words()
