# workers: 2
# send: GET /
# send: GET /

import fcntl
import os

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'count')


def counted():
    with open(FILE, 'a+') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        count = int(file.read() or 0)
        count += 1
        file.truncate(0)
        file.write(str(count))
    return count


def application(environ, start_response):
    lines = {}
    for word in ('one', 'two', 'one'):
        lines[word] = lines.get(word, 0) + 1
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d of %d\n' % (counted(), lines['one'])]
