# It can run as a CGI script, where the request is in the variables of the process.
import os


def method(environ):
    if 'GATEWAY_INTERFACE' in os.environ:
        return os.environ['REQUEST_METHOD']
    return os.environ.get('REQUEST_METHOD') or environ['REQUEST_METHOD']


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [method(environ).encode('ascii')]
