"""The apps that show what our texts say of other servers, where an example of theirs does not."""

BEGIN = """\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
"""
BYTEARRAY = BEGIN + "    return [bytearray(b'Hello')]\n"
TUPLE = BEGIN.replace("[(", "((").replace(")])", "),))") + "    return [b'Hello']\n"
LINE_BREAK = BEGIN.replace("200 OK", r"200 OK\r\nX-Forged: yes") + "    return [b'Hello']\n"
NO_NAME = "site = None\n"
CLOSE = """\
import sys

class Body:
    def __iter__(self):
        yield b'Hello\\n'
    def close(self):
        print('the inner body was closed', file=sys.stderr)

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    try:
        for block in BODY:
            yield block
    finally:
        print('the wrapper was closed', file=sys.stderr)

# Kept, so that nothing but a call closes it.
BODY = Body()
"""
SLOW_END = """\
import time

def inner(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'first'
    time.sleep(5)
    yield b'last'

def application(environ, start_response):
    return [b''.join(inner(environ, start_response))]
"""
AT_ONCE = """\
import threading

all_inside = threading.Barrier(4, timeout=5)

class Site:
    def __call__(self, environ, start_response):
        self.path = environ['PATH_INFO']
        all_inside.wait()
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [self.path.encode('latin-1')]

application = Site()
"""
GET_WITH_DEFAULT = BEGIN + "    return [b'%d' % int(environ.get('CONTENT_LENGTH', 0))]\n"
READ_TWICE = BEGIN + """\
    first = environ['wsgi.input'].read(8)
    return [first + b', then ' + environ['wsgi.input'].read(8)]
"""
ENVIRON = BEGIN + """\
    lines = [f'{key} = {value!r}.' for key, value in environ.items()]
    return ['\\n'.join(lines).encode('utf-8')]
"""
READ_BY_WERKZEUG = BEGIN + """\
    from werkzeug.wsgi import get_input_stream
    if environ['QUERY_STRING'] == 'without':
        del environ['wsgi.input_terminated']
    return [b'read: %r' % get_input_stream(environ).read()]
"""
WERKZEUG_REQUEST = BEGIN + """\
    from werkzeug.wrappers import Request
    before = 'werkzeug.request' in environ
    request = Request(environ)
    return [b'%r %r' % (before, environ.get('werkzeug.request') is request)]
"""
WRITE_AS_TEXT = BEGIN + """\
    import tempfile
    with tempfile.TemporaryFile('w') as file:
        file.write(b'name=Ada')
    return [b'Hello']
"""
ADD = """\
def application(environ, start_response):
    headers = [('Content-Type', 'text/plain')]
    headers.add('X-Frame-Options', 'DENY')
    start_response('200 OK', headers)
    return [b'Hello']
"""
SEEK = BEGIN + """\
    stream = environ['wsgi.input']
    first = stream.read(9)
    stream.seek(0)
    return [first + stream.read(9)]
"""
READ_ALL = BEGIN + "    return [environ['wsgi.input'].read()]\n"
LONE_BYTE = """\
def inner(environ, start_response):
    path = environ['PATH_INFO'].encode('latin-1').decode('utf-8')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [path.encode('utf-8')]

def application(environ, start_response):
    return inner(dict(environ, PATH_INFO='/caf\xe9'), start_response)
"""
# The validator stands behind the middleware.
MOUNTED = """\
from wsgiref.validate import validator

def inner(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']

def application(environ, start_response):
    inside = dict(environ, SCRIPT_NAME='{}', PATH_INFO='{}')
    return validator(inner)(inside, start_response)
"""
NO_SLASH = MOUNTED.format("/shop", "cart")
SLASH_AT_THE_END = MOUNTED.format("/shop/", "/cart")
SECOND_SERVER = """\
from wsgiref.simple_server import make_server

""" + BEGIN + """\
    return [b'Hello']

make_server('127.0.0.1', 0, application).serve_forever()
"""
