# send: POST /feedback
# body: text=too+salty

import os
import tempfile

JOURNAL = os.path.join(tempfile.mkdtemp(prefix='journal-'), 'journal.txt')


def journal(app):
    def call(environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        with open(JOURNAL, mode='ab') as pages:
            pages.write(body + b'\n')
        return app(environ, start_response)
    return call


def thanks(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'thank you\n']


app = journal(thanks)
