# Moves the first part of the path, with the module that is made for it.
# send: GET /blog/
# send: GET /blog/x/
# send: GET /b%C3%A9/%E2%98%95

from wsgiref.util import shift_path_info


def inner(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [(environ['SCRIPT_NAME'] + environ['PATH_INFO']).encode('latin-1')]


def application(environ, start_response):
    shift_path_info(environ)
    return inner(environ, start_response)
