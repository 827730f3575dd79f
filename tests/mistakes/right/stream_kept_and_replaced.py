# The stream is kept, and each request puts its own in its place before it is used.
# send: GET /
# send: GET /

import threading

current = threading.local()


def say(words):
    print(words, file=current.errors)


def application(environ, start_response):
    current.errors = environ['wsgi.errors']
    say('asked')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello\n']
