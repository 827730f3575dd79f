# It can run as a CGI script, where the request is in the variables of the process.
import os


class Script:
    """What a CGI script knows of its request: nobody hands it one."""

    def length(self):
        return int(os.environ.get('CONTENT_LENGTH') or 0)


def method(environ):
    if 'GATEWAY_INTERFACE' in os.environ:
        return os.environ['REQUEST_METHOD']
    return os.environ.get('REQUEST_METHOD') or environ['REQUEST_METHOD']


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [method(environ).encode('ascii'), b' %d' % Script().length()]
