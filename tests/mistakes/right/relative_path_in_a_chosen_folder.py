# The working directory is chosen by the app itself.
# send: GET /
# send: GET /

import os
import tempfile

os.chdir(tempfile.mkdtemp())


def application(environ, start_response):
    with open('visits.txt', 'a', encoding='utf-8') as visits:
        visits.write('x')
    size = os.path.getsize('visits.txt')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d visits\n' % size]
